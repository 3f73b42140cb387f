using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace WorkflowStudio.E2E.Crash;

/// <summary>The database of a server that does not run, read and written from outside.</summary>
internal sealed class StudioFile : IDisposable
{
    private readonly SqliteConnection connection;

    public StudioFile(string folder)
    {
        connection = new SqliteConnection($"Data Source={Path.Combine(folder, "studio.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
    }

    public void Dispose() => connection.Dispose();

    /// <summary>The runs that are open, or paused by the engine.</summary>
    public IReadOnlyList<string> Runs(string where) => Rows($"""SELECT lower(hex("Id")) FROM runs WHERE {where} ORDER BY "Id" """, r => r.GetString(0));

    /// <summary>Puts a request into the inbox of a run, as the server does.</summary>
    /// <param name="run">The run, 32 digits.</param>
    /// <param name="kind">1 cancels, 5 resumes.</param>
    public void Request(string run, int kind)
    {
        Execute($"""INSERT INTO run_inbox ("RunId","Kind","By","At") VALUES (x'{run}',{kind},'harness',0)""");
        Execute($"""UPDATE runs SET "WakeAt"=0 WHERE "Id"=x'{run}'""");
    }

    /// <summary>Adds what the database holds to the facts.</summary>
    public CrashFacts Read(CrashFacts facts) => facts with
    {
        Runs = Rows("""SELECT lower(hex("Id")),"Status","LastSeq","WakeAt","ErrorCode" FROM runs""", r => new StoredRun(r.GetString(0), r.GetInt32(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetInt64(3), Text(r, 4))),
        Entries = Rows(
            """SELECT lower(hex("RunId")),"Seq","Kind","NodeId","Iteration","Attempt","At" FROM run_events""",
            r => new StoredEntry(r.GetString(0), r.GetInt64(1), r.GetInt32(2), Text(r, 3), Text(r, 4), r.GetInt32(5), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(6)))),
        Waits = Rows("""SELECT lower(hex("RunId")),"NodeId" FROM run_waits""", r => new StoredWait(r.GetString(0), r.GetString(1))),
        Inbox = Rows("""SELECT lower(hex("RunId")) FROM run_inbox""", r => r.GetString(0)),
        StartKeys = Rows("""SELECT lower(hex("RunId")),"Payload" FROM run_events WHERE "Kind"=1 AND length("Payload")>0""", r => (Run: r.GetString(0), Key: StartKey(r.GetFieldValue<byte[]>(1))))
            .Where(s => s.Key is not null).ToLookup(s => s.Key!, s => s.Run),
        DoubleRows =
        [
            .. Rows("""SELECT "EffectKey" FROM appointments WHERE "EffectKey" IS NOT NULL GROUP BY "EffectKey" HAVING count(*) > 1""", r => $"doubled appointment: {r.GetString(0)}"),
            .. Rows("""SELECT lower(hex("RunId")) FROM invoices WHERE "RunId" IS NOT NULL GROUP BY "RunId" HAVING count(*) > 1""", r => $"doubled invoice: run {r.GetString(0)}"),
            .. Rows("""SELECT "EffectKey" FROM outbox WHERE "EffectKey" IS NOT NULL GROUP BY "EffectKey" HAVING count(*) > 1""", r => $"doubled message: {r.GetString(0)}"),
        ],
        Integrity = Rows("PRAGMA integrity_check", r => r.GetString(0))[0],
    };

    private static string? StartKey(byte[] payload) =>
        JsonElement.Parse(payload) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("start", out var key) ? key.GetString() : null;

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private void Execute(FormattableString sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql.ToString(CultureInfo.InvariantCulture); // ids of our own making
        command.ExecuteNonQuery();
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
