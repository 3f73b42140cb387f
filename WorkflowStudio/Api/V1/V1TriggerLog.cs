using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Events;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// What triggers did in the last seven days: which workflows an event started and why others did not, what a webhook's constraints refused,
/// what schedules started. In the words of sequences or, with its header, of graph.
/// </summary>
internal sealed class V1TriggerLog(ReadTriggerLog log) : IDialectEndpoints
{
    private const int DefaultLimit = 20;

    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes) => routes.Get("/trigger-log", ReadTriggerLog.Needs, ListAsync);

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        DialectForm form = call.Dialect is GraphDialect ? GraphForm.Instance : SequencesForm.Instance;
        var query = new QueryReader(call.Http.Request.Query);
        var limit = Math.Min(query.Count("limit", DefaultLimit), ReadTriggerLog.MostLines);
        var before = query.Place("before", query.Text("before"));
        var outcome = query.Text("outcome");
        if (outcome is not (null or "started" or "refused")) query.Wrong("outcome", "The outcome has to be started or refused.");
        if (query.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var workflow = query.Text(form.Name("workflow_id"));
        // what is no id is the id of nothing
        var filter = new TriggerLogFilter(
            workflow is null ? null : ShownId.TryRead(workflow, out var id) ? id : Guid.Empty, query.Text("event"),
            query.Text(form.Name("event_id")),
            outcome switch { null => null, "started" => TriggerOutcome.Started, _ => TriggerOutcome.Refused });
        return await call.ReadAsync(log.AllAsync(call.Caller, filter, before == 0 ? null : before, limit, call.Aborted),
            found => form.List(call, "lines", found.Lines, form.Trigger, new ListEnd(limit, "before", found.Next)));
    }
}
