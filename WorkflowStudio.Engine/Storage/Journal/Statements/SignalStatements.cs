using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>Signals that were sent, kept for steps that were about to wait for them.</summary>
internal sealed class SignalStatements(StatementSet set)
{
    private readonly Statement insert = set.Prepare("""
        INSERT INTO signals ("WorkspaceId","Environment","Name","At","Data") VALUES (@p0,@p1,@p2,@p3,@p4) RETURNING "Id"
        """, "bislb");

    private readonly Statement sentSince = set.Prepare("""
        SELECT "Id","Data" FROM signals WHERE "WorkspaceId"=@p0 AND "Environment"=@p1 AND "Name"=@p2 AND "At">=@p3 AND "Id">@p4 ORDER BY "Id" LIMIT 1000
        """, "bisll");

    /// <summary>Remembers a signal. Returns its number.</summary>
    public long Insert(Tenant tenant, string name, JsonElement data, DateTimeOffset now) => Convert.ToInt64(
        insert.Scalar(
            SqlId.Of(tenant.WorkspaceId), (int)tenant.Environment, name, now.ToUnixTimeMilliseconds(), InboxStatements.Json(data)), null);

    /// <summary>The signals of a name that were sent since a time and after a certain one, with what they carried, oldest first.</summary>
    public IReadOnlyList<(long Id, JsonElement Data)> SentSince(Tenant tenant, string name, DateTimeOffset since, long after) =>
        sentSince.Rows(
            reader => (reader.GetInt64(0), reader.IsDBNull(1) ? default : JsonElement.Parse(reader.GetFieldValue<byte[]>(1))),
            SqlId.Of(tenant.WorkspaceId), (int)tenant.Environment, name, since.ToUnixTimeMilliseconds(), after);
}
