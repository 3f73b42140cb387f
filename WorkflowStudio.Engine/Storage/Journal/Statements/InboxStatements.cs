using System.Text.Json;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>What is wanted of runs. A request makes its run due; the header belongs to the run's owner and stays as it is.</summary>
internal sealed class InboxStatements(StatementSet set)
{
    private readonly Statement insert = set.Prepare("""
        INSERT INTO run_inbox ("RunId","Kind","NodeId","Name","Data","By","At","Iteration","SignalId") VALUES (@p0,@p1,@p2,@p3,@p4,@p5,@p6,@p7,@p8)
        """, "bissbslsl");

    private readonly Statement delete = set.Prepare("""DELETE FROM run_inbox WHERE "RunId"=@p0 AND "Id"=@p1""", "bl");

    public void Add(Guid run, RunRequest request, DateTimeOffset now) => insert.Execute(
        SqlId.Of(run), (int)request.Kind, request.NodeId, request.Name, Json(request.Data), request.By, now.ToUnixTimeMilliseconds(),
        request.Iteration, request.SignalId);

    public void Delete(byte[] runId, long request) => delete.Execute(runId, request);

    /// <summary>Data as it is stored; null for none.</summary>
    public static byte[]? Json(JsonElement data) =>
        data.ValueKind == JsonValueKind.Undefined ? null : JsonSerializer.SerializeToUtf8Bytes(data);
}
