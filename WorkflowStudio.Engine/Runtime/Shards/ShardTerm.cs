using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics;

namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>A term of one of this node's pumps.</summary>
internal sealed class ShardTerm : IDisposable
{
    private readonly CancellationTokenSource end = new();

    public ShardTerm(int shard, ShardPumps pumps, ILogger logger) => Done = RunAsync(shard, pumps, logger);

    /// <summary>Completes when what was in hand is finished. Never fails.</summary>
    public Task Done { get; }

    /// <summary>Begins its end.</summary>
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
