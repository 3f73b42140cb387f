using System.Buffers;
using System.Text.Json;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>The answers of this dialect.</summary>
internal static class GraphAnswers
{
    public static ApiAnswer Created(CreatedWorkflow created, string baseUrl)
    {
        var id = ShownId.Workflow(created.Id);
        var errors = created.Errors.Count == 0 ? null : GraphProblems.Places(created.Errors);
        var message = new CreatedMessage(
            "created", id, created.Version, GraphTranslator.Time(created.CreatedAt), GraphTranslator.WebhookUrl(baseUrl, created.Defined),
            errors is null ? "passed" : "failed", errors);
        return new ApiAnswer(StatusCodes.Status201Created, GraphJson.Bytes(message, GraphJson.Default.CreatedMessage))
        { Location = $"/api/v1/workflows/{id}", Tag = created.Defined.Tag };
    }

    public static ApiAnswer Updated(DefinedWorkflow changed, string baseUrl)
    {
        var (workflow, _) = changed;
        var message = new UpdatedMessage(
            "updated", ShownId.Workflow(workflow.Id), workflow.Version, GraphTranslator.Time(workflow.UpdatedAt),
            GraphTranslator.WebhookUrl(baseUrl, changed), "passed");
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.UpdatedMessage)) { Tag = changed.Tag };
    }

    /// <summary>One workflow, in this dialect's own envelope.</summary>
    public static ApiAnswer One(DefinedWorkflow found, string baseUrl)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var w = new Utf8JsonWriter(buffer, GraphJson.Writing))
        {
            w.WriteStartObject();
            w.WriteString("status", "success");
            w.WritePropertyName("workflow");
            GraphTranslator.Write(w, found, baseUrl);
            w.WriteEndObject();
        }

        return new ApiAnswer(StatusCodes.Status200OK, buffer.WrittenMemory) { Tag = found.Tag };
    }

    public static ApiAnswer Page(WorkflowPage<DefinedWorkflow> found, int page, int limit, string baseUrl)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var w = new Utf8JsonWriter(buffer, GraphJson.Writing))
        {
            w.WriteStartObject();
            w.WriteStartArray("data");
            foreach (var item in found.Items) GraphTranslator.Write(w, item, baseUrl);
            w.WriteEndArray();
            w.WriteStartObject("pagination");
            w.WriteNumber("page", page);
            w.WriteNumber("limit", limit);
            w.WriteNumber("total", found.Total);
            w.WriteNumber("totalPages", (found.Total + limit - 1) / limit);
            w.WriteEndObject();
            w.WriteEndObject();
        }

        return new ApiAnswer(StatusCodes.Status200OK, buffer.WrittenMemory);
    }

    public static ApiAnswer Enqueued(Guid workflowId, StartedRun run, string baseUrl)
    {
        var execution = ShownId.Execution(run.RunId);
        var status = $"/api/v1/executions/{execution}/status";
        var message = new EnqueuedMessage(
            "enqueued", execution, ShownId.Workflow(workflowId), "high", GraphTranslator.Time(run.At),
            new TraceEndpoints(baseUrl + status, $"{baseUrl}/api/v1/executions/{execution}/logs"));
        return new ApiAnswer(StatusCodes.Status202Accepted, GraphJson.Bytes(message, GraphJson.Default.EnqueuedMessage))
        { Location = status };
    }

    /// <summary>The answer of a webhook; the contracts are silent about one that is refused by constraints.</summary>
    public static ApiAnswer Webhook(Guid workflowId, WebhookOutcome outcome, string baseUrl)
    {
        if (outcome.Run is { } run) return Enqueued(workflowId, run, baseUrl);
        var message = new IgnoredMessage(
            "ignored", "constraints", "The trigger's constraints do not hold for this data, so no run was started.",
            ShownId.Workflow(workflowId), GraphTranslator.Time(outcome.At));
        return new ApiAnswer(StatusCodes.Status202Accepted, GraphJson.Bytes(message, GraphJson.Default.IgnoredMessage));
    }

    public static ApiAnswer Event(TakenEvent e)
    {
        var came = e.Came;
        var message = new EventMessage("accepted", e.Type, came.EventId, came.IsDuplicate, came.Started.Count, came.Refused,
            [.. came.Started.Select(ShownId.Execution)],
            [
                .. came.Reached.Select(r => new ReachedFact(
                    ShownId.Workflow(r.WorkflowId), r.RunId is null ? "refused" : "started",
                    r.RunId is { } run ? ShownId.Execution(run) : null, r.Reason)),
            ],
            GraphTranslator.Time(e.At));
        return new ApiAnswer(StatusCodes.Status202Accepted, GraphJson.Bytes(message, GraphJson.Default.EventMessage));
    }

    /// <summary>Something was asked of a run: it is done soon after.</summary>
    public static ApiAnswer Asked(ExecutionStatus run) =>
        Status(run) with { Status = StatusCodes.Status202Accepted, Location = $"/api/v1/executions/{ShownId.Execution(run.RunId)}/status" };

    public static ApiAnswer Status(ExecutionStatus run)
    {
        var message = new StatusMessage(
            run.IsHeld ? "queued" : Word(run.Status),
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
            run.ErrorCode is { } code ? new ErrorFact(code, run.ErrorMessage ?? "") : null)
        {
            RetryOf = run.RetryOf is { } repeated ? ShownId.Execution(repeated) : null,
            StartedBy = run.ParentId is { } parent ? ShownId.Execution(parent) : null,
            Test = run.IsTest ? true : null,
            Loops = run.Loops.Count > 0 ? [.. run.Loops.Select(Of)] : null,
        };
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.StatusMessage));
    }

    public static ApiAnswer Executions(WorkflowPage<DialectRun> found, int page, int limit)
    {
        var message = new ExecutionsMessage("success", [.. found.Items.Select(r => Of(r.Run, r.Steps))],
            new PageFact(page, limit, found.Total, (found.Total + limit - 1) / limit));
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.ExecutionsMessage));
    }

    public static ApiAnswer Contact(ContactTimeline found)
    {
        var (contact, since) = (found.Contact.Contact, found.Contact.CreatedAt);
        var message = new ContactMessage("success", new ContactFact(
            contact.Id.ToString(), Shown(contact.FirstName), Shown(contact.LastName), contact.Email, contact.Phone,
            GraphTranslator.Time(since), [.. found.Runs.Select(r => Of(r, null))]));
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.ContactMessage));

        static string? Shown(string text) => text.Length == 0 ? null : text;
    }

    public static ApiAnswer Log(Guid runId, IReadOnlyList<RunLogEntry> lines)
    {
        var message = new LogsMessage(
            "success",
            ShownId.Execution(runId),
            [.. lines.Select(Of)],
            lines is [.., var last] ? last.Seq : null);
        return new ApiAnswer(StatusCodes.Status200OK, GraphJson.Bytes(message, GraphJson.Default.LogsMessage));
    }

    /// <summary>One line alone, for streams.</summary>
    public static byte[] Line(RunLogEntry line) => GraphJson.Bytes(Of(line), GraphJson.Default.LogLine);

    private static ExecutionFact Of(RunListRow run, int? steps) => new(
        run is { Status: RunStatus.Queued, Gate: RunGate.Held } ? "queued" : Word(run.Status), ShownId.Execution(run.Id),
        ShownId.Workflow(run.WorkflowId), run.WorkflowName, run.Cause, run.ContactId?.ToString(), run.CurrentNode, run.StepsDone, steps,
        GraphTranslator.Time(run.CreatedAt), run.FinishedAt is { } ended ? GraphTranslator.Time(ended) : null,
        run.ErrorCode is { } code ? new ErrorFact(code, run.ErrorMessage ?? "") : null);

    private static LogLine Of(RunLogEntry l) =>
        new(l.Seq, GraphTranslator.Time(l.At), l.Level, l.Event, l.NodeId, l.Attempt > 0 ? l.Attempt : null, l.Message, l.Iteration);

    private static LoopFact Of(LoopView l) => new(
        l.NodeId, l.Outer, l.Iterations.Count, l.Running, l.Done, l.Failed, l.Canceled, l.NotStarted,
        [.. l.Iterations.Take(ReadRun.MaxIterations).Select(Of)]);

    private static IterationFact Of(IterationView i) => new(
        i.Index,
        i.Status switch
        {
            StepStatus.Running => "processing",
            StepStatus.Done => "completed",
            StepStatus.Failed => "failed",
            StepStatus.Canceled => "canceled",
            _ => "not_started",
        },
        i.StartedAt is { } started ? GraphTranslator.Time(started) : null,
        i.EndedAt is { } ended ? GraphTranslator.Time(ended) : null,
        i.TakenOver ? true : null,
        i.ErrorCode is { } code ? new ErrorFact(code, i.ErrorMessage ?? "") : null);

    /// <summary>The statuses that a word stands for; empty for no word.</summary>
    public static IReadOnlyList<RunStatus> StatusesOf(string? word) => word switch
    {
        "processing" => [RunStatus.Queued, RunStatus.Running],
        "queued" => [RunStatus.Queued],
        "waiting" => [RunStatus.Waiting],
        "paused" => [RunStatus.Paused],
        "completed" => [RunStatus.Done],
        "failed" => [RunStatus.Failed],
        "canceled" or "cancelled" => [RunStatus.Canceled],
        _ => [],
    };

    /// <summary>The word for a status; contracts.md leaves them open but for "processing".</summary>
    public static string Word(RunStatus status) => status switch
    {
        RunStatus.Queued or RunStatus.Running => "processing",
        RunStatus.Waiting => "waiting",
        RunStatus.Done => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Paused => "paused",
        _ => "canceled",
    };
}
