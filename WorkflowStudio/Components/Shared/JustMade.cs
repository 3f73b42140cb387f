namespace WorkflowStudio.Components.Shared;

/// <summary>The workflow that was made in this tab last: it goes again when its editor is left without a change.</summary>
public sealed class JustMade
{
    public Guid? Id { get; set; }
}
