namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// The events that start each other: ends of runs, and what steps find out. Written with the start of each run on its way.
/// </summary>
/// <param name="Workflows">Those in whose runs they happened, the first one first; each but it started by the event before.</param>
/// <param name="Abreast">
/// How many runs stand side by side at its end, had all of them gone on alike: how many each of the events before has started, multiplied.
/// </param>
public sealed record EventChain(IReadOnlyList<Guid> Workflows, long Abreast)
{
    /// <summary>The chain that begins in a run of a workflow.</summary>
    public static EventChain From(Guid workflowId) => new([workflowId], 1);

    /// <summary>The same and one workflow more.</summary>
    public EventChain And(Guid workflowId) => this with { Workflows = [.. Workflows, workflowId] };

    /// <summary>The same where an event starts so many.</summary>
    public EventChain Times(int started) => this with { Abreast = Abreast * started };

    /// <inheritdoc/>
    public bool Equals(EventChain? other) => other is not null && Abreast == other.Abreast && Workflows.SequenceEqual(other.Workflows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Abreast, Workflows.Count);
}
