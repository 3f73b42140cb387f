using NodaTime;

namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks what holds for the whole workflow: zone, time-out, concurrency, exit conditions, error workflow.</summary>
internal sealed class SettingsChecks(WorkflowSettings settings, WorkflowSelf? self)
{
    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(WorkflowLimits.RunTimeoutDays);

    public IEnumerable<WorkflowProblem> Problems()
    {
        if (settings.TimeZone is { } zone && TimeZones.Find(zone) is null)
            yield return Error(WorkflowProblemCodes.UnknownTimeZone, "timezone", $"There is no time zone {zone}. Use a name such as "
                + $"America/Chicago.{NearestName.Hint(zone, DateTimeZoneProviders.Tzdb.Ids)}");
        if (settings.Timeout is { } timeout && (timeout < MinTimeout || timeout > MaxTimeout))
            yield return Error(WorkflowProblemCodes.TimeoutOutOfLimits, "timeout",
                $"The longest time of a run can be 1 second to 366 days, but {timeout:c} was found.");
        if (settings.Concurrency is { Max: < 1 or > WorkflowLimits.Concurrency } concurrency)
            yield return Error(WorkflowProblemCodes.ConcurrencyOutOfLimits, "concurrency.max",
                $"1 to {WorkflowLimits.Concurrency:N0} runs at once are possible, but {concurrency.Max} was found.");
        if (settings.Exit is { MaxMessages: < 1 or > WorkflowLimits.ExitMessages } exit)
            yield return Error(WorkflowProblemCodes.ExitOutOfLimits, "exit_conditions.max_messages",
                $"A run can end after 1 to {WorkflowLimits.ExitMessages} messages, but {exit.MaxMessages} was found.");
        if (settings.Exit is { TimeoutDays: < 1 or > WorkflowLimits.ExitDays } late)
            yield return Error(WorkflowProblemCodes.ExitOutOfLimits, "exit_conditions.timeout_days",
                $"A run can end after 1 to {WorkflowLimits.ExitDays} days, but {late.TimeoutDays} was found.");
        if (settings.ErrorWorkflow is { } workflow && self?.IsNamed(workflow) == true)
            yield return Error(WorkflowProblemCodes.OwnErrorWorkflow, "error_workflow",
                "The workflow would start itself when it fails. Name another one.");
    }

    private static WorkflowProblem Error(string code, string field, string message) =>
        WorkflowProblem.Error(code, $"settings.{field}", null, message);
}
