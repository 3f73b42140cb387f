using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>Lists workflows, the last changed first: three queries however many there are.</summary>
internal sealed class ListWorkflows(WorkflowStore store, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    public const int MaxTake = 100;

    /// <summary>The most at once, for a dialect that knows no pages.</summary>
    public const int MostAtOnce = 500;

    /// <summary>With the latest runs of each, for pages.</summary>
    public async Task<Result<WorkflowPage<WorkflowItem>>> RunAsync(
        Caller caller, WorkflowFilter filter, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (rows, total) = await store.ListAsync(
            await access.SeenAsync(caller, cancellationToken), filter.ToRows(), cancellationToken);
        var runs = await store.RecentRunsAsync([.. rows.Select(w => w.Id)], cancellationToken);
        return new WorkflowPage<WorkflowItem>([.. rows.Select(w => new WorkflowItem(
            WorkflowFacts.Of(w), [.. runs[w.Id].OrderByDescending(r => r.Id).Select(RecentRun.Of)]))], total);
    }

    /// <summary>With the definition of each, for dialects.</summary>
    public async Task<Result<WorkflowPage<DefinedWorkflow>>> WithDefinitionsAsync(
        Caller caller, WorkflowFilter filter, VersionChoice choice = VersionChoice.Active, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (rows, total) = await store.ListAsync(
            await access.SeenAsync(caller, cancellationToken), filter.ToRows(), cancellationToken);
        return new WorkflowPage<DefinedWorkflow>(await DefinedWorkflow.OfAsync(store, rows, choice, cancellationToken), total);
    }
}

/// <summary>What a list of workflows is narrowed to, null means any; and which of them are asked for.</summary>
/// <param name="Search">A part of the name or the description; its first 200 characters count.</param>
/// <param name="Status">A status.</param>
/// <param name="TriggerType">How they start.</param>
/// <param name="Skip">How many are left out at the beginning.</param>
/// <param name="Take">How many are wanted, from 1 to <see cref="ListWorkflows.MostAtOnce"/>.</param>
public sealed record WorkflowFilter(
    string? Search = null, WorkflowStatus? Status = null, string? TriggerType = null, int Skip = 0, int Take = 25)
{
    // SQLite refuses patterns of 50,000 bytes; nobody searches for more than this
    private const int MaxSearch = 200;

    /// <summary>How they may start; null for any.</summary>
    public IReadOnlyList<string>? TriggerTypes { get; init; }

    /// <summary>The event that their trigger names; null for any.</summary>
    public string? TriggerEvent { get; init; }

    /// <summary>The shape in which they have to fit: dialects list what they can tell.</summary>
    public WorkflowShape Fits { get; init; }

    /// <summary>Whether they are active; null for any.</summary>
    public bool? IsActive { get; init; }

    internal WorkflowRowFilter ToRows() => new(
        Search?[..Math.Min(Search.Length, MaxSearch)], Status, TriggerType, Math.Max(0, Skip),
        Math.Clamp(Take, 1, ListWorkflows.MostAtOnce))
    { TriggerTypes = TriggerTypes, TriggerEvent = TriggerEvent, Fits = Fits, IsActive = IsActive };
}

/// <summary>A page of a list and how many there are in all.</summary>
public sealed record WorkflowPage<T>(IReadOnlyList<T> Items, int Total);

/// <summary>A workflow and its latest runs, newest first, at most 16.</summary>
public sealed record WorkflowItem(WorkflowFacts Workflow, IReadOnlyList<RecentRun> Runs)
{
    /// <summary>The last run, or null before the first.</summary>
    public RecentRun? LastRun => Runs is [var last, ..] ? last : null;
}

/// <summary>
/// A run as a bar of a sparkline. <paramref name="Took"/> is null while it is not over, <paramref name="IsHeld"/> says that it waits for
/// its turn.
/// </summary>
public sealed record RecentRun(Guid Id, RunStatus Status, DateTimeOffset At, TimeSpan? Took, bool IsHeld = false)
{
    internal static RecentRun Of(RunRow run) =>
        new(run.Id, run.Status, run.CreatedAt, run.FinishedAt - run.CreatedAt, run is { Status: RunStatus.Queued, Gate: RunGate.Held });
}

/// <summary>A workflow as it stands, without its definition.</summary>
public sealed record WorkflowFacts
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

    /// <summary>The number of the newest version, active or not; 0 before the first.</summary>
    public int NewestVersion { get; init; }

    /// <summary>The serials of the active and of the newest version; null before the first.</summary>
    public (long? Active, long? Newest) Serials { get; init; }

    /// <summary>Counts the versions in which what a run does was changed.</summary>
    public int Snapshot { get; init; }

    /// <summary>What dialects keep beside the definition, as JSON: an object with a member for each.</summary>
    public string Fields { get; init; } = "{}";

    /// <summary>Counts every change: the tag of what clients read.</summary>
    public int Revision { get; init; }

    /// <summary>Who sees it.</summary>
    public WorkflowVisibility Visibility { get; init; }

    /// <summary>Whose it is; null when a key made it that belongs to nobody.</summary>
    public Guid? OwnerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    internal static WorkflowFacts Of(WorkflowRow row) => new()
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
        NewestVersion = row.NewestNumber,
        Serials = (row.ActiveSerial, row.NewestSerial),
        Snapshot = row.Snapshot,
        Fields = row.Fields,
        Revision = row.Revision,
        Visibility = row.Visibility,
        OwnerId = row.OwnerId,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };
}
