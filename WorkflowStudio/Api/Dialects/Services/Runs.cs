using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>Runs, newest first: of every workflow, or of one.</summary>
internal sealed class ServicesRuns(ListDialectRuns list, RunLogs logs) : IDialectEndpoints
{
    private const int DefaultLimit = 50;

    public IDialect Dialect => ServicesDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/runs", ListDialectRuns.Needs, call => ListAsync(call, new NumberedRunFilter()));
        routes.Get("/runs/{id}/logs", ReadRun.Needs, call => logs.AnswerAsync(call, ServicesForm.Instance, call.Id()));
        routes.Get(
            "/workflows/{id}/runs", ListDialectRuns.Needs, call => ListAsync(call, new NumberedRunFilter { WorkflowId = call.Id() }));
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call, NumberedRunFilter filter)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, offset) = (Math.Min(query.Count("limit", DefaultLimit), ListDialectRuns.MaxTake), query.Skip("offset"));
        return query.Refusal is { } refusal
            ? ServicesProblems.Of(refusal)
            : await call.ReadAsync(list.RunAsync(call.Caller, filter, offset, limit, call.Aborted),
                found => ServicesAnswers.Runs(found, limit, offset));
    }
}
