namespace WorkflowStudio.Engine.Schedules.Cron;

/// <summary>Why a text is no cron expression.</summary>
/// <param name="Field">The field that is wrong: <c>Minutes</c>, <c>Hours</c>, <c>Days of month</c>, <c>Months</c>, <c>Days of week</c>;
/// empty for the whole.</param>
/// <param name="Value">What was found.</param>
/// <param name="Message">The field, the value and what to write instead.</param>
public sealed record CronProblem(string Field, string Value, string Message);
