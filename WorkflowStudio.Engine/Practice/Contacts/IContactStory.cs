using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>What a feature of the practice knows of a contact.</summary>
public interface IContactStory
{
    /// <summary>What there was, the newest first.</summary>
    /// <param name="seen">The workspace and environment, and what of it is seen.</param>
    /// <param name="contact">Whom it is about.</param>
    /// <param name="take">How many lines at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<IReadOnlyList<StoryLine>> OfAsync(Seen seen, Contact contact, int take, CancellationToken cancellationToken);
}

/// <summary>Something that there was with a contact.</summary>
/// <param name="At">When.</param>
/// <param name="Icon">The symbol of its kind.</param>
/// <param name="Text">What it was, in one line.</param>
public sealed record StoryLine(DateTimeOffset At, string Icon, string Text)
{
    /// <summary>The run that did it; null for none.</summary>
    public Guid? RunId { get; init; }
}
