namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>Rung when nodes come or go or give shards back.</summary>
public sealed class NodeBell
{
    private volatile TaskCompletionSource rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says that there is something to see.</summary>
    public void Ring() => rung.TrySetResult();

    /// <summary>Waits until it is rung, at most for a time.</summary>
    internal async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = rung;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(now.Task, Task.Delay(most, clock, either.Token));
        await either.CancelAsync();
        if (now.Task.IsCompleted) rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
