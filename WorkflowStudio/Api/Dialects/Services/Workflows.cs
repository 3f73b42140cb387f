using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>Workflows: made, listed, read, changed, switched on and off, removed, started.</summary>
internal sealed class ServicesWorkflows(
    CreateWorkflow create, ListWorkflows list, ReadWorkflow read, UpdateWorkflow update, DeleteWorkflow delete, StartRun start,
    ReadSchedules schedules, ReadSharing sharing) : IDialectEndpoints
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
                keep => create.RunAsync(call.Caller, ServicesTranslator.New(wanted), keep, call.Aborted),
                created => ServicesAnswers.Created(created, wanted.Sharing))
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
        return ServicesAnswers.Page(await WholeAsync(call, found.Value.Items), limit, offset, found.Value.Total);
    }

    private async Task<ApiAnswer> ReadAsync(ApiCall call)
    {
        var found = await read.RunAsync(call.Caller, call.Id(), VersionChoice.Active, call.Aborted);
        return found.Ok
            ? ServicesAnswers.One((await WholeAsync(call, [found.Value]))[0])
            : ServicesProblems.Of(found.Problem);
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement body, bool isWhole)
    {
        if (WorkflowBody.Read(body, isWhole, out var problem) is not { } wanted) return ServicesProblems.Of(problem!);
        var changed = await update.RunAsync(
            call.Caller, call.Id(), present => ServicesTranslator.Change(wanted, present, isWhole), call.Tags, VersionChoice.Active,
            call.Aborted);
        return changed.Ok
            ? ServicesAnswers.One((await WholeAsync(call, [changed.Value]))[0])
            : ServicesProblems.Of(changed.Problem);
    }

    // with the next time of each and with whom it is shared: a query each, however many there are
    private async Task<IReadOnlyList<DefinedWorkflow>> WholeAsync(ApiCall call, IReadOnlyList<DefinedWorkflow> workflows)
    {
        var timed = await schedules.WithNextAsync(workflows, call.Aborted);
        var grants = await sharing.OfShownAsync(call.Caller, [.. workflows.Select(w => w.Workflow.Id)], call.Aborted);
        return !grants.Ok
            ? timed
            : [.. timed.Select(w => w with { Grants = grants.Value.GetValueOrDefault(w.Workflow.Id) ?? [] })];
    }

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var done = await delete.RunAsync(call.Caller, call.Id(), null, call.Tags, call.Aborted);
        return done.Problem is { } problem ? ServicesProblems.Of(problem) : ApiAnswer.Nothing;
    }

    // a draft of the studio starts nothing, which is all that a pause asks for
    private async Task<ApiAnswer> SwitchAsync(ApiCall call, WorkflowStatus status)
    {
        var id = call.Id();
        var grants = (await sharing.OfShownAsync(call.Caller, [id], call.Aborted)).Value?.GetValueOrDefault(id) ?? [];
        return await call.DoAsync<DefinedWorkflow>(
            keep => update.RunAsync(
                call.Caller, id, present => new WorkflowUpdate
                {
                    Status = present.Workflow.Status == WorkflowStatus.Draft && status == WorkflowStatus.Paused ? null : status,
                    Answer = keep,
                },
                call.Tags, VersionChoice.Active, call.Aborted),
            changed => ServicesAnswers.One(changed with { Grants = grants }));
    }

    private Task<ApiAnswer> RunAsync(ApiCall call, JsonElement payload)
    {
        var id = call.Id();
        return call.DoAsync<StartedRun>(
            async keep => await start.GuardedAsync(call.Caller, id, payload, "api", Pause, keep, call.Aborted),
            run => ServicesAnswers.Queued(id, run));
    }
}
