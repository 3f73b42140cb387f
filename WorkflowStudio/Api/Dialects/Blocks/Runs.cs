using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The runs of a workflow.</summary>
internal sealed class BlocksRuns(ListDialectRuns runs, RunLogs logs) : IDialectEndpoints
{
    private static readonly Dictionary<string, string[]> Causes = new(StringComparer.Ordinal)
    {
        [BlocksAnswers.Automatic] = ["webhook", "event", "workflow", "error"],
        [BlocksAnswers.Manual] = ["manual", "api", "retry"],
        [BlocksAnswers.Scheduled] = ["schedule"],
    };

    private static readonly ILookup<string, RunStatus> Statuses = Enum.GetValues<RunStatus>().ToLookup(BlocksAnswers.Word);

    public IDialect Dialect => BlocksDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/{id}/runs", ListDialectRuns.Needs, ListAsync);
        routes.Get("/{id}/runs/{run}", ListDialectRuns.Needs, call => call.ReadAsync(
            runs.FindAsync(call.Caller, call.Id("run"), call.Id(), cancellationToken: call.Aborted),
            found => BlocksAnswers.Run(found.Run)));
        routes.Get("/{id}/runs/{run}/logs", ReadRun.Needs,
            call => logs.AnswerAsync(call, BlocksForm.Instance, call.Id("run"), call.Id()));
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (page, limit) = (
            query.Count("page", 1), Math.Min(query.Count("limit", BlocksWorkflows.DefaultLimit), BlocksWorkflows.MaxLimit));
        var statuses = Chosen(query, "status", word => Statuses[word], [.. Statuses.Select(s => s.Key)]);
        var causes = Chosen(query, "trigger_cause", word => Causes.GetValueOrDefault(word, []), [.. Causes.Keys]);
        if (query.Refusal is { } refusal) return BlocksProblems.Of(refusal);
        var filter = new NumberedRunFilter { WorkflowId = call.Id(), Statuses = statuses, Causes = causes, Text = query.Text("search") };
        return await call.ReadAsync(
            runs.RunAsync(call.Caller, filter, (int)Math.Min((page - 1L) * limit, int.MaxValue), limit, call.Aborted),
            found => BlocksAnswers.Runs(found.Items.Select(r => r.Run), found.Total, page, limit));
    }

    // words, separated by commas; each may stand for several
    private static List<T> Chosen<T>(QueryReader query, string name, Func<string, IEnumerable<T>> meaning, IReadOnlyList<string> known)
    {
        var words = (query.Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Any(w => !known.Contains(w)))
            query.Wrong(name, $"The {name} has to be of {string.Join(", ", known)}, separated by commas.");
        return [.. words.SelectMany(meaning).Distinct()];
    }
}
