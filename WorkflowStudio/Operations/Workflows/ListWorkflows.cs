using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Lists workflows, the last changed first: three queries however many there are.</summary>
internal sealed class ListWorkflows(WorkflowStore store)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    public const int MaxTake = 100;

    // SQLite refuses patterns of 50,000 bytes; nobody searches for more than this
    private const int MaxSearch = 200;

    /// <summary>With the latest runs of each, for pages.</summary>
    public async Task<Result<WorkflowPage<WorkflowItem>>> RunAsync(Caller caller, WorkflowFilter filter, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (rows, total) = await store.ListAsync(caller.Tenant, Clamped(filter), cancellationToken);
        var runs = await store.RecentRunsAsync([.. rows.Select(w => w.Id)], cancellationToken);
        return new WorkflowPage<WorkflowItem>([.. rows.Select(w => new WorkflowItem(WorkflowFacts.Of(w), [.. runs[w.Id].OrderByDescending(r => r.Id).Select(RecentRun.Of)]))], total);
    }

    /// <summary>With the latest runs of each, filtered; null means any.</summary>
    public Task<Result<WorkflowPage<WorkflowItem>>> RunAsync(
        Caller caller, string? search, WorkflowStatus? status, string? triggerType, int skip, int take, CancellationToken cancellationToken = default) =>
        RunAsync(caller, new WorkflowFilter(search, status, triggerType, skip, take), cancellationToken);

    /// <summary>With the definition of each, for dialects.</summary>
    public async Task<Result<WorkflowPage<DefinedWorkflow>>> WithDefinitionsAsync(Caller caller, WorkflowFilter filter, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (rows, total) = await store.ListAsync(caller.Tenant, Clamped(filter), cancellationToken);
        var definitions = await store.DefinitionsAsync([.. rows.Where(w => w.ActiveSerial is not null).Select(w => w.ActiveSerial!.Value)], cancellationToken);
        return new WorkflowPage<DefinedWorkflow>([.. rows.Select(w => new DefinedWorkflow(WorkflowFacts.Of(w), Definition(w, definitions)))], total);
    }

    private static WorkflowDefinition Definition(WorkflowRow row, IReadOnlyDictionary<long, string> definitions) =>
        StoredDefinitions.Definition(row.ActiveSerial is { } serial ? definitions[serial] : row.DraftDefinition!);

    private static WorkflowFilter Clamped(WorkflowFilter filter) => filter with { Skip = Math.Max(0, filter.Skip), Take = Math.Clamp(filter.Take, 1, MaxTake), Search = filter.Search?[..Math.Min(filter.Search.Length, MaxSearch)] };
}

/// <summary>A page of a list and how many there are in all.</summary>
internal sealed record WorkflowPage<T>(IReadOnlyList<T> Items, int Total);

/// <summary>A workflow and its latest runs, newest first, at most 16.</summary>
internal sealed record WorkflowItem(WorkflowFacts Workflow, IReadOnlyList<RecentRun> Runs)
{
    /// <summary>The last run, or null before the first.</summary>
    public RecentRun? LastRun => Runs is [var last, ..] ? last : null;
}

/// <summary>A workflow and its active version's definition, or its draft's before the first version.</summary>
internal sealed record DefinedWorkflow(WorkflowFacts Workflow, WorkflowDefinition Definition);

/// <summary>A run as a bar of a sparkline. <paramref name="Took"/> is null while it is not over, <paramref name="IsHeld"/> says that it waits for its turn.</summary>
internal sealed record RecentRun(Guid Id, RunStatus Status, DateTimeOffset At, TimeSpan? Took, bool IsHeld = false)
{
    public static RecentRun Of(RunRow run) => new(run.Id, run.Status, run.CreatedAt, run.FinishedAt - run.CreatedAt, run is { Status: RunStatus.Queued, Gate: RunGate.Held });
}

/// <summary>A workflow as it stands, without its definition.</summary>
internal sealed record WorkflowFacts
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string Description { get; init; }

    public required WorkflowStatus Status { get; init; }

    public required string TriggerType { get; init; }

    public required string Origin { get; init; }

    /// <summary>The number of the active version, 0 before the first.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the draft differs from the active version.</summary>
    public required bool HasDraft { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static WorkflowFacts Of(WorkflowRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Slug = row.Slug,
        Description = row.Description,
        Status = row.Status,
        TriggerType = row.TriggerType,
        Origin = row.Origin,
        Version = row.ActiveNumber,
        HasDraft = row.DraftDefinition is not null,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };
}
