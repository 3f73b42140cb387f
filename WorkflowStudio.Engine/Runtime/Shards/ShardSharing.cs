using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>
/// Shares the shards among the nodes of a database: a node takes what nobody alive holds until it has its fair share, and gives back what
/// it has beyond. A shard that is given back is finished first, so that nothing is done twice; one of a node that is gone is taken at once,
/// and its epoch keeps the old owner from writing should it come back. It begins to leave when the app begins to stop, before anything else
/// is stopped.
/// </summary>
internal sealed class ShardSharing(INodes nodes, ShardPumps pumps, NodeBell bell, TimeProvider clock, IHostApplicationLifetime lifetime,
    ILogger<ShardSharing> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, ShardTerm> terms = [];
    private readonly NodeSight sight = new();

    /// <summary>One look: starts and ends terms as is fair. Answers how many shards this node then holds.</summary>
    public async Task<int> RunOnceAsync(CancellationToken stopping)
    {
        await EndFinishedAsync();
        var seen = await nodes.SeeAsync(leaving: false, stopping);
        var alive = sight.Alive(nodes.Me, seen.Nodes);
        bool IsHeld(string? holder) => holder is not null && holder != nodes.Me && alive.Contains(holder);
        foreach (var (shard, term) in terms)
            if (seen.Holders[shard] != nodes.Me) await term.EndAsync(); // another node has missed this one and taken it
        var share = ShareOf(nodes.Me, [.. alive.Except(seen.Nodes.Where(n => n.IsLeaving).Select(n => n.Id))]);
        foreach (var (_, term) in terms.OrderByDescending(t => t.Key).Take(terms.Count - share)) await term.EndAsync();
        for (var i = 0; i < RunBell.Shards && terms.Count < share; i++)
        {
            // so that two do not try for the same ones
            var shard = (i + Math.Abs(string.GetHashCode(nodes.Me, StringComparison.Ordinal) % RunBell.Shards)) % RunBell.Shards;
            if (terms.ContainsKey(shard) || IsHeld(seen.Holders[shard])) continue;
            if (await nodes.TakeAsync(shard, seen.Holders[shard], stopping)) terms[shard] = new ShardTerm(shard, pumps, logger);
        }

        // taken by a look that was given up, or given back in vain: nobody else would take it
        for (var shard = 0; shard < RunBell.Shards && terms.Count >= share; shard++)
            if (seen.Holders[shard] == nodes.Me && !terms.ContainsKey(shard)) await nodes.ReleaseAsync(shard, stopping);

        pumps.OwnedElsewhere = seen.Holders.Where((holder, shard) => !terms.ContainsKey(shard) && IsHeld(holder)).Count();
        return terms.Count;
    }

    /// <summary>
    /// How many shards a node may hold. All shares together are all shards: what does not come out even goes to the first nodes in the
    /// order of their names.
    /// </summary>
    internal static int ShareOf(string me, IReadOnlyCollection<string> alive) =>
        (RunBell.Shards / alive.Count)
        + (alive.Count(other => string.CompareOrdinal(other, me) < 0) < RunBell.Shards % alive.Count ? 1 : 0);

    /// <summary>
    /// Gives every shard back as soon as it is finished: the first ones go on elsewhere while the last are still at work, and this node
    /// says that it lives.
    /// </summary>
    internal async Task LeaveAsync()
    {
        // first: else the others would not take more than before
        await TryAsync(() => nodes.SeeAsync(leaving: true, CancellationToken.None));
        var all = Task.WhenAll(terms.Select(t => TryAsync(() => GiveBackAsync(t.Key, t.Value))));
        while (await Task.WhenAny(all, Task.Delay(BetweenLooks, clock)) != all)
            await TryAsync(() => nodes.SeeAsync(leaving: true, CancellationToken.None));
        await TryAsync(() => nodes.LeaveAsync(CancellationToken.None));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        while (!either.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(either.Token);
                await bell.WaitAsync(BetweenLooks, clock, either.Token);
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
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
            await GiveBackAsync(shard, term);
            terms.Remove(shard); // not before: who failed to give it back has to try again
            term.Dispose();
        }
    }

    private async Task GiveBackAsync(int shard, ShardTerm term)
    {
        await term.EndAsync();
        await term.Done;
        await nodes.ReleaseAsync(shard, CancellationToken.None);
    }

    // what cannot be said now the others find out by missing this node
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            Log.SharingFailed(logger, e);
        }
    }
}
