using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Operations.Home;

/// <summary>Collects what the first page shows.</summary>
public sealed class ReadHome(
    RunDays days, RunFigureQueries figures, RunListQueries lists, StepCounts steps, ApprovalStore approvals, AskingRuns asking,
    OutboxQueries outbox, IVersionStore versions, WorkflowAccess access, TimeProvider clock)
{
    private const int RecentRuns = 8;
    private const int NextRuns = 5;
    private const int MostUnknown = 20;
    private const int FailuresRead = 200;
    private static readonly TimeSpan FailuresOf = TimeSpan.FromHours(24);

    /// <summary>
    /// The facts between the first and the last of <paramref name="edges"/> (at least two, ascending); every two neighbours make a bar.
    /// </summary>
    public async Task<Result<HomeFacts>> ReadAsync(Caller caller, IReadOnlyList<DateTimeOffset> edges, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewRuns) is { } refusal) return refusal;
        var seen = await access.SeenAsync(caller, cancellationToken);
        var counts = await days.CountAsync(seen, [edges[0] - (edges[^1] - edges[0]), .. edges], cancellationToken);
        var lengths = await figures.LengthsAsync(seen, edges[0], cancellationToken);
        var failed = await lists.PageAsync(
            seen, new RunRowFilter([RunStatus.Failed], Since: clock.GetUtcNow() - FailuresOf, KeptWorkflows: true), null, FailuresRead,
            cancellationToken);
        var waiting = await lists.NextAsync(seen, NextRuns, cancellationToken);
        var recent = await lists.PageAsync(seen, new RunRowFilter(), null, RecentRuns, cancellationToken);
        var open = waiting.Concat(recent.Rows).Where(r => r.Status == RunStatus.Waiting).Select(r => r.Id).Distinct();
        var asks = await asking.AmongAsync(seen.Tenant, [.. open], cancellationToken);
        var stepCounts = await steps.OfAsync(
            failed.Rows.Concat(waiting).Concat(recent.Rows).Select(r => r.VersionSerial), cancellationToken);
        var failures = new List<FailureGroup>();
        foreach (var group in failed.Rows.GroupBy(r => r.WorkflowId))
        {
            var last = group.First();
            var version = await versions.FindVersionAsync(last.VersionSerial, cancellationToken);
            failures.Add(new FailureGroup(
                group.Key, last.WorkflowName, group.Count(), failed.Next is not null, group.Last().CreatedAt, Line(last), last.ErrorCode,
                version?.Definition.Nodes.ToDictionary(n => n.Id, n => n.Name.Length > 0 ? n.Name : n.Id), last.CurrentNode));
        }

        return new HomeFacts(
            [.. counts.Skip(1).Select(Bar)],
            Bar(counts[0]),
            At(lengths, 0.5),
            At(lengths, 0.95),
            failures,
            [.. waiting.Where(r => r.WaitsUntil is not null).Select(Line)],
            [.. recent.Rows.Select(Line)])
        {
            Approvals =
                caller.Refuse(Permission.DecideApprovals) is null ? await approvals.ListAsync(seen, open: true, cancellationToken) : [],
            Unknown = caller.Refuse(Permission.ViewData) is null && caller.Refuse(Permission.ResendOutbox) is null
                ? await outbox.UnknownAsync(seen, MostUnknown, cancellationToken)
                : [],
        };

        RunLine Line(RunListRow row) => RunLine.From(row, stepCounts[row.VersionSerial], asks.Contains(row.Id));
    }

    private static RunBar Bar(RunCounts counts) => new(counts.Done, counts.Failed, counts.Canceled + counts.Open);

    // the nearest-rank percentile of an ascending list
    private static TimeSpan? At(IReadOnlyList<TimeSpan> ascending, double share) =>
        ascending.Count == 0 ? null : ascending[Math.Max(0, (int)Math.Ceiling(share * ascending.Count) - 1)];
}
