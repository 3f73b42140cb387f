using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>Workflows: made, listed, read, changed, switched on and off, removed, started.</summary>
internal sealed class ServicesWorkflows(
    CreateWorkflow create, ListWorkflows list, ReadWorkflow read, UpdateWorkflow update, DeleteWorkflow delete, StartRun start,
    ReadSchedules schedules) : IDialectEndpoints
{
    private const int DefaultLimit = 50;

    // "Returns 409 if a run started in the last 30 seconds"
    private static readonly StartGuard Pause = new() { Pause = TimeSpan.FromSeconds(30) };

    public IDialect Dialect => ServicesDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("/workflows", CreateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, body)));
        routes.Get("/workflows", ListWorkflows.Needs, ListAsync);
        routes.Get("/workflows/{id}", ReadWorkflow.Needs, ReadAsync);
        routes.Put("/workflows/{id}", UpdateWorkflow.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body, isWhole: true)));
        routes.Patch(
            "/workflows/{id}", UpdateWorkflow.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body, isWhole: false)));
        routes.Delete("/workflows/{id}", DeleteWorkflow.Needs, DeleteAsync);
        routes.Post("/workflows/{id}/pause", UpdateWorkflow.Needs, call => SwitchAsync(call, WorkflowStatus.Paused));
        routes.Post("/workflows/{id}/resume", UpdateWorkflow.Needs, call => SwitchAsync(call, WorkflowStatus.Active));
        routes.Post("/workflows/{id}/run", StartRun.Needs,
            call => call.WithObjectAsync(payload => RunAsync(call, payload), mayBeEmpty: true));
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement body) =>
        WorkflowBody.Read(body, isWhole: true, out var problem) is { } wanted
            ? await call.DoAsync<CreatedWorkflow>(
                keep => create.RunAsync(call.Caller, ServicesTranslator.New(wanted), keep, call.Aborted), ServicesAnswers.Created)
            : ServicesProblems.Of(problem!);

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, offset) = (Math.Min(query.Count("limit", DefaultLimit), ListWorkflows.MaxTake), query.Skip("offset"));
        if (query.Refusal is { } refusal) return ServicesProblems.Of(refusal);
        var filter = new WorkflowFilter(Skip: offset, Take: limit)
        { Fits = WorkflowShape.Chain, TriggerTypes = ServicesTranslator.Triggers };
        var found = await list.WithDefinitionsAsync(call.Caller, filter, VersionChoice.Active, call.Aborted);
        if (!found.Ok) return ServicesProblems.Of(found.Problem);
        var items = await schedules.WithNextAsync(found.Value.Items, call.Aborted);
        return ServicesAnswers.Page(items, limit, offset, found.Value.Total);
    }

    private async Task<ApiAnswer> ReadAsync(ApiCall call)
    {
        var found = await read.RunAsync(call.Caller, call.Id(), VersionChoice.Active, call.Aborted);
        return found.Ok
            ? ServicesAnswers.One((await schedules.WithNextAsync([found.Value], call.Aborted))[0])
            : ServicesProblems.Of(found.Problem);
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement body, bool isWhole)
    {
        if (WorkflowBody.Read(body, isWhole, out var problem) is not { } wanted) return ServicesProblems.Of(problem!);
        var changed = await update.RunAsync(
            call.Caller, call.Id(), present => ServicesTranslator.Change(wanted, present, isWhole), call.Tags, VersionChoice.Active,
            call.Aborted);
        return changed.Ok ? ServicesAnswers.One(changed.Value) : ServicesProblems.Of(changed.Problem);
    }

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var done = await delete.RunAsync(call.Caller, call.Id(), call.Aborted);
        return done.Problem is { } problem ? ServicesProblems.Of(problem) : ApiAnswer.Nothing;
    }

    // a draft of the studio starts nothing, which is all that a pause asks for
    private Task<ApiAnswer> SwitchAsync(ApiCall call, WorkflowStatus status) =>
        call.DoAsync<DefinedWorkflow>(
            keep => update.RunAsync(
                call.Caller, call.Id(), present => new WorkflowUpdate
                {
                    Status = present.Workflow.Status == WorkflowStatus.Draft && status == WorkflowStatus.Paused ? null : status,
                    Answer = keep,
                },
                call.Tags, VersionChoice.Active, call.Aborted),
            ServicesAnswers.One);

    private Task<ApiAnswer> RunAsync(ApiCall call, JsonElement payload)
    {
        var id = call.Id();
        return call.DoAsync<StartedRun>(
            async keep => await start.GuardedAsync(call.Caller, id, payload, "api", Pause, keep, call.Aborted),
            run => ServicesAnswers.Queued(id, run));
    }
}
