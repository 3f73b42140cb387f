using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;

namespace WorkflowStudio.Engine.Practice.Messages.Mailboxes;

/// <summary>
/// Sees to it that each mailbox that is connected is read by one node. A connection that was set anew is read anew at once; a workspace
/// without one costs nothing.
/// </summary>
internal sealed class MailboxWatch(
    MailboxBook book, MailboxFollow follow, NodeNews news, TimeProvider clock, ILogger<MailboxWatch> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, Followed> followed = [];
    private readonly SemaphoreSlim rung = new(0, 1);

    /// <summary>One look: begins and ends as is right. Answers how many mailboxes this node then reads.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var connected = await book.ConnectedAsync(cancellationToken);
        foreach (var (workspace, one) in followed.ToList())
            if (one.Done.IsCompleted || !connected.Contains(one.Of)) await EndAsync(workspace);
        await book.ForgetAsync([.. connected.Select(c => c.WorkspaceId)], cancellationToken);
        foreach (var one in connected)
        {
            var isHeld = await book.HoldAsync(one.WorkspaceId, cancellationToken);
            if (!isHeld) await EndAsync(one.WorkspaceId);
            else if (!followed.ContainsKey(one.WorkspaceId)) followed[one.WorkspaceId] = Begin(one);
        }

        return followed.Count;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        rung.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        news.Changed += Hear;
        news.Missed += Ring;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is StoreUnwritableException or StoreAwayException)
            {
                // the writer says it
            }
            catch (Exception e)
            {
                Log.MailboxWatchFailed(logger, e);
            }

            await RungOrLaterAsync(stoppingToken);
        }

        news.Changed -= Hear;
        news.Missed -= Ring;
        foreach (var workspace in followed.Keys.ToList()) await LeaveAsync(workspace);
    }

    private void Hear(string what, Guid id)
    {
        if (what == NodeNews.Connection) Ring();
    }

    private void Ring()
    {
        lock (followed)
            if (rung.CurrentCount == 0) rung.Release();
    }

    private async Task RungOrLaterAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(rung.WaitAsync(either.Token), Task.Delay(BetweenLooks, clock, either.Token));
        await either.CancelAsync();
    }

    private Followed Begin(ConnectedMailbox mailbox)
    {
        var stop = new CancellationTokenSource();
        return new Followed(mailbox, stop, Task.Run(() => follow.RunAsync(mailbox.WorkspaceId, stop.Token), CancellationToken.None));
    }

    private async Task EndAsync(Guid workspaceId)
    {
        if (!followed.Remove(workspaceId, out var one)) return;
        using var stop = one.Stop;
        await stop.CancelAsync();
        try
        {
            await one.Done;
        }
        catch (OperationCanceledException)
        {
            // as it was asked
        }
        catch (Exception e)
        {
            Log.MailboxBroke(logger, workspaceId, e);
        }
    }

    // another node need not wait until this one is missed
    private async Task LeaveAsync(Guid workspaceId)
    {
        await EndAsync(workspaceId);
        try
        {
            await book.ReleaseAsync(workspaceId);
        }
        catch (Exception e) when (e is StoreUnwritableException or StoreAwayException)
        {
            // it is free when its time is over
        }
    }

    /// <summary>A mailbox that is being read.</summary>
    private sealed record Followed(ConnectedMailbox Of, CancellationTokenSource Stop, Task Done);
}
