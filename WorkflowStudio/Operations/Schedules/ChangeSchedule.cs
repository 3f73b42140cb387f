using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Scheduling;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Operations.Schedules;

/// <summary>
/// Turns a schedule on or off; its workflow can still be started in other ways. What passes while it is off is not missed.
/// </summary>
internal sealed class SwitchSchedule(IStudioWriter writer, ScheduleKeeper keeper)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageSchedules;

    public async Task<Result<bool>> RunAsync(Caller caller, Guid id, bool on, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        return await writer.WriteAsync<Result<bool>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (write.FindSchedule(caller.Seen, id) is not { } row)
                    return new OperationProblem.NotFound("schedule");
                if (!write.TryWorkflow(caller, row.WorkflowId, Needs, out _, out var refused)) return refused;
                keeper.Enable(write, row, on);
                return on;
            },
            cancellationToken);
    }
}

/// <summary>Starts a run as a schedule would, at once and by hand. It takes no occurrence, so the next one fires all the same.</summary>
internal sealed class FireSchedule(ScheduleStore store, StartRun start, WorkflowAccess access, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = StartRun.Needs;

    public async Task<Result<StartedRun>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        if (await store.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is not { } schedule)
            return new OperationProblem.NotFound("schedule");
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        return await start.RunAsync(
            caller, schedule.Row.WorkflowId, SchedulePayload.Of(schedule, now, now), "manual", null, cancellationToken);
    }
}

/// <summary>
/// Gives a workflow that starts in another way a schedule beside its trigger, changes it, or takes it away: the resource
/// <c>/workflows/{id}/schedule</c> of the documents dialect. A workflow whose trigger is its schedule is changed by its versions.
/// </summary>
internal sealed class SetSchedule(IStudioWriter writer, ScheduleKeeper keeper)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageSchedules;

    /// <summary>Stores it and answers it. Errors name <c>cron_expression</c> or <c>timezone</c>.</summary>
    public async Task<Result<ScheduleFacts>> RunAsync(Caller caller, Guid workflowId, ScheduleWish wish,
        Func<ScheduleFacts, KeptAnswer?>? answer = null, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var problems = wish.Problems().ToList();
        if (problems.Count > 0) return new OperationProblem.Invalid("The schedule cannot be stored as it is.", problems);
        return await writer.WriteAsync<Result<ScheduleFacts>>(
            caller.Tenant.WorkspaceId, write => Set(write, caller, workflowId, wish, answer), cancellationToken);
    }

    /// <summary>Takes it away.</summary>
    public async Task<Result<Guid>> RemoveAsync(Caller caller, Guid workflowId, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        return await writer.WriteAsync<Result<Guid>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (!write.TryWorkflow(caller, workflowId, Needs, out var workflow, out var refused))
                    return refused is OperationProblem.NotFound ? new OperationProblem.NotFound("schedule") : refused;
                if (write.ScheduleOf(workflow) is not { } row) return new OperationProblem.NotFound("schedule");
                if (row.IsTrigger) return IsTrigger;
                keeper.Remove(write, row);
                return row.Id;
            },
            cancellationToken);
    }

    private static OperationProblem.Conflict IsTrigger =>
        new("schedule_is_trigger", "This workflow starts by its schedule. Change its trigger and publish it.");

    private Result<ScheduleFacts> Set(
        StudioWrite write, Caller caller, Guid workflowId, ScheduleWish wish, Func<ScheduleFacts, KeptAnswer?>? answer)
    {
        if (!write.TryWorkflow(caller, workflowId, Needs, out var workflow, out var refused)) return refused;
        var row = write.ScheduleOf(workflow);
        if (row is not null && wish.IsNew == true)
            return new OperationProblem.Conflict(
                "schedule_exists", "This workflow has a schedule already. Change it, or delete it before.");
        if (row is null && wish.IsNew == false) return new OperationProblem.NotFound("schedule");
        if (row is { IsTrigger: true }) return IsTrigger;
        if (row is null && workflow.ActiveSerial is null)
            return new OperationProblem.Conflict(
                "workflow_not_published", "The workflow was never published. Publish it, then give it a schedule.");
        if (row is null && wish.Cron is null) return new OperationProblem.NotFound("schedule");
        row = keeper.Set(write, workflow, wish.Cron ?? row!.Cron, wish.TimeZone ?? row?.TimeZone);
        if (wish.Enabled is { } on) keeper.Enable(write, row, on);
        var set = ScheduleFacts.Of(write.Stored(row, workflow), missed: 0);
        write.Record(answer?.Invoke(set));
        return set;
    }
}

/// <summary>What a schedule should be; what is null stays, or takes its default.</summary>
internal sealed record ScheduleWish(string? Cron, string? TimeZone, bool? Enabled)
{
    /// <summary>Whether there may be none before (true), or must be one (false); null for either.</summary>
    public bool? IsNew { get; init; }

    public IEnumerable<WorkflowProblem> Problems()
    {
        if (Cron is not null && ScheduleSettings.WhyNot(Cron) is { } why)
            yield return WorkflowProblem.Error(WorkflowProblemCodes.WrongSetting, "cron_expression", null, why);
        if (TimeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is null)
            yield return WorkflowProblem.Error(WorkflowProblemCodes.UnknownTimeZone, "timezone", null, $"There is no time zone {TimeZone}. "
                + $"Use a name such as America/Chicago.{NearestName.Hint(TimeZone, DateTimeZoneProviders.Tzdb.Ids)}");
    }
}
