using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>
/// Counts of runs over any stretch of time: of days that are long over from the rows that <see cref="RunDayCounting"/> keeps, of all else
/// from the runs. So a page that looks at ninety days counts the runs of two. What is kept may be ten minutes behind: waiting runs end, and
/// old ones are deleted. What is not kept yet, or not as this zone's days, is counted: the figures are right without any row.
/// </summary>
public sealed class RunDays(IDbContextFactory<StudioDbContext> contexts, RunFigureQueries figures)
{
    /// <summary>The number of runs by status that were started between each two neighbouring edges.</summary>
    public async Task<IReadOnlyList<RunCounts>> CountAsync(
        Seen seen, IReadOnlyList<DateTimeOffset> edges, CancellationToken cancellationToken)
    {
        if (edges.Count < 2) return [];
        // what is kept counts every run: for whoever does not see all of them they are counted
        if (!seen.Sight.SeesAll)
            return await figures.CountAsync(seen, [.. edges.Zip(edges.Skip(1), (a, b) => new Stretch(a, b))], cancellationToken);
        var tenant = seen.Tenant;
        var kept = await KeptAsync(tenant, edges[0], edges[^1], cancellationToken);
        var counts = new RunCounts[edges.Count - 1];
        var rest = new List<(int Bar, Stretch Stretch)>();
        var next = 0;
        for (var bar = 0; bar < counts.Length; bar++)
        {
            var (sum, at) = (new RunCounts(0, 0, 0, 0), edges[bar]);
            for (; next < kept.Count && kept[next].Starts < edges[bar + 1]; next++)
            {
                // days of an earlier zone overlap those of now, and a day may reach over the edge
                if (kept[next] is not { } day || day.Starts < at || day.Ends > edges[bar + 1]) continue;
                if (at < day.Starts) rest.Add((bar, new(at, day.Starts)));
                (sum, at) = (sum + new RunCounts(day.Done, day.Failed, day.Canceled, day.Open), day.Ends);
            }

            if (at < edges[bar + 1]) rest.Add((bar, new(at, edges[bar + 1])));
            counts[bar] = sum;
        }

        var live = await figures.CountAsync(tenant, [.. rest.Select(r => r.Stretch)], cancellationToken);
        for (var i = 0; i < rest.Count; i++) counts[rest[i].Bar] += live[i];
        return counts;
    }

    private async Task<IReadOnlyList<RunDayRow>> KeptAsync(
        Tenant tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RunDays.AsNoTracking()
            .Where(d => d.WorkspaceId == tenant.WorkspaceId && d.Environment == tenant.Environment && d.Starts >= from && d.Starts < to)
            .OrderBy(d => d.Starts).ToListAsync(cancellationToken);
    }
}
