namespace WorkflowStudio.Engine.Nodes;

/// <summary>How a step stands in its run: by which ports it goes on, when its turn comes, what it repeats.</summary>
/// <param name="Ports">The output ports; the first is taken when a link names none.</param>
public sealed record NodeShape(IReadOnlyList<NodePort> Ports)
{
    /// <summary>Whether the step goes on through all its ports at once; then its outcomes name <see cref="NodePort.All"/>.</summary>
    public bool EveryPort { get; init; }

    /// <summary>
    /// The port behind which the steps are run once for each item of a <see cref="NodeOutcome.ForEach"/>; null when the step repeats
    /// nothing.
    /// </summary>
    public string? BodyPort { get; init; }

    /// <summary>The setting whose expressions are resolved at the end of each iteration, not before the call; null for none.</summary>
    public string? CollectSetting { get; init; }

    /// <summary>
    /// The settings, by name, whose expressions the step resolves itself, once for each of its items (<see cref="ItemScope"/>): it is given
    /// them as they are stored. They may name <c>$item</c> and <c>$index</c>.
    /// </summary>
    public IReadOnlyList<string> ItemSettings { get; init; } = [];

    /// <summary>How many arriving links are enough for the step's turn; null means that all of them have to be settled first.</summary>
    public int? Quorum { get; init; }
}
