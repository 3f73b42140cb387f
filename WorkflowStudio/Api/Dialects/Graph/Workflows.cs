using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>Workflows: made, listed, removed, started with a key, and by webhooks without one.</summary>
internal sealed class GraphWorkflows(CreateWorkflow create, ListWorkflows list, DeleteWorkflow delete, StartRun start) : IDialectEndpoints
{
    private const int DefaultLimit = 20;

    public IDialect Dialect => GraphDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("/workflows", CreateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, body)));
        routes.Get("/workflows", ListWorkflows.Needs, ListAsync);
        routes.Delete("/workflows/{id}", DeleteWorkflow.Needs, DeleteAsync);
        routes.Post("/workflows/{id}/trigger", StartRun.Needs,
            call => call.WithObjectAsync(payload => TriggerAsync(call, payload), mayBeEmpty: true));
        routes.Webhook("/webhooks/{id}", GraphAnswers.Webhook);
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement body) =>
        GraphTranslator.TryRead(body, out var workflow, out var problems)
            ? await call.DoAsync<CreatedWorkflow>(keep => create.RunAsync(call.Caller, workflow, keep, call.Aborted),
                created => GraphAnswers.Created(created, call.BaseUrl), GraphProblems.OfGraph)
            : GraphProblems.Of(ApiProblem.Invalid("The workflow cannot be stored as it is.", problems));

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (page, limit) = (query.Count("page", 1), Math.Min(query.Count("limit", DefaultLimit), ListWorkflows.MaxTake));
        var status = GraphTranslator.StatusOf(query.Text("status"));
        if (query.Text("status") is not null && status is null) query.Wrong("status", "The status has to be active, paused or draft.");
        if (query.Refusal is { } refusal) return GraphProblems.Of(refusal);
        var filter = new WorkflowFilter(query.Text("search"), status, null, (int)Math.Min((page - 1L) * limit, int.MaxValue), limit);
        return await call.ReadAsync(
            list.WithDefinitionsAsync(call.Caller, filter, call.Aborted), found => GraphAnswers.Page(found, page, limit, call.BaseUrl));
    }

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var done = await delete.RunAsync(call.Caller, call.Id(), call.Aborted);
        return done.Problem is { } problem ? GraphProblems.Of(problem) : ApiAnswer.Nothing;
    }

    private Task<ApiAnswer> TriggerAsync(ApiCall call, JsonElement payload)
    {
        var id = call.Id();
        return call.DoAsync<StartedRun>(async keep => await start.RunAsync(call.Caller, id, payload, "api", keep, call.Aborted),
            run => GraphAnswers.Enqueued(id, run, call.BaseUrl));
    }
}
