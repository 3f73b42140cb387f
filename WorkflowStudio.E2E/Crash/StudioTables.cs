using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace WorkflowStudio.E2E.Crash;

/// <summary>The database of a server that does not run, read and written from outside: the same SQL for both databases.</summary>
internal sealed class StudioTables(CrashStore store, string folder) : IDisposable
{
    // what belongs to a run, beside its header; what run_remains names is still being deleted, and has to be gone at the end
    private static readonly string[] Parts =
        ["run_events", "run_blobs", "run_archives", "run_waits", "run_inbox", "form_runs", "run_remains"];

    // The demo has runs of its own: those that are older than its workspace, and those that its schedules start later. They are none of the
    // harness's.
    private const string OfTheDemo = """
        SELECT r."Id" FROM runs r JOIN workflows w ON w."Id"=r."WorkflowId" CROSS JOIN (SELECT min("CreatedAt") AS began FROM workspaces) d
        WHERE r."CreatedAt"<d.began OR (r."Cause"='schedule' AND w."CreatedAt"<d.began)
        """;

    private readonly DbConnection connection = store.Open(folder);

    public void Dispose() => connection.Dispose();

    /// <summary>The runs for which a condition holds, without those of the demo.</summary>
    public IReadOnlyList<string> Runs(string where) =>
        Rows($"""SELECT "Id" FROM runs WHERE ({where}) AND "Id" NOT IN ({OfTheDemo}) ORDER BY "Id" """, r => Id(r, 0));

    /// <summary>Puts a request into the inbox of a run, as the server does.</summary>
    /// <param name="run">The run, 32 digits.</param>
    /// <param name="kind">1 cancels, 5 resumes.</param>
    public void Request(string run, int kind)
    {
        var id = Convert.FromHexString(run);
        Execute("""INSERT INTO run_inbox ("RunId","Kind","SignalId","By","At") VALUES (@run,@kind,0,'harness',0)""", ("run", id),
            ("kind", kind));
        Execute("""UPDATE runs SET "WakeAt"=0 WHERE "Id"=@run""", ("run", id));
    }

    /// <summary>Adds what the database holds to the facts.</summary>
    public CrashFacts Read(CrashFacts facts) => facts with
    {
        Runs = Rows($"""SELECT "Id","Status","LastSeq","WakeAt","ErrorCode","FinishedAt","Cause","RetryOf","ParentId" FROM runs WHERE "Id" NOT IN ({OfTheDemo})""", Run),
        Entries = Rows($"""SELECT "RunId","Seq","Kind","NodeId","Iteration","Attempt","At",CASE WHEN "Kind" IN (13,14) THEN "Payload" END FROM run_events WHERE "RunId" NOT IN ({OfTheDemo})""", Entry),
        Waits = Rows($"""SELECT "RunId","NodeId" FROM run_waits WHERE "RunId" NOT IN ({OfTheDemo})""",
            r => new StoredWait(Id(r, 0), r.GetString(1))),
        Inbox = Rows($"""SELECT "RunId" FROM run_inbox WHERE "RunId" NOT IN ({OfTheDemo})""", r => Id(r, 0)),
        StartKeys = Rows(
                """SELECT e."RunId",e."Payload" FROM run_events e JOIN runs r ON r."Id"=e."RunId" WHERE e."Kind"=1 AND length(e."Payload")>0 AND r."RetryOf" IS NULL""",
                r => (Run: Id(r, 0), Key: Field(r.GetFieldValue<byte[]>(1), "start")))
            .Where(s => s.Key is not null).ToLookup(s => s.Key!, s => s.Run),
        DoubleRows =
        [
            .. Rows("""SELECT "EffectKey" FROM appointments WHERE "EffectKey" IS NOT NULL GROUP BY "EffectKey" HAVING count(*) > 1""",
                r => $"doubled appointment: {r.GetString(0)}"),
            .. Rows("""SELECT "RunId" FROM invoices WHERE "RunId" IS NOT NULL GROUP BY "RunId" HAVING count(*) > 1""",
                r => $"doubled invoice: run {Id(r, 0)}"),
            .. Rows("""SELECT "EffectKey" FROM outbox WHERE "EffectKey" IS NOT NULL GROUP BY "EffectKey" HAVING count(*) > 1""",
                r => $"doubled message: {r.GetString(0)}"),
        ],
        Packed = Rows($"""SELECT "RunId","LastSeq" FROM run_archives WHERE "RunId" NOT IN ({OfTheDemo})""", r => (Id(r, 0), r.GetInt64(1)))
            .ToDictionary(p => p.Item1, p => p.Item2),
        Orphans = [.. Parts.SelectMany(table => Rows(
            $"""SELECT DISTINCT p."RunId" FROM {table} p WHERE NOT EXISTS (SELECT 1 FROM runs r WHERE r."Id"=p."RunId")""",
            r => $"{table} of run {Id(r, 0)}"))],
        Integrity = Rows(store.Soundness, r => r.GetString(0))[0],
    };

    /// <summary>A workflow's schedule and what became of its occurrences.</summary>
    /// <param name="workflow">The workflow, 32 digits.</param>
    public StoredSchedule Schedule(string workflow)
    {
        var id = ("id", (object)Convert.FromHexString(workflow));
        var occurrences = Rows(
            """
            SELECT o."At",o."Outcome",o."RunId",e."Payload",o."Earlier" FROM schedule_occurrences o JOIN schedules s ON s."Id"=o."ScheduleId"
            LEFT JOIN run_events e ON e."RunId"=o."RunId" AND e."Seq"=1 WHERE s."WorkflowId"=@id ORDER BY o."At"
            """,
            r => new StoredOccurrence(Time(r, 0), r.GetInt32(1), r.IsDBNull(2) ? null : Id(r, 2))
            {
                Earlier = r.GetInt32(4),
                Said = r.IsDBNull(3)
                    ? null
                    : DateTimeOffset.Parse(Field(r.GetFieldValue<byte[]>(3), "scheduled_at")!, CultureInfo.InvariantCulture),
            },
            id);
        return Rows("""SELECT "CreatedAt","HandledUntil" FROM schedules WHERE "WorkflowId"=@id""",
            r => new StoredSchedule(Time(r, 0), Time(r, 1), occurrences), id)[0];
    }

    private static StoredRun Run(DbDataReader r) => new(
        Id(r, 0), r.GetInt32(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetInt64(3), Text(r, 4))
    {
        FinishedAt = r.IsDBNull(5) ? null : Time(r, 5),
        Cause = r.GetString(6),
        RetryOf = r.IsDBNull(7) ? null : Id(r, 7),
        Parent = r.IsDBNull(8) ? null : Id(r, 8),
    };

    private static StoredEntry Entry(DbDataReader r) => new(
        Id(r, 0), r.GetInt64(1), r.GetInt32(2), Text(r, 3), Text(r, 4), r.GetInt32(5), Time(r, 6))
    {
        By = r.IsDBNull(7) ? null : Field(r.GetFieldValue<byte[]>(7), "by"),
    };

    private static string? Field(byte[] payload, string name) =>
        JsonElement.Parse(payload) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;

    private static string Id(DbDataReader reader, int column) => Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(column));

    private static DateTimeOffset Time(DbDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private void Execute(string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params (string Name, object Value)[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private DbCommand Command(string sql, (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
