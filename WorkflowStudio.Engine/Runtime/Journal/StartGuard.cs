namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>What must not be so for a run to be made; looked at in the transaction that makes it.</summary>
public sealed record StartGuard
{
    /// <summary>The contact that the run is for: no unfinished run of the workflow may be for the same one. Null for none.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>No run of the workflow, whatever started it, may be younger than this; null for none.</summary>
    public TimeSpan? Pause { get; init; }
}

/// <summary>A run was not made, because its guard or its attachment did not allow it: nothing was written.</summary>
public sealed class StartRefusedException : Exception
{
    private StartRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>The unfinished run for the same contact.</summary>
    public Guid? Unfinished { get; private init; }

    /// <summary>How long it is until a run may be made again.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether there is no room for what would be stored with the run.</summary>
    public bool IsFull { get; private init; }

    /// <summary>The contact has a run.</summary>
    public static StartRefusedException OfContact(Guid run) => new($"The run {run} for the same contact is not over.") { Unfinished = run };

    /// <summary>What comes along has no room.</summary>
    public static StartRefusedException Full() => new("There is no room for what came with the run.") { IsFull = true };

    /// <summary>The last start was too lately.</summary>
    public static StartRefusedException Early(TimeSpan left) => new($"A run was started lately; {left} are left.") { RetryAfter = left };
}
