using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>
/// Takes away for good what is left of a workflow that was deleted: its runs that are over, its versions, its row. What a run that is not
/// over still needs stays, and with it the row, which no list shows.
/// </summary>
public sealed class WorkflowErasure
{
    private const string Sql = """
        SELECT r."Id",r."FinishedAt",r."LastSeq",
        CASE WHEN EXISTS (SELECT 1 FROM run_blobs b WHERE b."RunId"=r."Id")
        OR EXISTS (SELECT 1 FROM documents d WHERE d."RunId"=r."Id") THEN 1 ELSE 0 END,
        CASE WHEN EXISTS (SELECT 1 FROM run_events e WHERE e."RunId"=r."Id") THEN 1 ELSE 0 END,
        r."Status"
        FROM runs r WHERE r."WorkflowId"=@p0 AND r."Id">@p1 AND r."FinishedAt" IS NOT NULL ORDER BY r."Id" LIMIT @p2
        """;

    private readonly IReadConnections connections;
    private readonly GroupCommitWriter writer;
    private readonly TimeProvider clock;

    private readonly IReadOnlyList<RowsOfWorkflow> features;
    private readonly IReadOnlyList<RowsOfRun> featuresOfRuns;

    internal WorkflowErasure(IReadConnections connections, GroupCommitWriter writer, TimeProvider clock,
        IEnumerable<RowsOfWorkflow> features, IEnumerable<RowsOfRun> featuresOfRuns)
    {
        (this.connections, this.writer, this.clock) = (connections, writer, clock);
        (this.features, this.featuresOfRuns) = ([.. features], [.. featuresOfRuns]);
    }

    /// <summary>
    /// Erases a workflow that is marked as deleted. Done in pieces between which others write; what a crash leaves over is erased with the
    /// age of the runs.
    /// </summary>
    public async Task EraseAsync(Tenant tenant, Guid workflowId, CancellationToken cancellationToken)
    {
        var pace = new BatchPace(writer, clock);
        var large = new List<Guid>();
        for (var after = Guid.Empty; await PageAsync(workflowId, after, cancellationToken) is { Count: > 0 } page; after = page[^1].Run.Id)
        {
            for (var next = 0; next < page.Count;)
            {
                var from = next;
                next = await pace.WriteAsync((session, rows) => Delete(session, page, from, rows), cancellationToken);
            }

            large.AddRange(page.Where(r => r.Run.IsLarge).Select(r => r.Run.Id));
        }

        foreach (var run in large)
            while (await pace.WriteAsync(
                (session, rows) => RunDeletion.DeleteSome(session, featuresOfRuns, run, rows), cancellationToken)) { }
        while (await pace.WriteAsync(WriteNeeds.TurnOf(tenant.WorkspaceId),
            (session, rows) => session.WithContext(write => EraseRest(write, tenant, workflowId, rows)), cancellationToken)) { }
    }

    private static int Delete(WriteSession session, IReadOnlyList<(FinishedRun Run, RunStatus Status)> page, int next, int rows)
    {
        using var parts = new RunParts(session);
        for (var left = rows; left > 0 && next < page.Count; next++)
        {
            var (run, status) = page[next];
            parts.Delete(run, status, DateTimeOffset.MaxValue);
            left -= 2 + (int)(run is { IsLarge: false, HasRows: true } ? run.LastSeq : 1);
        }

        return next;
    }

    // whether there is more
    private bool EraseRest(StudioWrite write, Tenant tenant, Guid workflowId, int rows)
    {
        RunDayCounting.Doubt(write, tenant, DateTimeOffset.MaxValue);
        if (write.Db.Runs.Any(r => r.WorkflowId == workflowId)) return false;
        if (features.Any(feature => feature.EraseSome(write.Db, workflowId, rows))) return true;
        write.Db.Versions.Where(v => v.WorkflowId == workflowId).ExecuteDelete();
        write.Db.Workflows.Where(w => w.Id == workflowId && w.DeletedAt != null).ExecuteDelete();
        return false;
    }

    private async Task<IReadOnlyList<(FinishedRun Run, RunStatus Status)>> PageAsync(
        Guid workflowId, Guid after, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = JournalReading.Command(
            connection, Sql, SqlId.Of(workflowId), SqlId.Of(after), FinishedRuns.PageLength);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<(FinishedRun, RunStatus)>();
        while (await reader.ReadAsync(cancellationToken)) page.Add((Read(reader), (RunStatus)reader.GetInt32(5)));
        return page;
    }

    private static FinishedRun Read(DbDataReader reader) => new(
        new Guid(reader.GetFieldValue<byte[]>(0), true), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetInt64(2),
        reader.GetInt32(3) == 1, reader.GetInt32(4) == 1);
}
