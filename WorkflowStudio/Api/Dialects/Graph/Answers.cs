using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>The answers about runs.</summary>
internal static class GraphAnswers
{
    public static ApiAnswer Enqueued(Guid workflowId, StartedRun run, string baseUrl)
    {
        var execution = ShownId.Execution(run.RunId);
        var status = $"/api/v1/executions/{execution}/status";
        var message = new EnqueuedMessage(
            "enqueued", execution, ShownId.Workflow(workflowId), "high", GraphTranslator.Time(run.At), new TraceEndpoints(baseUrl + status, $"{baseUrl}/api/v1/executions/{execution}/logs"));
        return new ApiAnswer(StatusCodes.Status202Accepted, GraphJson.Bytes(message, GraphJson.Default.EnqueuedMessage)) { Location = status };
    }

    /// <summary>The answer of a webhook; the contracts are silent about one that is refused by constraints.</summary>
    public static ApiAnswer Webhook(Guid workflowId, WebhookOutcome outcome, string baseUrl)
    {
        if (outcome.Run is { } run) return Enqueued(workflowId, run, baseUrl);
        var message = new IgnoredMessage(
            "ignored", "constraints", "The trigger's constraints do not hold for this data, so no run was started.", ShownId.Workflow(workflowId), GraphTranslator.Time(outcome.At));
        return new ApiAnswer(StatusCodes.Status202Accepted, GraphJson.Bytes(message, GraphJson.Default.IgnoredMessage));
    }

    public static ApiAnswer Event(TakenEvent e)
    {
        var message = new EventMessage("accepted", e.Type, e.Id, e.IsDuplicate, e.Started.Count, e.Refused, [.. e.Started.Select(ShownId.Execution)], GraphTranslator.Time(e.At));
        return new ApiAnswer(StatusCodes.Status202Accepted, GraphJson.Bytes(message, GraphJson.Default.EventMessage));
    }

    public static ApiAnswer Status(ExecutionStatus run)
    {
        var message = new StatusMessage(
            Word(run.Status),
            ShownId.Execution(run.RunId),
            ShownId.Workflow(run.WorkflowId),
            run.CurrentIndex,
            run.CurrentNode,
            (long)run.Elapsed.TotalMilliseconds,
            run.StepsDone,
            run.Steps,
            GraphTranslator.Time(run.StartedAt),
            run.FinishedAt is { } finished ? GraphTranslator.Time(finished) : null,
            run.WaitsUntil is { } until ? GraphTranslator.Time(until) : null,
            run.ErrorCode is { } code ? new ErrorFact(code, run.ErrorMessage ?? "") : null);
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.StatusMessage));
    }

    public static ApiAnswer Log(Guid runId, IReadOnlyList<ExecutionLine> lines)
    {
        var message = new LogsMessage(
            "success",
            ShownId.Execution(runId),
            [.. lines.Select(Of)],
            lines is [.., var last] ? last.Seq : null);
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.LogsMessage));
    }

    /// <summary>One line alone, for streams.</summary>
    public static byte[] Line(ExecutionLine line) => GraphJson.Bytes(Of(line), GraphJson.Default.LogLine);

    private static LogLine Of(ExecutionLine l) => new(l.Seq, GraphTranslator.Time(l.At), l.Level, l.Event, l.NodeId, l.Attempt > 0 ? l.Attempt : null, l.Message);

    // contracts.md leaves the words open but for "processing"
    private static string Word(RunStatus status) => status switch
    {
        RunStatus.Queued or RunStatus.Running => "processing",
        RunStatus.Waiting => "waiting",
        RunStatus.Done => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Paused => "paused",
        _ => "canceled",
    };
}
