using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// What keeps the database from being written just now: set by a commit that failed for it, over with the next one that does not.
/// </summary>
public sealed class StoreTrouble(TimeProvider clock, ILogger<StoreTrouble> logger)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private volatile Seen? present;
    private DateTimeOffset saidUntil;
    private bool isSaid;

    /// <summary>The fault; null when the database can be written.</summary>
    public StoreFault? Present => present?.Fault;

    /// <summary>A commit failed. However many do, the log says it once a minute.</summary>
    internal void Met(StoreFault fault, string place)
    {
        lock (gate)
        {
            if (present?.Fault != fault) present = new Seen(fault);
            var now = clock.GetUtcNow();
            if (now < saidUntil) return;
            (saidUntil, isSaid) = (now + BetweenLines, true);
        }

        Log.StoreUnwritable(logger, place, fault.InWords());
    }

    /// <summary>A commit is durable. Called after every one: costs a read when there was no trouble.</summary>
    internal void Over()
    {
        if (present is null) return;
        lock (gate)
        {
            present = null;
            if (!isSaid) return; // on a disk that is nearly full what is small goes through now and then
            isSaid = false;
        }

        Log.StoreWritableAgain(logger);
    }

    private sealed record Seen(StoreFault Fault);
}
