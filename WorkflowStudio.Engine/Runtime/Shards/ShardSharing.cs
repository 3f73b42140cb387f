using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Shares the shards among the nodes of a database: a node takes what nobody alive holds until it has its fair share, and gives back what it
/// has beyond. A shard that is given back is finished first, so that nothing is done twice; one of a node that is gone is taken at once, and
/// its epoch keeps the old owner from writing should it come back.
/// </summary>
internal sealed class ShardSharing(INodes nodes, ShardPumps pumps, NodeBell bell, TimeProvider clock, ILogger<ShardSharing> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, Term> terms = [];

    /// <summary>One look: starts and ends terms as is fair. Answers how many shards this node then holds.</summary>
    public async Task<int> RunOnceAsync(CancellationToken stopping)
    {
        await EndFinishedAsync();
        var seen = await nodes.SeeAsync(stopping);
        foreach (var (shard, term) in terms)
            if (seen.Holders[shard] != nodes.Me) await term.EndAsync(); // another node has missed this one and taken it
        var share = ShareOf(nodes.Me, seen.Alive);
        foreach (var (_, term) in terms.OrderByDescending(t => t.Key).Take(terms.Count - share)) await term.EndAsync();
        for (var i = 0; i < RunBell.Shards && terms.Count < share; i++)
        {
            var shard = (i + Math.Abs(string.GetHashCode(nodes.Me, StringComparison.Ordinal) % RunBell.Shards)) % RunBell.Shards; // so that two do not try for the same ones
            var holder = seen.Holders[shard];
            if (terms.ContainsKey(shard) || (holder is not null && holder != nodes.Me && seen.Alive.Contains(holder))) continue;
            if (await nodes.TakeAsync(shard, holder, stopping)) terms[shard] = new Term(shard, pumps, logger);
        }

        pumps.OwnedElsewhere = seen.Holders.Where((holder, shard) => !terms.ContainsKey(shard) && holder is not null && holder != nodes.Me && seen.Alive.Contains(holder)).Count();
        return terms.Count;
    }

    /// <summary>How many shards a node may hold. All shares together are all shards: what does not come out even goes to the first nodes in the order of their names.</summary>
    internal static int ShareOf(string me, IReadOnlyCollection<string> alive) =>
        (RunBell.Shards / alive.Count) + (alive.Count(other => string.CompareOrdinal(other, me) < 0) < RunBell.Shards % alive.Count ? 1 : 0);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                await bell.WaitAsync(BetweenLooks, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // without the database nobody can take anything, and nobody can write: what is held is held
                Log.SharingFailed(logger, e);
                await Task.Delay(BetweenLooks, clock, CancellationToken.None);
            }
        }

        await LeaveAsync();
    }

    private async Task EndFinishedAsync()
    {
        foreach (var (shard, term) in terms.Where(t => t.Value.Done.IsCompleted).ToList())
        {
            terms.Remove(shard);
            term.Dispose();
            await nodes.ReleaseAsync(shard, CancellationToken.None);
        }
    }

    private async Task LeaveAsync()
    {
        foreach (var term in terms.Values) await term.EndAsync();
        await Task.WhenAll(terms.Values.Select(t => t.Done));
        try
        {
            await EndFinishedAsync();
            await nodes.LeaveAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.SharingFailed(logger, e); // the others will miss this node
        }
    }

    /// <summary>A term of one of this node's pumps.</summary>
    private sealed class Term : IDisposable
    {
        private readonly CancellationTokenSource end = new();

        public Term(int shard, ShardPumps pumps, ILogger logger) => Done = RunAsync(shard, pumps, logger);

        public Task Done { get; }

        public Task EndAsync() => end.CancelAsync();

        public void Dispose() => end.Dispose();

        private async Task RunAsync(int shard, ShardPumps pumps, ILogger logger)
        {
            try
            {
                await Task.Yield();
                await pumps.RunTermAsync(shard, end.Token);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.PumpFailed(logger, shard, e); // it is given back, and whoever is next tries again
            }
            catch (OperationCanceledException)
            {
                // ended before it began
            }
        }
    }
}
