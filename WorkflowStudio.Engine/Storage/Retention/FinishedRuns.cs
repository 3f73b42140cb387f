using System.Data.Common;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>A run that is over, as upkeep sees it.</summary>
/// <param name="Id">The run.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="LastSeq">How many entries its journal has.</param>
/// <param name="HasBlobs">Whether some of them are large, or documents came with it.</param>
/// <param name="HasRows">Whether some of them are rows of the journal, not packed.</param>
internal readonly record struct FinishedRun(Guid Id, DateTimeOffset FinishedAt, long LastSeq, bool HasBlobs, bool HasRows)
{
    private const int ManyRows = 500;

    /// <summary>Whether its rows are too many for one transaction.</summary>
    public bool IsLarge => HasBlobs || (HasRows && LastSeq > ManyRows);
}

/// <summary>Walks through the runs of a tenant that are over, the oldest first, a page at a time: no read lasts.</summary>
internal sealed class FinishedRuns(IReadConnections connections)
{
    /// <summary>How many runs one page holds.</summary>
    public const int PageLength = 500;

    // ids are made in the order of time, and no run ends before it began: so only ids before the time are looked at
    public const string Sql = """
        SELECT r."Id",r."FinishedAt",r."LastSeq",
        CASE WHEN EXISTS (SELECT 1 FROM run_blobs b WHERE b."RunId"=r."Id")
        OR EXISTS (SELECT 1 FROM documents d WHERE d."RunId"=r."Id") THEN 1 ELSE 0 END,
        CASE WHEN EXISTS (SELECT 1 FROM run_events e WHERE e."RunId"=r."Id") THEN 1 ELSE 0 END
        FROM runs r WHERE r."WorkspaceId"=@p0 AND r."Environment"=@p1 AND r."Status"=@p2 AND r."Id">@p3 AND r."Id"<@p4 ORDER BY r."Id" LIMIT @p5
        """;

    /// <summary>
    /// The runs of a status after an id that were made before a time; whether they ended before it says
    /// <see cref="FinishedRun.FinishedAt"/>.
    /// </summary>
    public async Task<IReadOnlyList<FinishedRun>> PageAsync(
        Tenant tenant, RunStatus status, Guid after, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        await using var command = JournalReading.Command(
            connection, Sql, SqlId.Of(tenant.WorkspaceId), (int)tenant.Environment, (int)status, SqlId.Of(after),
            SqlId.Of(TimeOrderedId.FirstAt(before)), PageLength);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<FinishedRun>();
        while (await reader.ReadAsync(cancellationToken)) page.Add(Read(reader));
        return page;
    }

    // a run without an end is one that cannot be too old
    private static FinishedRun Read(DbDataReader reader) => new(
        new Guid(reader.GetFieldValue<byte[]>(0), true),
        reader.IsDBNull(1) ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)),
        reader.GetInt64(2), reader.GetInt32(3) == 1, reader.GetInt32(4) == 1);
}
