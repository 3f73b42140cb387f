namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>The advisory locks that nodes take. A transaction takes them in the order in which they stand here, so that none waits for another in a circle; the rows of shards lie between <see cref="Turn"/> and <see cref="Gates"/>.</summary>
internal static class PostgresLocks
{
    /// <summary>Migrations and what a first start makes.</summary>
    public const long Start = 0x53747564696f0001;

    /// <summary>The turn of one node for work through <see cref="IStudioWriter"/>.</summary>
    public const long Turn = 0x53747564696f0002;

    /// <summary>For whoever counts the runs of a workflow with a concurrency rule.</summary>
    public const long Gates = 0x53747564696f0004;

    /// <summary>Shared by steps that begin to wait for a signal, alone for signals that are sent.</summary>
    public const long Waits = 0x53747564696f0003;
}
