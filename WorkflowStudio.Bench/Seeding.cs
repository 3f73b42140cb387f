using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace WorkflowStudio.Bench;

/// <summary>Fills a store fast: one run is made by the engine and copied, with its journal, under new ids and times.</summary>
internal sealed class Seeding
{
    private const int Days = 90;
    private const int PerTransaction = 5_000;
    private const int Done = 3, Failed = 4, Canceled = 5;

    private readonly SqliteConnection connection;
    private readonly Row run;
    private readonly Row[] events;
    private readonly Row message, invoice, contact;
    private readonly byte[] rare;

    private Seeding(SqliteConnection connection, byte[] template, byte[] rare)
    {
        (this.connection, this.rare) = (connection, rare);
        run = Row.Read(connection, "runs", "\"Id\"=@id", template).Single();
        events = [.. Row.Read(connection, "run_events", "\"RunId\"=@id ORDER BY \"Seq\"", template)];
        message = Row.Read(connection, "outbox", "@id IS NOT NULL LIMIT 1", template).Single();
        invoice = Row.Read(connection, "invoices", "@id IS NOT NULL LIMIT 1", template).Single();
        contact = Row.Read(connection, "contacts", "@id IS NOT NULL LIMIT 1", template).Single();
    }

    public static async Task RunAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        byte[] template, rare;
        await using (var server = await ServerUnderLoad.StartAsync(options.Data, cancellationToken))
        {
            template = await PostAsync(server, server.Webhook, cancellationToken);
            rare = Convert.FromHexString((await server.MakeWorkflowAsync("Rare", cancellationToken)).AbsolutePath.Split("wf_")[1]);
            // what is made here stays until the rules are changed
            await ServerUnderLoad.CommandAsync(options.Data, "practice", "retention", "--workspace", "demo", "--done", "0", "--failed", "0",
                "--canceled", "0", "--pack", "0");
        }

        await using var connection = new SqliteConnection($"Data Source={options.Database};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        Execute(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY;");
        new Seeding(connection, template, rare).Fill(options.Runs, cancellationToken);
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous=FULL;");
        var size = new FileInfo(options.Database).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Runs} runs in {clock.Elapsed.TotalSeconds:0} s, "
            + $"{size / 1048576.0:0} MiB, {size / (double)options.Runs:0} bytes per run"));
    }

    private static async Task<byte[]> PostAsync(ServerUnderLoad server, Uri webhook, CancellationToken cancellationToken)
    {
        using var content = new StringContent(
            """{"name":"Maria Lopez","n":1,"address":{"city":"Houston"}}""", Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync(webhook, content, cancellationToken);
        var id = JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).GetProperty("execution_id").GetString()!;
        while (JsonElement.Parse(await server.Http.GetStringAsync($"/api/v1/executions/{id}/status", cancellationToken))
            .GetProperty("status").GetString() != "completed") await Task.Delay(20, cancellationToken);
        return Convert.FromHexString(id[4..]);
    }

    private void Fill(int count, CancellationToken cancellationToken)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(events[0].Long("At")).AddDays(-Days - 8);
        var step = TimeSpan.FromDays(Days).TotalMilliseconds / count;
        for (var i = 0; i < count; i += PerTransaction)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var transaction = connection.BeginTransaction();
            using var writing = new Inserts(connection, transaction);
            for (var j = i; j < Math.Min(count, i + PerTransaction); j++) Add(writing, j, from.ToUnixTimeMilliseconds() + (long)(j * step));
            transaction.Commit();
        }
    }

    // of 100 runs 93 are done, 5 failed and 2 were canceled; of 10,000 one is of the rare workflow; every second run sent a message, every
    // twentieth made an invoice
    private void Add(Inserts writing, int i, long at)
    {
        var id = IdAt(at, i, 0);
        var status = (i % 100) switch { < 93 => Done, < 98 => Failed, _ => Canceled };
        var took = 5 + (i % 40);
        var failed = status == Failed;
        writing.Insert("runs", run, ("Id", id), ("CreatedAt", at), ("FinishedAt", at + took), ("Status", status),
            ("Subject", $"Client {i}"), ("Shard", i % 16),
            ("ErrorCode", failed ? "no_luck" : null), ("ErrorMessage", failed ? "It did not work." : null),
            ("WorkflowId", i % 10_000 == 5 ? rare : run["WorkflowId"]));
        foreach (var e in events.SkipLast(1)) writing.Insert("run_events", e, ("RunId", id), ("At", at));
        var (kind, payload) = status switch
        { Failed => (11, """{"code":"no_luck","text":"It did not work."}"""), Canceled => (12, """{"by":"Dana"}"""), _ => (10, null) };
        writing.Insert("run_events", events[^1], ("RunId", id), ("At", at + took), ("Kind", kind),
            ("Payload", payload is null ? null : Encoding.UTF8.GetBytes(payload)));
        if (i % 2 == 0)
            writing.Insert("outbox", message, ("Id", IdAt(at, i, 1)), ("CreatedAt", at), ("RunId", id), ("EffectKey", $"seed-{i}"));
        if (i % 20 != 0) return;
        var person = IdAt(at, i, 2);
        writing.Insert("contacts", contact, ("Id", person), ("CreatedAt", at), ("Email", $"client{i}@seed.test"), ("Phone", null),
            ("EffectKey", $"seed-{i}"));
        writing.Insert("invoices", invoice, ("Id", IdAt(at, i, 3)), ("CreatedAt", at), ("RunId", id), ("ContactId", person),
            ("EffectKey", $"seed-{i}"), ("Token", $"seed-{i}"), ("Sequence", 1_000_000L + i), ("PaidAt", at));
    }

    private static byte[] IdAt(long at, int i, byte kind)
    {
        var id = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, at << 16);
        (id[6], id[7], id[8]) = (0x70, kind, 0x80);
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(12), i);
        return id;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>A row of any table, by the names of its columns.</summary>
internal sealed record Row(string[] Columns, object?[] Values)
{
    public object? this[string column] => Values[Array.IndexOf(Columns, column)];

    public long Long(string column) => (long)this[column]!;

    public static IReadOnlyList<Row> Read(SqliteConnection connection, string table, string where, byte[] id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} WHERE {where}";
        command.Parameters.AddWithValue("@id", id);
        using var reader = command.ExecuteReader();
        var rows = new List<Row>();
        while (reader.Read())
        {
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
            rows.Add(
                new Row(columns, [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]));
        }

        return rows;
    }
}

/// <summary>Prepared statements that insert copies of rows.</summary>
internal sealed class Inserts(SqliteConnection connection, SqliteTransaction transaction) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> commands = [];

    public void Insert(string table, Row row, params ReadOnlySpan<(string Column, object? Value)> changes)
    {
        if (!commands.TryGetValue(table, out var command)) commands[table] = command = Prepare(table, row);
        for (var i = 0; i < row.Values.Length; i++) command.Parameters[i].Value = row.Values[i] ?? DBNull.Value;
        foreach (var (column, value) in changes) command.Parameters[Array.IndexOf(row.Columns, column)].Value = value ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
    }

    private SqliteCommand Prepare(string table, Row row)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {table} ({string.Join(',', row.Columns.Select(c => $"\"{c}\""))}) VALUES "
            + $"({string.Join(',', row.Columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < row.Columns.Length; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        return command;
    }
}
