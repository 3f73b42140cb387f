namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>A piece of writing that waits for its commit.</summary>
internal abstract class WriteItem
{
    /// <summary>What it needs held until its commit.</summary>
    public required WriteNeeds Needs { get; init; }

    /// <summary>Does the writing inside the session's transaction. May be called again when the commit it was part of failed.</summary>
    public abstract void Apply(WriteSession session);

    /// <summary>It is durable.</summary>
    public abstract void Succeed();

    /// <summary>Nothing of it was written, unless the exception says that this is not known.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A piece of writing with a result.</summary>
internal sealed class WriteItem<T>(Func<WriteSession, T> work) : WriteItem
{
    // continuations run elsewhere: the writer's thread must go on to the next commit
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    /// <summary>Completes when it is durable.</summary>
    public Task<T> Done => done.Task;

    public override void Apply(WriteSession session) => result = work(session);

    public override void Succeed() => done.TrySetResult(result);

    public override void Fail(Exception exception) => done.TrySetException(exception);
}
