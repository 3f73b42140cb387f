namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>
/// The advisory locks that nodes take. A transaction takes them in the order in which they stand here, so that none waits for another in a
/// circle; the rows of shards lie between <see cref="Turn"/> and <see cref="Gates"/>.
/// </summary>
internal static class PostgresLocks
{
    /// <summary>Migrations and what a first start makes.</summary>
    public const long Start = 0x53747564696f0001;

    /// <summary>
    /// The turn of one node for work through <see cref="IStudioWriter"/>: alone for work that is not of one workspace, shared by that of
    /// workspaces.
    /// </summary>
    public const long Turn = 0x53747564696f0002;

    /// <summary>
    /// Beside it the turns of workspaces, by <see cref="TurnOf"/>, smaller numbers first. Locks of two numbers have a space of their own.
    /// </summary>
    public const int Turns = 0x53747564;

    /// <summary>
    /// The locks of nodes, by their names: each holds its own as long as its process lives. They have a space of their own, as the turns
    /// have.
    /// </summary>
    public const int Nodes = 0x53747565;

    /// <summary>For whoever counts the runs of a workflow with a concurrency rule.</summary>
    public const long Gates = 0x53747564696f0004;

    /// <summary>Shared by steps that begin to wait for a signal, alone for signals that are sent.</summary>
    public const long Waits = 0x53747564696f0003;

    /// <summary>
    /// The number of a workspace's turn, from the end of its id, which is random. Two workspaces with the same one only take turns.
    /// </summary>
    public static int TurnOf(Guid workspaceId)
    {
        Span<byte> bytes = stackalloc byte[16];
        workspaceId.TryWriteBytes(bytes, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
    }
}
