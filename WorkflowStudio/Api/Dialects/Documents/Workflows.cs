using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>Workflows: made, listed, read, changed, removed.</summary>
internal sealed class DocumentsWorkflows(
    CreateWorkflow create, ListWorkflows list, ReadWorkflow read, UpdateWorkflow update, DeleteWorkflow delete) : IDialectEndpoints
{
    /// <summary>How many are listed at once: the reference text knows no pages.</summary>
    public const int MaxLimit = ListWorkflows.MostAtOnce;

    public IDialect Dialect => DocumentsDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("", CreateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, body)));
        routes.Get("", ListWorkflows.Needs, ListAsync);
        routes.Get("/{id}", ReadWorkflow.Needs, call => call.ReadAsync(
            read.RunAsync(call.Caller, call.Id(), VersionChoice.Active, call.Aborted), found => DocumentsAnswers.One(found, call.BaseUrl)));
        routes.Put("/{id}", UpdateWorkflow.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body)));
        routes.Delete("/{id}", DeleteWorkflow.Needs, DeleteAsync);
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement body) =>
        WorkflowBody.Read(body, isWhole: true, out var problem) is { } wanted
            ? await call.DoAsync<CreatedWorkflow>(
                keep => create.RunAsync(call.Caller, DocumentsTranslator.New(wanted), keep, call.Aborted),
                created => DocumentsAnswers.Created(created, call.BaseUrl))
            : DocumentsProblems.Of(problem!);

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, offset) = (Math.Min(query.Count("limit", MaxLimit), MaxLimit), query.Skip("offset"));
        return query.Refusal is { } refusal
            ? DocumentsProblems.Of(refusal)
            : await call.ReadAsync(
                list.WithDefinitionsAsync(call.Caller, new WorkflowFilter(Skip: offset, Take: limit) { Fits = WorkflowShape.Chain },
                    VersionChoice.Active, call.Aborted),
                found => DocumentsAnswers.List(found, offset, call.BaseUrl));
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement body) =>
        WorkflowBody.Read(body, isWhole: false, out var problem) is { } wanted
            ? await call.ReadAsync(
                update.RunAsync(call.Caller, call.Id(), present => DocumentsTranslator.Change(wanted, present), call.Tags,
                    VersionChoice.Active, call.Aborted),
                changed => DocumentsAnswers.One(changed, call.BaseUrl))
            : DocumentsProblems.Of(problem!);

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var done = await delete.RunAsync(call.Caller, call.Id(), null, call.Tags, call.Aborted);
        return done.Problem is { } refused ? DocumentsProblems.Of(refused) : ApiAnswer.Nothing;
    }
}
