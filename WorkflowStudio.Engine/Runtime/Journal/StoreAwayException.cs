namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>
/// The database could not be reached, or the connection was lost before it answered. What was to be written may have been written or not:
/// read again before doing it again.
/// </summary>
public class StoreAwayException(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// The database is there and cannot be written: it lasts until somebody mends the disk, so it is no use to ask again at once.
/// </summary>
/// <param name="fault">What is wrong.</param>
/// <param name="inner">What the database said.</param>
public sealed class StoreUnwritableException(StoreFault fault, Exception inner)
    : StoreAwayException($"The database cannot be written: {fault.InWords()}.", inner)
{
    /// <summary>What is wrong.</summary>
    public StoreFault Fault { get; } = fault;
}

/// <summary>What keeps a database from being written.</summary>
public enum StoreFault
{
    /// <summary>There is no room.</summary>
    DiskFull,

    /// <summary>File, folder or disk may only be read.</summary>
    ReadOnly,

    /// <summary>The disk answers with errors.</summary>
    DiskFails,

    /// <summary>What is stored contradicts itself.</summary>
    Damaged,
}

/// <summary>Faults as people read them.</summary>
public static class StoreFaults
{
    /// <summary>The fault as the rest of a sentence.</summary>
    public static string InWords(this StoreFault fault) => fault switch
    {
        StoreFault.DiskFull => "the disk is full",
        StoreFault.ReadOnly => "the disk is read-only",
        StoreFault.DiskFails => "the disk answers with errors",
        _ => "the database is damaged",
    };
}
