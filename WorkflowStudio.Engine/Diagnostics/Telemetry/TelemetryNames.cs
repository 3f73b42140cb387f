namespace WorkflowStudio.Engine.Diagnostics.Telemetry;

/// <summary>
/// The words of the studio's measurements and traces. docs/telemetry.md is the contract; a test compares it with what is registered.
/// No value of an attribute of a measurement is made up by people or clients: each has a handful, so that nothing grows with the data.
/// </summary>
public static class TelemetryNames
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Studio = "WorkflowStudio";

    internal const string Cause = "workflowstudio.run.cause";
    internal const string RunStatus = "workflowstudio.run.status";
    internal const string RunState = "workflowstudio.run.state";
    internal const string RunId = "workflowstudio.run.id";
    internal const string WorkflowId = "workflowstudio.workflow.id";
    internal const string StepType = "workflowstudio.step.type";
    internal const string StepId = "workflowstudio.step.id";
    internal const string StepAttempt = "workflowstudio.step.attempt";
    internal const string StepOutcome = "workflowstudio.step.outcome";
    internal const string TakenUp = "workflowstudio.pump.taken_up";
    internal const string CommitOutcome = "workflowstudio.commit.outcome";
    internal const string ScheduleOutcome = "workflowstudio.schedule.outcome";
    internal const string CallOutcome = "workflowstudio.call.outcome";
    internal const string DeliveryOutcome = "workflowstudio.delivery.outcome";
    internal const string ErrorType = "error.type";

    /// <summary>An attribute with its value; costs no memory.</summary>
    internal static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
