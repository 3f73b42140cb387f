namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// Wakes the execution of one run: because its inbox has something new, or because a step that is under way has logged. Safe from any
/// thread.
/// </summary>
internal sealed class ExecutionBell : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);
    private int inbox;
    private bool disposed;

    /// <summary>Whether the inbox has to be looked at.</summary>
    public bool IsRung => Volatile.Read(ref inbox) == 1;

    /// <summary>Says that the inbox has something new, and wakes.</summary>
    public void Ring()
    {
        LookAtInbox();
        Wake();
    }

    /// <summary>Says that the inbox has to be looked at, without waking: whoever says it is awake.</summary>
    public void LookAtInbox() => Volatile.Write(ref inbox, 1);

    /// <summary>Whether it was rung since it was asked last.</summary>
    public bool TakeRing() => Interlocked.Exchange(ref inbox, 0) == 1;

    /// <summary>Wakes.</summary>
    public void Wake()
    {
        lock (bell) if (!disposed && bell.CurrentCount == 0) bell.Release();
    }

    /// <summary>Completes once somebody wakes.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => bell.WaitAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        lock (bell) disposed = true;
        bell.Dispose();
    }
}
