using System.Collections.Concurrent;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Engine.Runtime.Plans;

/// <summary>Where published versions and workspaces are kept.</summary>
public interface IVersionStore
{
    /// <summary>A version; null when there is none of this serial.</summary>
    Task<StoredVersion?> FindVersionAsync(long serial, CancellationToken cancellationToken);

    /// <summary>A workflow that is not deleted, by its id in any form or by its slug; null when there is none.</summary>
    Task<ActiveWorkflow?> FindActiveAsync(Tenant tenant, string reference, CancellationToken cancellationToken);

    /// <summary>A workspace, with the opening hours of one of its environments; null when there is none of this id.</summary>
    Task<WorkspaceFacts?> FindWorkspaceAsync(Tenant tenant, CancellationToken cancellationToken);
}

/// <summary>A published version.</summary>
public sealed record StoredVersion(
    long Serial, Guid WorkflowId, string WorkflowName, int Number, WorkflowDefinition Definition, EditorState Editor)
{
    /// <summary>The environment in which the workflow lives. A test run of a live draft runs in the sandbox all the same.</summary>
    public StudioEnvironment Environment { get; init; }
}

/// <summary>What is started when a workflow is started.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Serial">The version that runs; null before the first.</param>
/// <param name="Status">Whether it may be started.</param>
public sealed record ActiveWorkflow(Guid Id, string Name, long? Serial, WorkflowStatus Status);

/// <summary>What steps and expressions may know of a workspace.</summary>
public sealed record WorkspaceFacts(Guid Id, string Name, string TimeZone, string Phone, string Address)
{
    /// <summary>When the practice is open; on a day that is not there it is closed.</summary>
    public OpeningTimes Open { get; init; } = new([]);

    /// <summary>What expressions know as <c>$workspace</c>.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        name = Name,
        phone = Phone,
        address = Address,
        time_zone = TimeZone,
        business_hours = BusinessHours.ToJson(Open.Week.Select(o => (o.Weekday, o.From, o.To))),
        single_days = Open.Days.Keys.Order().Select(day => SingleDay.Of(day, Open.On(day).Select(o => (o.From, o.To)))),
    });
}

/// <summary>Plans by version, made once and kept while they are in use; versions never change.</summary>
internal sealed class PlanSource(IVersionStore versions, NodeCatalog catalog, TimeProvider clock)
{
    private const int Most = 1_000;

    private static readonly TimeSpan WorkspaceAge = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, PlannedVersion> plans = new();
    private readonly ConcurrentDictionary<Tenant, KnownWorkspace> workspaces = new();

    /// <summary>The plan of a version. Throws when there is no such version or it cannot be planned.</summary>
    public async ValueTask<PlannedVersion> PlanAsync(long serial, CancellationToken cancellationToken)
    {
        if (plans.TryGetValue(serial, out var known)) return known;
        var version = await versions.FindVersionAsync(serial, cancellationToken)
            ?? throw new InvalidOperationException($"Planning a run: there is no version with the serial {serial}.");
        if (plans.Count >= Most) plans.Clear();
        return plans.GetOrAdd(serial, new PlannedVersion(version, RunPlan.Of(version.Definition, catalog)));
    }

    /// <summary>
    /// The concurrency rule of a version, also of one that cannot be planned; null when it has none. Throws when there is no such version
    /// or it cannot be read.
    /// </summary>
    public async ValueTask<ConcurrencyRule?> ConcurrencyAsync(long serial, CancellationToken cancellationToken)
    {
        if (plans.TryGetValue(serial, out var known)) return known.Version.Definition.Settings.Concurrency;
        var version = await versions.FindVersionAsync(serial, cancellationToken)
            ?? throw new InvalidOperationException($"There is no version with the serial {serial}.");
        return version.Definition.Settings.Concurrency;
    }

    /// <summary>A workspace, as it was half a minute ago at most. Throws when there is none of this id.</summary>
    public async ValueTask<KnownWorkspace> WorkspaceAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (workspaces.TryGetValue(tenant, out var known) && (now - known.At).Duration() < WorkspaceAge) return known;
        var facts = await versions.FindWorkspaceAsync(tenant, cancellationToken)
            ?? throw new InvalidOperationException($"There is no workspace {tenant.WorkspaceId}.");
        return workspaces[tenant] = new KnownWorkspace(facts, now);
    }
}

/// <summary>A workspace as it was read.</summary>
internal sealed class KnownWorkspace(WorkspaceFacts facts, DateTimeOffset at)
{
    private readonly Lazy<JsonElement> json = new(facts.ToJson); // most runs never ask

    /// <summary>What is known of it.</summary>
    public WorkspaceFacts Facts => facts;

    /// <summary>When it was read.</summary>
    public DateTimeOffset At => at;

    /// <summary>What expressions know as <c>$workspace</c>.</summary>
    public JsonElement Json => json.Value;
}

/// <summary>A version and its plan.</summary>
internal sealed record PlannedVersion(StoredVersion Version, RunPlan Plan)
{
    private StartRule? rule;

    /// <summary>The constraints of its trigger.</summary>
    public StartRule Rule => rule ??= StartRule.Of(Version.Definition.Trigger.Constraints);
}
