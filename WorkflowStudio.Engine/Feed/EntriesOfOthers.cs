using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Feed;

/// <summary>
/// Shows pages of this node what runs on other nodes do: when another node says that it has recorded something and somebody here watches
/// it, the entries are read from the database and told here. Those that a page has already it drops by their number.
/// </summary>
internal sealed class EntriesOfOthers(RunFeed feed, NodeNews news, RunHistory history, ILogger<EntriesOfOthers> logger) : BackgroundService
{
    private readonly Channel<AppendedNews> told = Channel.CreateBounded<AppendedNews>(
        new BoundedChannelOptions(4_096) { SingleReader = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        news.Missed += feed.Miss;
        news.Appended += Hear;
        try
        {
            await foreach (var entries in told.Reader.ReadAllAsync(stoppingToken)) await TellAsync(entries, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the node stops
        }
    }

    // more than can be read: whoever watches reads again
    private void Hear(AppendedNews entries)
    {
        if (feed.Watches(entries) && !told.Writer.TryWrite(entries)) feed.Miss();
    }

    private async Task TellAsync(AppendedNews entries, CancellationToken stopping)
    {
        try
        {
            feed.Tell(entries.RunId, entries.Tenant,
                await history.EntriesAsync(entries.RunId, entries.From - 1, (int)(entries.To - entries.From + 1), stopping));
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Log.EntriesOfOthersFailed(logger, e);
            feed.Miss();
        }
    }
}
