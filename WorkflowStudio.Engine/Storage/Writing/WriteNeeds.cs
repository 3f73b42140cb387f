using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>
/// What a piece of writing has to hold against other nodes until its commit. With one writer it holds by itself; where several nodes share
/// a database the locks are taken before anything is read or written, and always in the order of these properties.
/// </summary>
internal sealed record WriteNeeds
{
    /// <summary>Nothing.</summary>
    public static WriteNeeds None { get; } = new();

    /// <summary>What <see cref="IStudioWriter"/> promises for work that is not of one workspace.</summary>
    public static WriteNeeds Turn { get; } = new() { Alone = true };

    /// <summary>No other node does work through <see cref="IStudioWriter"/> meanwhile, for whatever workspace.</summary>
    public bool Alone { get; init; }

    /// <summary>No other node does work through <see cref="IStudioWriter"/> for these workspaces meanwhile.</summary>
    public IReadOnlyCollection<Guid> Workspaces { get; init; } = [];

    /// <summary>The shards whose owner must not change.</summary>
    public IReadOnlyCollection<int> Shards { get; init; } = [];

    /// <summary>The owner of the shards does change.</summary>
    public bool Claims { get; init; }

    /// <summary>The runs of a workflow with a concurrency rule are counted.</summary>
    public bool Gates { get; init; }

    /// <summary>Steps begin to wait for signals.</summary>
    public bool Waits { get; init; }

    /// <summary>Signals are sent, beside those of work that has its <see cref="Turn"/>.</summary>
    public bool Signals { get; init; }

    /// <summary>What <see cref="IStudioWriter"/> promises for work of one workspace.</summary>
    public static WriteNeeds TurnOf(Guid workspaceId) => new() { Workspaces = [workspaceId] };

    /// <summary>A new owner of a shard.</summary>
    public static WriteNeeds Claim(int shard) => new() { Shards = [shard], Claims = true };

    /// <summary>Work of a shard's owner.</summary>
    public static WriteNeeds Owner(int shard) => new() { Shards = [shard] };

    /// <summary>A run that is made. What is stored with it may raise an event.</summary>
    public static WriteNeeds Of(RunStart start) => start is { Concurrency: null, Guard: null, Attachment: null }
        ? None
        : new WriteNeeds { Gates = true, Signals = start.Attachment is not null };

    /// <summary>An append to a run.</summary>
    public static WriteNeeds Of(RunAppend append) => new()
    {
        Shards = [append.Run.Shard],
        Gates = append.Starts.Any(s => s.Concurrency is not null) || append is { Concurrency: not null, Header.FinishedAt: not null },
        Waits = append.Waits.Any(w => w.Signal is not null),
        Signals = append.Starts.Any(s => s.Concurrency is not null) || append is { Run.ParentId: not null, Header.FinishedAt: not null },
    };

    /// <summary>The needs of all pieces of a commit.</summary>
    public static WriteNeeds Of(List<WriteItem> batch) => batch.Count == 1 ? batch[0].Needs : new WriteNeeds
    {
        Alone = batch.Exists(i => i.Needs.Alone),
        Workspaces = [.. batch.SelectMany(i => i.Needs.Workspaces).Distinct()],
        Shards = [.. batch.SelectMany(i => i.Needs.Shards).Distinct()],
        Claims = batch.Exists(i => i.Needs.Claims),
        Gates = batch.Exists(i => i.Needs.Gates),
        Waits = batch.Exists(i => i.Needs.Waits),
        Signals = batch.Exists(i => i.Needs.Signals),
    };
}
