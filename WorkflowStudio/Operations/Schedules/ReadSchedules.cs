using System.Text.Json;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Schedules.Cron;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Schedules;

/// <summary>Reads schedules: the list, one with what comes and what was missed, and the times of one that is still being written.</summary>
internal sealed class ReadSchedules(
    ScheduleStore store, WorkspaceStore workspaces, WorkflowAccess access, NodeCatalog catalog, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>How many times ahead are told.</summary>
    public const int Ahead = 10;

    private const int MostHistory = 100;
    private static readonly TimeSpan MissedOf = TimeSpan.FromDays(30);

    /// <summary>The schedules of the environment, the next to fire first.</summary>
    public async Task<Result<IReadOnlyList<ScheduleFacts>>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var schedules = await store.ListAsync(await access.SeenAsync(caller, cancellationToken), cancellationToken);
        var missed = await store.MissedAsync([.. schedules.Select(s => s.Row.Id)], clock.GetUtcNow() - MissedOf, cancellationToken);
        return schedules.Select(s => ScheduleFacts.Of(s, missed.GetValueOrDefault(s.Row.Id))).ToList();
    }

    /// <summary>One schedule.</summary>
    public async Task<Result<ScheduleDetail>> OneAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var seen = await access.SeenAsync(caller, cancellationToken);
        return await OneAsync(caller, await store.FindAsync(seen, id, cancellationToken), Needs, cancellationToken);
    }

    /// <summary>The schedule of a workflow; none is a problem, too.</summary>
    public Task<Result<ScheduleDetail>> OfWorkflowAsync(Caller caller, Guid workflowId, CancellationToken cancellationToken = default) =>
        OfWorkflowAsync(caller, workflowId, Permission.ViewWorkflows, cancellationToken);

    /// <summary>The same for whoever needs another permission: who may change a schedule is told how it stands.</summary>
    public async Task<Result<ScheduleDetail>> OfWorkflowAsync(
        Caller caller, Guid workflowId, Permission needed, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(needed) is { } keyless) return keyless;
        var seen = await access.SeenAsync(caller, cancellationToken);
        return await OneAsync(caller, await store.OfWorkflowAsync(seen, workflowId, cancellationToken), needed, cancellationToken);
    }

    /// <summary>The same workflows, each with the time at which its schedule starts it next: one query for all.</summary>
    public async Task<IReadOnlyList<DefinedWorkflow>> WithNextAsync(
        IReadOnlyList<DefinedWorkflow> workflows, CancellationToken cancellationToken = default)
    {
        var next = await store.NextFiresAsync([.. workflows.Select(w => w.Workflow.Id)], cancellationToken);
        return [.. workflows.Select(w => w with { NextAt = next.GetValueOrDefault(w.Workflow.Id) })];
    }

    /// <summary>The next times of a trigger's settings that need not be stored yet. Its jitter is not known before it is stored.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="config">The settings of the trigger <c>schedule</c>.</param>
    /// <param name="workflowZone">The workflow's zone, for settings without one; null for the workspace's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SchedulePreview>> PreviewAsync(
        Caller caller, JsonElement config, string? workflowZone, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var problems = catalog.CheckTrigger(new WorkflowTrigger { Type = ScheduleKeeper.TriggerType, Config = config })
            .Where(p => p.Severity == ProblemSeverity.Error).ToList();
        if (problems.Count > 0)
            return new OperationProblem.Invalid(
                problems[0].Message, [.. problems.Select(p => new WorkflowProblem(p.Code, p.Path, null, p.Message, p.Severity))]);
        if (await workspaces.FindAsync(caller.Tenant.WorkspaceId, cancellationToken) is not { } workspace)
            return new OperationProblem.NotFound("workspace");
        var settings = ScheduleSettings.Of(config);
        var row = new ScheduleRow
        {
            Cron = settings.Cron.Trim(), TimeZone = settings.Timezone is { Length: > 0 } own ? own : workflowZone,
            StartsAt = settings.StartsAt, EndsAt = settings.EndsAt,
        };
        var schedule = new StoredSchedule(row, "", workspace.TimeZone);
        return new SchedulePreview(ScheduleFacts.Sentence(row.Cron), schedule.TimeZone, Next(schedule));
    }

    private async Task<Result<ScheduleDetail>> OneAsync(
        Caller caller, StoredSchedule? schedule, Permission needed, CancellationToken cancellationToken)
    {
        var refused = await access.RefuseAsync(
            caller, schedule?.Row.WorkflowId ?? Guid.Empty, needed, "schedule", cancellationToken);
        if (refused is not null) return refused;
        return schedule is null ? new OperationProblem.NotFound("schedule") : await DetailAsync(schedule, cancellationToken);
    }

    private async Task<ScheduleDetail> DetailAsync(StoredSchedule schedule, CancellationToken cancellationToken)
    {
        var (row, zone) = (schedule.Row, schedule.Times.Zone);
        var missed = await store.MissedAsync([row.Id], clock.GetUtcNow() - MissedOf, cancellationToken);
        var latestMissed = await store.OccurrencesAsync(row.Id, missed: true, null, MostHistory, cancellationToken);
        var history = await store.OccurrencesAsync(row.Id, missed: false, null, MostHistory, cancellationToken);
        return new ScheduleDetail(ScheduleFacts.Of(schedule, missed.GetValueOrDefault(row.Id)), Next(schedule),
            [.. latestMissed.Select(Past)], [.. history.Select(Past)]);

        PastOccurrence Past(ScheduleOccurrenceRow o) =>
            new(Instant.FromDateTimeOffset(o.At).InZone(zone).ToDateTimeOffset(), o.Outcome, o.RunId, o.DecidedAt, o.Earlier, o.Note);
    }

    private List<NextFire> Next(StoredSchedule schedule)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        return [.. schedule.Times.Between(now, Instant.MaxValue).Take(Ahead).Select(t => NextFire.Of(t, schedule.Times.Zone))];
    }
}

/// <summary>What a schedule that is being written would do.</summary>
/// <param name="Words">When it fires, as a sentence.</param>
/// <param name="TimeZone">The zone of its times.</param>
/// <param name="Next">The next times, at most ten; empty when its end is over.</param>
internal sealed record SchedulePreview(string Words, string TimeZone, IReadOnlyList<NextFire> Next);
