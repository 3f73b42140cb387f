using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Lists the runs of an environment.</summary>
public sealed class ListRuns(RunListQueries queries, StepCounts steps, AskingRuns asking, WorkflowAccess access)
{
    /// <summary>The length of a page.</summary>
    public const int PageLength = 50;

    private const int MaxText = 200;

    /// <summary>One page, newest first.</summary>
    public async Task<Result<RunListPage>> PageAsync(
        Caller caller, RunFilter filter, Guid? before, int count, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refusal) return refusal;
        var seen = await access.SeenAsync(caller, filter.Tests, cancellationToken);
        if (filter.Text?.Length > MaxText) filter = filter with { Text = filter.Text[..MaxText] };
        if (ShownId.TryRead(filter.Text, out var id))
        {
            var named = await queries.FindAsync(
                seen, (filter with { Text = null }).ToRows(caller.Tenant.Environment), [id], cancellationToken);
            return new RunListPage(await Lines(seen.Tenant, named, cancellationToken), null, SearchedAll: true);
        }

        var page = await queries.PageAsync(seen, filter.ToRows(caller.Tenant.Environment), before, count, cancellationToken);
        return new RunListPage(await Lines(seen.Tenant, page.Rows, cancellationToken), page.Next, page.SearchedAll);
    }

    /// <summary>The runs among <paramref name="ids"/> that the filter shows: a live list asks for what has changed.</summary>
    public async Task<Result<List<RunLine>>> FindAsync(
        Caller caller, RunFilter filter, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refusal) return refusal;
        var seen = await access.SeenAsync(caller, filter.Tests, cancellationToken);
        var found = await queries.FindAsync(seen, filter.ToRows(caller.Tenant.Environment), ids, cancellationToken);
        return await Lines(seen.Tenant, found, cancellationToken);
    }

    private async Task<List<RunLine>> Lines(Tenant tenant, IReadOnlyList<RunListRow> rows, CancellationToken cancellationToken)
    {
        var counts = await steps.OfAsync(rows.Select(r => r.VersionSerial), cancellationToken);
        var waiting = rows.Where(r => r.Status == RunStatus.Waiting).Select(r => r.Id);
        var asks = await asking.AmongAsync(tenant, [.. waiting], cancellationToken);
        return [.. rows.Select(r => RunLine.From(r, counts[r.VersionSerial], asks.Contains(r.Id)))];
    }
}
