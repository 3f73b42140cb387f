using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>The answers of this dialect: <c>{data}</c>, and <c>{data, meta}</c> for lists.</summary>
internal static class ServicesAnswers
{
    public static ApiAnswer Created(CreatedWorkflow created, SharingWish sharing) =>
        One(created.Defined with { Grants = [.. Granted(sharing.UserIds, false), .. Granted(sharing.RoleIds, true)] }) with
        { Status = StatusCodes.Status201Created, Location = Address(created.Id) };

    private static IEnumerable<GrantFacts> Granted(IReadOnlyList<Guid>? ids, bool areRoles) =>
        (ids ?? []).Distinct().Select(id => new GrantFacts(id, areRoles, GrantLevel.Run));

    public static ApiAnswer One(DefinedWorkflow workflow)
    {
        var body = ServicesJson.Bytes(w =>
        {
            w.WriteStartObject();
            w.WritePropertyName("data");
            ServicesTranslator.Write(w, workflow);
            w.WriteEndObject();
        });
        return new ApiAnswer(StatusCodes.Status200OK, body) { Tag = workflow.Tag };
    }

    public static ApiAnswer Page(IReadOnlyList<DefinedWorkflow> items, int limit, int offset, int total) =>
        new(StatusCodes.Status200OK, ServicesJson.Bytes(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("data");
            foreach (var item in items) ServicesTranslator.Write(w, item);
            w.WriteEndArray();
            w.WritePropertyName("meta");
            JsonSerializer.Serialize(w, Meta(limit, offset, items.Count, total), ServicesJson.Default.PageMeta);
            w.WriteEndObject();
        }));

    public static ApiAnswer Queued(Guid workflowId, StartedRun run) => new(
        StatusCodes.Status201Created,
        ServicesJson.Bytes(new RunMessage(new RunQueued(run.RunId, "queued")), ServicesJson.Default.RunMessage))
    { Location = Address(workflowId) + "/runs" };

    public static ApiAnswer Runs(WorkflowPage<DialectRun> found, int limit, int offset)
    {
        var message = new RunsMessage([.. found.Items.Select(Of)], Meta(limit, offset, found.Items.Count, found.Total));
        return new ApiAnswer(StatusCodes.Status200OK, ServicesJson.Bytes(message, ServicesJson.Default.RunsMessage));
    }

    private static PageMeta Meta(int limit, int offset, int count, int total) => new(limit, offset, (long)offset + count < total);

    private static RunItem Of(DialectRun item)
    {
        var run = item.Run;
        return new RunItem(
            run.Id, run.WorkflowId, run.WorkflowName, Word(run.Status), run.Cause == "api" ? "manual" : run.Cause, item.StepsDone,
            item.Steps, ServicesJson.Time(run.CreatedAt), run.FinishedAt is { } end ? ServicesJson.Time(end) : null,
            run is { Status: RunStatus.Failed, ErrorCode: { } code } ? new RunError(code, run.ErrorMessage ?? "") : null);
    }

    /// <summary>The word for a status; the reference text says <c>queued</c>, its events completed and failed.</summary>
    private static string Word(RunStatus status) => status switch
    {
        RunStatus.Queued => "queued",
        RunStatus.Running or RunStatus.Waiting => "running",
        RunStatus.Done => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Paused => "paused",
        _ => "canceled",
    };

    private static string Address(Guid id) => $"{ServicesDialect.Instance.Prefix}/workflows/{id}";
}
