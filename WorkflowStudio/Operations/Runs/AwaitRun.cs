using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Reads a run, after waiting for its end for a while.</summary>
internal sealed class AwaitRun(WatchRun watch)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewRuns;

    /// <summary>The run as it stands at its end, or when the time is over. Dispose what comes back.</summary>
    public async Task<Result<RunWatch>> RunAsync(Caller caller, Guid runId, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var opened = await watch.OpenAsync(caller, runId, cancellationToken);
        if (!opened.Ok || opened.Value.State.IsFinal || longest <= TimeSpan.Zero) return opened;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(longest);
        try
        {
            await foreach (var state in opened.Value.ChangesAsync(patience.Token))
                if (state.IsFinal) break;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the time is over: it is told as it stands
        }

        return opened;
    }
}
