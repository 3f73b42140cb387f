using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Feed;

/// <summary>Reads runs for people.</summary>
public sealed class RunViews
{
    /// <summary>How many of the newest entries a view holds, and up to twice that, when not all are asked for.</summary>
    public const int Newest = 1_000;

    private readonly RunHistory history;
    private readonly PlanSource plans;
    private readonly LongRuns kept = new();

    internal RunViews(RunHistory history, PlanSource plans) => (this.history, this.plans) = (history, plans);

    /// <summary>
    /// A run as it is stored now, with its whole journal; null when the tenant has none of this id. Subscribe to the feed before, and apply
    /// what it brings.
    /// </summary>
    /// <exception cref="UnreadableRunException">An entry of its journal, its version or a step type cannot be read.</exception>
    public Task<RunView?> ReadAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken) =>
        ReadAsync(tenant, runId, int.MaxValue, isVeiled: false, cancellationToken);

    /// <summary>
    /// The same with the newest entries alone. What a long journal came to is kept for a while: pages are opened twice, clients ask again
    /// and again, and only what was recorded since is read.
    /// </summary>
    /// <exception cref="UnreadableRunException">An entry of its journal, its version or a step type cannot be read.</exception>
    public Task<RunView?> ReadNewestAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken) =>
        ReadAsync(tenant, runId, Newest, isVeiled: false, cancellationToken);

    /// <summary>The same without the data of the run, see <see cref="RunVeil"/>.</summary>
    /// <exception cref="UnreadableRunException">An entry of its journal, its version or a step type cannot be read.</exception>
    public Task<RunView?> ReadVeiledAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken) =>
        ReadAsync(tenant, runId, Newest, isVeiled: true, cancellationToken);

    private async Task<RunView?> ReadAsync(
        Tenant tenant, Guid runId, int newest, bool isVeiled, CancellationToken cancellationToken)
    {
        if (await history.HeaderAsync(tenant, runId, cancellationToken) is not { } header) return null;
        try
        {
            var known = newest == Newest && !isVeiled ? kept.Find(header) : null;
            var view = known ?? new RunView(header, await plans.PlanAsync(header.VersionSerial, cancellationToken), newest, isVeiled);
            var before = view.State.Seq;
            if (header.LastSeq > before)
                await foreach (var entry in history.ReadAsync(runId, before, cancellationToken)) view.Apply(entry);
            if (newest == Newest && !isVeiled && view.State.Seq - before >= LongRuns.Long) kept.Keep(view);
            return view;
        }
        catch (Exception e) when (UnreadableRunException.IsMeantBy(e))
        {
            throw new UnreadableRunException(header.ErrorMessage ?? $"The run cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>What the journals of the long runs that were read last have come to.</summary>
internal sealed class LongRuns
{
    /// <summary>From how many entries on a journal is long.</summary>
    public const int Long = 1_000;

    private const int Most = 4; // each may hold as much as a run may: some ten MiB

    private readonly Lock turn = new();
    private readonly List<RunView> views = []; // the one that was used last stands last; none of them is ever changed

    /// <summary>A view to go on from; null when none is kept.</summary>
    public RunView? Find(RunRow header)
    {
        RunView found;
        lock (turn)
        {
            var i = views.FindIndex(v => v.Header.Id == header.Id && v.Header.VersionSerial == header.VersionSerial
                && v.State.Seq <= header.LastSeq);
            if (i < 0) return null;
            found = views[i];
            views.RemoveAt(i);
            views.Add(found);
        }

        return found.Copy(header);
    }

    /// <summary>Keeps what a view is now.</summary>
    public void Keep(RunView view)
    {
        var copy = view.Copy(view.Header);
        lock (turn)
        {
            views.RemoveAll(v => v.Header.Id == copy.Header.Id);
            views.Add(copy);
            if (views.Count > Most) views.RemoveAt(0);
        }
    }
}
