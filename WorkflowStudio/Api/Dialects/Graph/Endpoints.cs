using System.Buffers;
using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Api.Streaming;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>The addresses of this dialect that need a key.</summary>
internal sealed class GraphEndpoints(
    ApiGate gate, CreateWorkflow create, ListWorkflows list, DeleteWorkflow delete, StartRun start, ReadExecution executions, EventStreams streams)
{
    private const int DefaultLimit = 20;
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/workflows", gate.Keyed(GraphDialect.Instance, Permission.ManageWorkflows, CreateAsync)).OutsideOfPages();
        routes.MapMethods("/api/v1/workflows", Reading, gate.Keyed(GraphDialect.Instance, Permission.ViewWorkflows, ListAsync)).OutsideOfPages();
        routes.MapDelete("/api/v1/workflows/{id}", gate.Keyed(GraphDialect.Instance, Permission.ManageWorkflows, DeleteAsync)).OutsideOfPages();
        routes.MapPost("/api/v1/workflows/{id}/trigger", gate.Keyed(GraphDialect.Instance, Permission.RunWorkflows, TriggerAsync)).OutsideOfPages();
        routes.MapMethods("/api/v1/executions/{id}/status", Reading, gate.Keyed(GraphDialect.Instance, Permission.ViewRuns, StatusAsync)).OutsideOfPages();
        routes.MapMethods("/api/v1/executions/{id}/logs", Reading, gate.Keyed(GraphDialect.Instance, Permission.ViewRuns, LogsAsync)).OutsideOfPages();
        routes.MapGet("/api/v1/executions/{id}/events", gate.Keyed(GraphDialect.Instance, Permission.ViewRuns, EventsAsync)).OutsideOfPages();
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        if (!call.TryObject(out var body, out var refusal)) return GraphProblems.Of(refusal!);
        if (!GraphTranslator.TryRead(body, out var workflow, out var problems)) return GraphProblems.Of(ApiProblem.Invalid("The workflow cannot be stored as it is.", problems));
        ApiAnswer? answer = null;
        var made = await create.RunAsync(
            call.Caller,
            workflow,
            created =>
            {
                answer = Created(created, call.BaseUrl);
                return call.Record?.Invoke(answer);
            },
            call.Aborted);
        return made.Ok ? answer! : GraphProblems.OfGraph(made.Problem);
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = call.Http.Request.Query;
        if (!TryNumber(query["page"], 1, out var page)) return Wrong("page", "The page has to be a whole number from 1.");
        if (!TryNumber(query["limit"], DefaultLimit, out var limit)) return Wrong("limit", "The limit has to be a whole number from 1.");
        limit = Math.Min(limit, ListWorkflows.MaxTake);
        var word = query["status"].ToString();
        if (word.Length > 0 && GraphTranslator.StatusOf(word) is null) return Wrong("status", "The status has to be active, paused or draft.");
        var filter = new WorkflowFilter(query["search"], GraphTranslator.StatusOf(word), null, (int)Math.Min((page - 1L) * limit, int.MaxValue), limit);
        var found = await list.WithDefinitionsAsync(call.Caller, filter, call.Aborted);
        return found.Ok ? Page(found.Value, page, limit, call.BaseUrl) : GraphProblems.Of(found.Problem);
    }

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var done = await delete.RunAsync(call.Caller, IdOf(call), call.Aborted);
        return done.Problem is { } problem ? GraphProblems.Of(problem) : ApiAnswer.Nothing;
    }

    private async Task<ApiAnswer> TriggerAsync(ApiCall call)
    {
        if (!call.TryObject(out var payload, out var refusal, mayBeEmpty: true)) return GraphProblems.Of(refusal!);
        var id = IdOf(call);
        var started = await start.RunAsync(call.Caller, id, payload, "api", call.Record is { } record ? run => record(GraphAnswers.Enqueued(id, run, call.BaseUrl)) : null, call.Aborted);
        return started.Ok ? GraphAnswers.Enqueued(id, started.Value, call.BaseUrl) : GraphProblems.Of(started.Problem);
    }

    private async Task<ApiAnswer> StatusAsync(ApiCall call)
    {
        var read = await executions.StatusAsync(call.Caller, IdOf(call), call.Aborted);
        return read.Ok ? GraphAnswers.Status(read.Value) : GraphProblems.Of(read.Problem);
    }

    private async Task<ApiAnswer> LogsAsync(ApiCall call)
    {
        var query = call.Http.Request.Query;
        if (!TryNumber(query["limit"], ReadExecution.MaxLines, out var limit)) return Wrong("limit", "The limit has to be a whole number from 1.");
        var after = 0L;
        if (query["after"].ToString() is { Length: > 0 } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after)) return Wrong("after", "The place has to be a whole number.");
        var id = IdOf(call);
        var read = await executions.LogAsync(call.Caller, id, after, Math.Min(limit, ReadExecution.MaxLines), call.Aborted);
        return read.Ok ? GraphAnswers.Log(id, read.Value) : GraphProblems.Of(read.Problem);
    }

    private async Task<ApiAnswer> EventsAsync(ApiCall call)
    {
        // a browser that was cut off says where it was in a header; the first time the address may say it
        var text = call.Http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : call.Http.Request.Query["after"].ToString();
        var after = 0L;
        if (text.Length > 0 && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after)) return Wrong("after", "The place has to be a whole number.");
        var opened = await streams.OpenAsync(GraphDialect.Instance, call, IdOf(call), after, GraphAnswers.Line);
        return opened.Ok ? opened.Value : GraphProblems.Of(opened.Problem);
    }

    // an id that cannot be read is as unknown as any other
    internal static Guid IdOf(ApiCall call) => ShownId.TryRead(call.Route("id"), out var id) ? id : Guid.Empty;

    private static ApiAnswer Created(CreatedWorkflow created, string baseUrl)
    {
        var id = ShownId.Workflow(created.Id);
        var errors = created.Errors.Count == 0 ? null : GraphProblems.Places(created.Errors);
        var message = new CreatedMessage(
            "created", id, created.Version, GraphTranslator.Time(created.CreatedAt), GraphTranslator.WebhookUrl(baseUrl, created.Id), errors is null ? "passed" : "failed", errors);
        return new ApiAnswer(StatusCodes.Status201Created, GraphJson.Bytes(message, GraphJson.Default.CreatedMessage)) { Location = $"/api/v1/workflows/{id}" };
    }

    private static ApiAnswer Page(WorkflowPage<DefinedWorkflow> found, int page, int limit, string baseUrl)
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

    private static bool TryNumber(string? text, int preset, out int number)
    {
        number = preset;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1);
    }

    private static ApiAnswer Wrong(string path, string message) => GraphProblems.Of(ApiProblem.Invalid(message, [WorkflowProblem.Error("wrong_field", path, null, message)]));
}
