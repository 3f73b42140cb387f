namespace WorkflowStudio.Engine.Nodes.Upstream;

/// <summary>
/// What steps that sum up hand to those that deliver: a field that holds a whole text for people. Whoever delivers and has no text of its
/// own takes the newest one.
/// </summary>
internal static class SummaryText
{
    /// <summary>The field of the output.</summary>
    public const string Field = "summary";
}
