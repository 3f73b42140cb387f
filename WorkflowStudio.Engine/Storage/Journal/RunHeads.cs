using System.Data.Common;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal;

/// <summary>Reads what is known of a run without its journal.</summary>
internal static class RunHeads
{
    public static async Task<RunHead?> ReadAsync(DbConnection connection, Guid runId, CancellationToken cancellationToken)
    {
        var waits = await WaitsAsync(connection, runId, cancellationToken);
        await using var command = JournalReading.Command(
            connection, """SELECT "WorkspaceId","Environment","WorkflowId","VersionSerial","Shard","ParentId","Depth","Status","LastSeq","CurrentNode","StepsDone","IsTest" FROM runs WHERE "Id"=@p0""", SqlId.Of(runId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var tenant = new Tenant(Id(reader, 0), (StudioEnvironment)reader.GetInt32(1));
        var run = new RunIdentity(runId, tenant, Id(reader, 2), reader.GetInt64(3), reader.GetInt32(4))
        {
            ParentId = reader.IsDBNull(5) ? null : Id(reader, 5),
            Depth = reader.GetInt32(6),
            IsTest = reader.GetBoolean(11),
        };
        return new RunHead(run, (RunStatus)reader.GetInt32(7), reader.GetInt64(8), reader.IsDBNull(9) ? null : reader.GetString(9),
            reader.GetInt32(10), waits);
    }

    private static async Task<List<WaitPlace>> WaitsAsync(DbConnection connection, Guid runId, CancellationToken cancellationToken)
    {
        await using var command = JournalReading.Command(
            connection, """SELECT "NodeId","Iteration" FROM run_waits WHERE "RunId"=@p0""", SqlId.Of(runId));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waits = new List<WaitPlace>();
        while (await reader.ReadAsync(cancellationToken))
            waits.Add(new WaitPlace(reader.GetString(0), reader.GetString(1) is { Length: > 0 } iteration ? iteration : null));
        return waits;
    }

    private static Guid Id(DbDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), true);
}
