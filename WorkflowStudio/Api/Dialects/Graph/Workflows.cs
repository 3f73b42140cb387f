using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>
/// Workflows: started with a key, and by webhooks without one. Where they are made, listed, read, changed and removed is shared with
/// sequences (<c>Api.V1</c>), which asks here for what is said in this dialect.
/// </summary>
internal sealed class GraphWorkflows(
    CreateWorkflow create, ListWorkflows list, ReadWorkflow read, UpdateWorkflow update, DeleteWorkflow delete, StartRun start)
    : IDialectEndpoints
{
    private const int DefaultLimit = 20;

    public IDialect Dialect => GraphDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("/workflows/{id}/trigger", StartRun.Needs,
            call => call.WithObjectAsync(payload => TriggerAsync(call, payload), mayBeEmpty: true));
        routes.Webhook("/webhooks/{id}", GraphAnswers.Webhook);
    }

    public async Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement body) =>
        GraphTranslator.TryRead(body, out var workflow, out var problems)
            ? await call.DoAsync<CreatedWorkflow>(keep => create.RunAsync(call.Caller, workflow, keep, call.Aborted),
                created => GraphAnswers.Created(created, call.BaseUrl), GraphProblems.OfGraph)
            : GraphProblems.Of(ApiProblem.Invalid("The workflow cannot be stored as it is.", problems));

    public async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (page, limit) = (query.Count("page", 1), Math.Min(query.Count("limit", DefaultLimit), ListWorkflows.MaxTake));
        var status = GraphTranslator.StatusOf(query.Text("status"));
        if (query.Text("status") is not null && status is null) query.Wrong("status", "The status has to be active, paused or draft.");
        if (query.Refusal is { } refusal) return GraphProblems.Of(refusal);
        var filter = new WorkflowFilter(query.Text("search"), status, null, (int)Math.Min((page - 1L) * limit, int.MaxValue), limit);
        return await call.ReadAsync(list.WithDefinitionsAsync(call.Caller, filter, VersionChoice.Active, call.Aborted),
            found => GraphAnswers.Page(found, page, limit, call.BaseUrl));
    }

    public Task<ApiAnswer> ReadAsync(ApiCall call) =>
        call.ReadAsync(read.RunAsync(call.Caller, call.Id(), VersionChoice.Active, call.Aborted),
            found => GraphAnswers.One(found, call.BaseUrl));

    /// <summary>Puts a whole workflow in the place of what it was.</summary>
    public Task<ApiAnswer> ReplaceAsync(ApiCall call, JsonElement body) => ChangeAsync(call, _ => body);

    /// <summary>Changes the fields that are given; each of them wholly.</summary>
    public Task<ApiAnswer> PatchAsync(ApiCall call, JsonElement body) =>
        ChangeAsync(call, present => GraphTranslator.Merged(present, body));

    public async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var done = await delete.RunAsync(call.Caller, call.Id(), null, call.Tags, call.Aborted);
        return done.Problem is { } problem ? call.Dialect.Refuse(problem) : ApiAnswer.Nothing;
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, Func<DefinedWorkflow, JsonElement> body)
    {
        var changed = await update.RunAsync(
            call.Caller, call.Id(), present => Change(present, body(present)), call.Tags, VersionChoice.Active, call.Aborted);
        // who did not say that it speaks this dialect is refused in its own words
        return changed.Ok ? GraphAnswers.Updated(changed.Value, call.BaseUrl)
            : call.Dialect == Dialect ? GraphProblems.OfGraph(changed.Problem)
            : call.Dialect.Refuse(changed.Problem);
    }

    private static Result<WorkflowUpdate> Change(DefinedWorkflow present, JsonElement body)
    {
        if (!GraphTranslator.TryRead(body, out var wanted, out var problems))
            return new OperationProblem.Invalid("The workflow cannot be stored as it is.", problems);
        return new WorkflowUpdate
        {
            Name = wanted.Name,
            Description = wanted.Description,
            // a workflow that is on or off stays so where nothing is said of it
            Status = body.TryGetProperty("status", out _) ? wanted.Status : present.Workflow.Status,
            Definition = KeptFields.CarriedOver(present.Definition, wanted.Definition),
        };
    }

    private Task<ApiAnswer> TriggerAsync(ApiCall call, JsonElement payload)
    {
        var id = call.Id();
        return call.DoAsync<StartedRun>(async keep => await start.RunAsync(call.Caller, id, payload, "api", keep, call.Aborted),
            run => GraphAnswers.Enqueued(id, run, call.BaseUrl));
    }
}
