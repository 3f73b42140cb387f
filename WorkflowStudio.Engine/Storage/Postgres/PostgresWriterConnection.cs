using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>
/// A connection that writes. Statements without an answer are put off and go out together, so that a commit of hundreds of rows takes a
/// few trips to the server and not hundreds.
/// </summary>
internal sealed partial class PostgresWriterConnection(NpgsqlConnection connection) : WriterConnection(connection)
{
    // the server works on the first ones while the next are made
    private const int MostPutOff = 1_000;

    private readonly NpgsqlConnection connection = connection;
    private readonly NpgsqlBatch putOff = new(connection);
    private readonly List<GatheredRows> insertions = [];
    private readonly List<GatheredRows> changes = [];

    /// <summary>The connection itself.</summary>
    public NpgsqlConnection Npgsql => connection;

    public override Statement Statement(string sql, string parameters) => new PutOffStatement(this, Placed()
        .Replace(sql, m => "$" + (int.Parse(m.ValueSpan[2..], CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)),
        [.. parameters.Select(Type)]);

    /// <summary>Rows gather and are inserted by one statement: a thousand small ones cost the server ten times as much.</summary>
    public override Statement Insertion(string table, string columns, string parameters)
    {
        var insertion = GatheredRows.ToInsert(this, table, columns, [.. parameters.Select(Type)]);
        insertions.Add(insertion);
        return insertion;
    }

    /// <summary>So do changes of headers: hundreds of them are one statement.</summary>
    public override Statement Change(string table, string set, string parameters)
    {
        var change = GatheredRows.ToChange(this, table, set, [.. parameters.Select(Type)]);
        changes.Add(change);
        return change;
    }

    /// <summary>
    /// All locks first, in the order of <see cref="PostgresLocks"/>, the shards by number. A shard that is locked keeps its epoch until the
    /// commit: its next owner waits, or this one finds that it has come too late.
    /// </summary>
    public override DbTransaction Begin(WriteNeeds needs, IDictionary<int, long> epochs)
    {
        Forget();
        var transaction = connection.BeginTransaction();
        using var batch = new NpgsqlBatch(connection);
        if (needs.Alone) batch.BatchCommands.Add(Lock("SELECT pg_advisory_xact_lock($1)", PostgresLocks.Turn));
        else if (needs.Workspaces.Count > 0) AddTurns(batch, needs.Workspaces);
        if (needs.Claims)
            batch.BatchCommands.Add(
                Shards("""INSERT INTO shards ("Id","Epoch") SELECT unnest($1),0 ON CONFLICT ("Id") DO NOTHING""", needs));
        if (needs.Shards.Count > 0)
            batch.BatchCommands.Add(Shards(
                $"""SELECT "Id","Epoch" FROM shards WHERE "Id"=ANY($1) ORDER BY "Id" FOR {(needs.Claims ? "UPDATE" : "SHARE")}""", needs));
        if (needs.Gates) batch.BatchCommands.Add(Lock("SELECT pg_advisory_xact_lock($1)", PostgresLocks.Gates));
        if (needs.Signals) batch.BatchCommands.Add(Lock("SELECT pg_advisory_xact_lock($1)", PostgresLocks.Waits));
        else if (needs.Waits) batch.BatchCommands.Add(Lock("SELECT pg_advisory_xact_lock_shared($1)", PostgresLocks.Waits));
        if (batch.BatchCommands.Count == 0) return transaction;
        using var reader = batch.ExecuteReader();
        do
        {
            while (reader.FieldCount == 2 && reader.Read()) epochs[reader.GetInt32(0)] = reader.GetInt64(1);
        }
        while (reader.NextResult());
        return transaction;
    }

    public override void LockWaits() => LockNow(PostgresLocks.Waits);

    public override void LockGates() => LockNow(PostgresLocks.Gates);

    /// <summary>Puts a command off until the next sending.</summary>
    /// <param name="command">The command.</param>
    /// <param name="changesHeaders">Whether it changes rows that gathered changes may be about: then those come first.</param>
    public void PutOff(NpgsqlBatchCommand command, bool changesHeaders)
    {
        if (putOff.BatchCommands.Count >= MostPutOff) Send();
        if (changesHeaders) PutOffChanges();
        putOff.BatchCommands.Add(command);
    }

    /// <summary>Puts the changes that have gathered among the commands that are put off: what comes later comes after them.</summary>
    public void PutOffChanges()
    {
        foreach (var change in changes)
            if (change.TakeCommand() is { } rows) putOff.BatchCommands.Add(rows);
    }

    public override void Send()
    {
        // the rows first: what was put off may change them, but never what they are inserted beside
        for (var i = insertions.Count - 1; i >= 0; i--)
            if (insertions[i].TakeCommand() is { } rows) putOff.BatchCommands.Insert(0, rows);
        PutOffChanges();
        if (putOff.BatchCommands.Count == 0) return;
        putOff.ExecuteNonQuery();
        putOff.BatchCommands.Clear();
    }

    public override bool IsAway(Exception failure) => PostgresFailures.IsAway(failure) || !IsOpen;

    public override StoreFault? FaultOf(Exception failure) => PostgresFailures.FaultOf(failure);

    public override bool MayBeDoneAgain(Exception failure) => PostgresFailures.MayBeDoneAgain(failure);

    public override void Dispose()
    {
        putOff.Dispose();
        base.Dispose();
    }

    private void Forget()
    {
        putOff.BatchCommands.Clear();
        foreach (var rows in insertions.Concat(changes)) rows.Forget();
    }

    private void LockNow(long key)
    {
        Send();
        using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection)
        { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };
        command.ExecuteNonQuery();
    }

    // the array is walked in its order, so nodes that want several of the same never wait for each other in a circle
    private static void AddTurns(NpgsqlBatch batch, IReadOnlyCollection<Guid> workspaces)
    {
        batch.BatchCommands.Add(Lock("SELECT pg_advisory_xact_lock_shared($1)", PostgresLocks.Turn));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1,turn) FROM unnest($2) turn")
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = PostgresLocks.Turns },
                new NpgsqlParameter<int[]> { TypedValue = [.. workspaces.Select(PostgresLocks.TurnOf).Distinct().Order()] },
            },
        });
    }

    private static NpgsqlBatchCommand Lock(string sql, long key) =>
        new(sql) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };

    private static NpgsqlBatchCommand Shards(string sql, WriteNeeds needs) =>
        new(sql) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. needs.Shards] } } };

    private static NpgsqlDbType Type(char letter) => letter switch
    {
        'b' => NpgsqlDbType.Bytea,
        'i' => NpgsqlDbType.Integer,
        'l' => NpgsqlDbType.Bigint,
        's' => NpgsqlDbType.Text,
        't' => NpgsqlDbType.Boolean,
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "There is no such type of parameter."),
    };

    [GeneratedRegex("@p[0-9]+")]
    private static partial Regex Placed();
}
