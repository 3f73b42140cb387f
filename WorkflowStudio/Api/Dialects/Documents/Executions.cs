using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>Runs: started by hand, and listed with what their steps came to.</summary>
internal sealed class DocumentsExecutions(StartRun start, ListDialectRuns list, ReadStepLogs steps, RunLogs logs) : IDialectEndpoints
{
    private const int DefaultLimit = 20;

    // every item reads a journal
    private const int MaxLimit = ListDialectRuns.MaxTake;

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public IDialect Dialect => DocumentsDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("/{id}/execute", StartRun.Needs,
            call => call.WithObjectAsync(body => ExecuteAsync(call, new BodyReader(body)), mayBeEmpty: true));
        routes.Get("/{id}/executions", ListDialectRuns.Needs, ListAsync);
        routes.Get("/{id}/executions/{run}/logs", ReadRun.Needs,
            call => logs.AnswerAsync(call, DocumentsForm.Instance, call.Id("run"), call.Id()));
    }

    private async Task<ApiAnswer> ExecuteAsync(ApiCall call, BodyReader body)
    {
        var (id, data) = (call.Id(), body.Object("trigger_data"));
        return body.Refusal is { } refusal
            ? DocumentsProblems.Of(refusal)
            : await call.DoAsync<StartedRun>(
                async keep => await start.RunAsync(call.Caller, id, data ?? Nothing, "api", keep, call.Aborted),
                run => DocumentsAnswers.Executed(id, run));
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, offset) = (Math.Min(query.Count("limit", DefaultLimit), MaxLimit), query.Skip("offset"));
        var only = query.Text("execution_id");
        if (query.Refusal is { } refusal) return DocumentsProblems.Of(refusal);
        var filter = new NumberedRunFilter
        {
            WorkflowId = call.Id(),
            // what is no id is the id of nothing
            RunId = only is null ? null : ShownId.TryRead(only, out var run) ? run : Guid.Empty,
        };
        var found = await list.RunAsync(call.Caller, filter, offset, limit, call.Aborted);
        if (!found.Ok) return DocumentsProblems.Of(found.Problem);
        var done = await steps.OfAsync([.. found.Value.Items.Select(r => r.Run.Id)], call.Aborted);
        var versions = await steps.DefinitionsAsync(found.Value.Items, call.Aborted);
        return DocumentsAnswers.Executions(found.Value, offset, done, versions.ToDictionary(v => v.Key, v => StepIds.Of(v.Value)));
    }
}
