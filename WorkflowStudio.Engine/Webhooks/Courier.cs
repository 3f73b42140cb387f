using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// Delivers what the outbox of webhooks holds, at least once and in no order. Several nodes share the work; what a node had in hand when it
/// died another one, or the same after its start, takes up again.
/// </summary>
internal sealed class Courier(
    DeliveryLanes lanes, DeliveryBook book, DeliveryPost post, EndpointListeners listeners, CourierBell bell, TimeProvider clock,
    ILogger<Courier> logger)
    : BackgroundService
{
    // another node's commits ring no bell here
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly CourierRoom room = new();
    private readonly ConcurrentDictionary<Task, bool> underWay = new();

    /// <summary>Delivers all that is due now as far as there is room, and answers how many endpoints it was for.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var (begun, _) = await BeginAsync(cancellationToken);
        await Task.WhenAll(begun);
        return begun.Count;
    }

    /// <summary>
    /// Begins to deliver what is due, as far as there is room. Answers what is under way, and when something more is due.
    /// </summary>
    public async Task<(IReadOnlyList<Task> Begun, DateTimeOffset? Next)> BeginAsync(CancellationToken cancellationToken)
    {
        var (begun, now) = (new List<Task>(), clock.GetUtcNow());
        DateTimeOffset? next = null;
        foreach (var lane in await lanes.AllAsync(cancellationToken))
        {
            if (lane.DueAt > now)
            {
                next = lane.DueAt; // they come in this order
                break;
            }

            if (room.Take(lane) is > 0 and var places) begun.Add(WorkAsync(lane, places, cancellationToken));
        }

        return (begun, next);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var cut = new CancellationTokenSource();
        var nextLook = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (nextLook <= clock.GetUtcNow())
                {
                    await listeners.LookAsync(cut.Token);
                    nextLook = clock.GetUtcNow() + BetweenLooks;
                }

                var (begun, next) = await BeginAsync(cut.Token);
                foreach (var task in begun) Follow(task);
                var wait = next - clock.GetUtcNow() is { } until && until < BetweenLooks ? until : BetweenLooks;
                await bell.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (StoreUnwritableException)
            {
                await Task.Delay(BetweenLooks, clock, CancellationToken.None); // the writer says it
            }
            catch (Exception e)
            {
                Log.CourierFailed(logger, e);
                await Task.Delay(BetweenLooks, clock, CancellationToken.None);
            }
        }

        // what is under way may end; what does not is sent again with the same id
        await Task.WhenAny(Task.WhenAll(underWay.Keys), Task.Delay(Farewell, clock, CancellationToken.None));
        await cut.CancelAsync();
    }

    private void Follow(Task task)
    {
        underWay[task] = true;
        _ = task.ContinueWith(t => underWay.TryRemove(t, out _), TaskScheduler.Default);
    }

    private async Task WorkAsync(DeliveryLane lane, int places, CancellationToken cancellationToken)
    {
        var left = places;
        try
        {
            var taken = await book.TakeAsync(lane, places, cancellationToken);
            if (taken.Endpoint is not { } endpoint || taken.Rows.Count == 0) return;
            left = taken.Rows.Count;
            room.GiveBack(lane, places - left);
            await Task.WhenAll(taken.Rows.Select(async row =>
            {
                try
                {
                    await DeliverAsync(endpoint, row, cancellationToken);
                }
                finally
                {
                    Interlocked.Decrement(ref left);
                    room.GiveBack(lane, 1);
                    bell.Ring(); // there may be more for this one
                }
            }));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the server stops
        }
        catch (StoreAwayException)
        {
            // it is due again when its time with this node is over
        }
        catch (Exception e)
        {
            Log.DeliveryFailed(logger, lane.EndpointId, e);
        }
        finally
        {
            room.GiveBack(lane, Volatile.Read(ref left));
        }
    }

    private async Task DeliverAsync(EndpointRow endpoint, DeliveryRow row, CancellationToken cancellationToken)
    {
        var outcome = await post.SendAsync(endpoint, row, cancellationToken);
        await book.RecordAsync(row, outcome);
    }
}
