using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Integrations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>The answers of this dialect: one thing bare, a list under its name.</summary>
internal static class DocumentsAnswers
{
    private static readonly string Prefix = DocumentsDialect.Instance.Prefix;

    public static ApiAnswer Created(CreatedWorkflow created, string baseUrl) => One(created.Defined, baseUrl) with
    { Status = StatusCodes.Status201Created, Location = $"{Prefix}/{created.Id}" };

    public static ApiAnswer One(DefinedWorkflow workflow, string baseUrl) =>
        new(StatusCodes.Status200OK, DocumentsJson.Bytes(w => DocumentsTranslator.Write(w, workflow, baseUrl, isWhole: true)))
        { Tag = workflow.Tag };

    public static ApiAnswer List(WorkflowPage<DefinedWorkflow> found, int offset, string baseUrl) =>
        new(StatusCodes.Status200OK, DocumentsJson.Bytes(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("workflows");
            foreach (var item in found.Items) DocumentsTranslator.Write(w, item, baseUrl, isWhole: false);
            w.WriteEndArray();
            // a client that knows the list whole alone is not told more
            if (offset > 0 || found.Items.Count < found.Total) w.WriteNumber("total", found.Total);
            w.WriteEndObject();
        }));

    public static ApiAnswer Executed(Guid workflowId, StartedRun run) => new(
        StatusCodes.Status202Accepted,
        DocumentsJson.Bytes(
            new ExecutedMessage(run.RunId, "running", DocumentsJson.Time(run.At)), DocumentsJson.Default.ExecutedMessage))
    { Location = $"{Prefix}/{workflowId}/executions?execution_id={run.RunId}" };

    public static ApiAnswer Executions(
        WorkflowPage<DialectRun> found, int offset, ILookup<Guid, StepLog> steps, IReadOnlyDictionary<long, StepIds> ids)
    {
        var message = new ExecutionsMessage([.. found.Items.Select(r => Of(r, steps[r.Run.Id], ids[r.Run.VersionSerial]))])
        { Total = offset > 0 || found.Items.Count < found.Total ? found.Total : null };
        return new ApiAnswer(StatusCodes.Status200OK, DocumentsJson.Bytes(message, DocumentsJson.Default.ExecutionsMessage));
    }

    public static ApiAnswer Schedule(ScheduleFacts schedule) => new(
        StatusCodes.Status200OK,
        DocumentsJson.Bytes(
            new ScheduleMessage(schedule.WorkflowId, schedule.Cron, schedule.TimeZone, schedule.Enabled,
                schedule.NextAt is { } next ? DocumentsJson.Time(next) : null),
            DocumentsJson.Default.ScheduleMessage));

    public static ApiAnswer Scheduled(ScheduleFacts schedule) => Schedule(schedule) with
    { Status = StatusCodes.Status201Created, Location = $"{Prefix}/{schedule.WorkflowId}/schedule" };

    public static ApiAnswer Integrations(IReadOnlyList<IntegrationFacts> all) => new(
        StatusCodes.Status200OK,
        DocumentsJson.Bytes(new IntegrationsMessage([.. all.Select(Of)]), DocumentsJson.Default.IntegrationsMessage));

    public static ApiAnswer Integration(IntegrationFacts one) =>
        new(StatusCodes.Status200OK, DocumentsJson.Bytes(Of(one), DocumentsJson.Default.IntegrationItem));

    public static ApiAnswer Integrated(IntegrationFacts one) => Integration(one) with
    { Status = StatusCodes.Status201Created, Location = $"{Prefix}/integrations?id={one.Id}" };

    private static IntegrationItem Of(IntegrationFacts i) => new(
        i.Id, i.WorkflowId, i.Name, i.Kind, i.Config, DocumentsJson.Time(i.CreatedAt), DocumentsJson.Time(i.UpdatedAt));

    private static ExecutionItem Of(DialectRun item, IEnumerable<StepLog> steps, StepIds ids)
    {
        var run = item.Run;
        return new ExecutionItem(
            run.Id, Word(run.Status), DocumentsTriggers.Cause(run.Cause), DocumentsJson.Time(run.CreatedAt),
            run.FinishedAt is { } end ? DocumentsJson.Time(end) : null, [.. steps.Select(s => Of(s, ids))])
        { Error = run is { Status: RunStatus.Failed, ErrorCode: { } code } ? new RunError(code, run.ErrorMessage ?? "") : null };
    }

    private static StepItem Of(StepLog step, StepIds ids) => new(
        ids.Sent(step.NodeId),
        step.Status switch
        {
            StepStatus.Done => "completed",
            StepStatus.Failed => "failed",
            StepStatus.Waiting => "waiting",
            _ => "running",
        },
        (long?)step.Took?.TotalMilliseconds);

    /// <summary>The word for a status; the text has running and completed, the platform's glossary failed and aborted.</summary>
    private static string Word(RunStatus status) => status switch
    {
        RunStatus.Done => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Canceled => "aborted",
        RunStatus.Paused => "paused",
        _ => "running",
    };
}
