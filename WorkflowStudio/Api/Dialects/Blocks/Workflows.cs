using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>Workflows: made as drafts, read in their newest version, changed by new versions, turned on and off, started.</summary>
internal sealed class BlocksWorkflows(
    CreateWorkflow create, ListWorkflows list, ReadWorkflow read, UpdateWorkflow update, DeleteWorkflow delete, ActivateWorkflow activate,
    StartRun start, NodeCatalog types) : IDialectEndpoints
{
    /// <summary>The longest page.</summary>
    public const int MaxLimit = 50;

    /// <summary>The length of a page where none is given.</summary>
    public const int DefaultLimit = 20;

    private const string CannotBeStored = "The workflow cannot be stored as it is.";

    public IDialect Dialect => BlocksDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("", CreateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, body), levels: BlocksNodes.MaxDepth));
        routes.Get("", ListWorkflows.Needs, ListAsync);
        routes.Get("/{id}", ReadWorkflow.Needs,
            call => call.ReadAsync(read.RunAsync(call.Caller, call.Id(), VersionChoice.Newest, call.Aborted), w => Version(call, w)));
        routes.Patch("/{id}", UpdateWorkflow.Needs,
            call => call.WithObjectAsync(body => PatchAsync(call, body), levels: BlocksNodes.MaxDepth));
        routes.Delete("/{id}", DeleteWorkflow.Needs, DeleteAsync);
        routes.Post("/{id}/activate", ActivateWorkflow.Needs, call => call.DoAsync<DefinedWorkflow>(
            keep => activate.RunAsync(call.Caller, call.Id(), keep, call.Aborted), w => Version(call, w)));
        routes.Post("/{id}/deactivate", UpdateWorkflow.Needs, DeactivateAsync);
        routes.Post("/{id}/trigger", StartRun.Needs,
            call => call.WithObjectAsync(payload => TriggerAsync(call, payload), mayBeEmpty: true));
    }

    private ApiAnswer Version(ApiCall call, DefinedWorkflow workflow) => BlocksAnswers.Version(workflow, types, call.BaseUrl);

    private async Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement body)
    {
        var fields = new BodyReader(body);
        var (name, description) = (fields.NeededText("name"), fields.Text("description") ?? "");
        foreach (var field in new[] { "trigger_type", "workflow_blocks" }.Where(f => !fields.Has(f))) fields.Missing(field);
        var definition = BlocksTranslator.Apply(WorkflowDefinition.Empty, BlocksTranslator.Given(body), types, out var problems);
        if (fields.Problems.Count + problems.Count > 0)
            return BlocksProblems.Of(ApiProblem.Invalid(CannotBeStored, [.. fields.Problems, .. problems]));
        var workflow = new NewWorkflow(name, description, WorkflowStatus.Draft, definition, EditorState.None, Dialect.Name)
        { IsNumbered = true };
        return await call.DoAsync<CreatedWorkflow>(
            keep => create.RunAsync(call.Caller, workflow, keep, call.Aborted),
            made => BlocksAnswers.Version(made.Defined, types, call.BaseUrl, StatusCodes.Status201Created) with
            { Location = $"/workflows/{made.Id}" });
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (page, limit) = (query.Count("page", 1), Math.Min(query.Count("limit", DefaultLimit), MaxLimit));
        if (query.Refusal is { } refusal) return BlocksProblems.Of(refusal);
        var filter = new WorkflowFilter(query.Text("search"), null, null, (int)Math.Min((page - 1L) * limit, int.MaxValue), limit);
        return await call.ReadAsync(
            list.WithDefinitionsAsync(call.Caller, filter, VersionChoice.Newest, call.Aborted),
            found => BlocksAnswers.Page(found, page, limit, types, call.BaseUrl));
    }

    // a new version that does not run; what is left out stays
    private async Task<ApiAnswer> PatchAsync(ApiCall call, JsonElement body)
    {
        var fields = new BodyReader(body);
        var (name, description) = (fields.Text("name"), fields.Text("description"));
        if (name is null && body.TryGetProperty("name", out _) && fields.Problems.Count == 0)
            fields.Wrong("name", "The name has to be text.");
        if (fields.Refusal is { } refusal) return BlocksProblems.Of(refusal);
        if (body.TryGetProperty("description", out _)) description ??= "";
        var changed = await update.RunAsync(
            call.Caller, call.Id(), present => Change(present, body, name, description), call.Tags, VersionChoice.Newest, call.Aborted);
        return changed.Ok ? Version(call, changed.Value) : BlocksProblems.Of(changed.Problem);
    }

    private Result<WorkflowUpdate> Change(DefinedWorkflow present, JsonElement body, string? name, string? description)
    {
        var definition = BlocksTranslator.Apply(present.Definition, body, types, out var problems);
        if (problems.Count > 0) return new OperationProblem.Invalid(CannotBeStored, problems);
        return new WorkflowUpdate
        { Name = name, Description = description, Definition = definition, Activates = false, IsAlwaysNumbered = true };
    }

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var done = await delete.RunAsync(call.Caller, call.Id(), null, call.Tags, call.Aborted);
        return done.Problem is { } problem ? BlocksProblems.Of(problem) : ApiAnswer.Nothing;
    }

    // what never ran is off already
    private Task<ApiAnswer> DeactivateAsync(ApiCall call) => call.DoAsync<DefinedWorkflow>(
        keep => update.RunAsync(
            call.Caller, call.Id(),
            present => new WorkflowUpdate
            {
                Status = present.Workflow.Status == WorkflowStatus.Active ? WorkflowStatus.Paused : null,
                Activates = false,
                IsSnapshot = false,
                Answer = keep,
            },
            call.Tags, VersionChoice.Newest, call.Aborted),
        w => Version(call, w));

    private Task<ApiAnswer> TriggerAsync(ApiCall call, JsonElement payload)
    {
        var id = call.Id();
        return call.DoAsync<StartedRun>(
            async keep => await start.RunAsync(call.Caller, id, payload, "api", keep, call.Aborted), run => BlocksAnswers.Started(id, run));
    }
}
