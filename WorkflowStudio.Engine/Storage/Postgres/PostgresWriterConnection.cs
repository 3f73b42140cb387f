using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
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

    public override Statement Statement(string sql, string parameters) => new PutOffStatement(this, Placed().Replace(sql, m => "$" + (int.Parse(m.ValueSpan[2..], CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)), [.. parameters.Select(Type)]);

    /// <summary>
    /// All locks first, in the order of <see cref="PostgresLocks"/>, the shards by number. A shard that is locked keeps its epoch until the
    /// commit: its next owner waits, or this one finds that it has come too late.
    /// </summary>
    public override DbTransaction Begin(WriteNeeds needs, IDictionary<int, long> epochs)
    {
        putOff.BatchCommands.Clear();
        var transaction = connection.BeginTransaction();
        using var batch = new NpgsqlBatch(connection);
        if (needs.Alone) batch.BatchCommands.Add(Lock("SELECT pg_advisory_xact_lock($1)", PostgresLocks.Turn));
        if (needs.Claims) batch.BatchCommands.Add(Shards("""INSERT INTO shards ("Id","Epoch") SELECT unnest($1),0 ON CONFLICT ("Id") DO NOTHING""", needs));
        if (needs.Shards.Count > 0) batch.BatchCommands.Add(Shards($"""SELECT "Id","Epoch" FROM shards WHERE "Id"=ANY($1) ORDER BY "Id" FOR {(needs.Claims ? "UPDATE" : "SHARE")}""", needs));
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

    public override void Send()
    {
        if (putOff.BatchCommands.Count == 0) return;
        putOff.ExecuteNonQuery();
        putOff.BatchCommands.Clear();
    }

    public override bool IsAway(Exception failure) => PostgresFailures.IsAway(failure) || !IsOpen;

    public override bool MayBeDoneAgain(Exception failure) => PostgresFailures.MayBeDoneAgain(failure);

    public override void Dispose()
    {
        putOff.Dispose();
        base.Dispose();
    }

    private void LockNow(long key)
    {
        Send();
        using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };
        command.ExecuteNonQuery();
    }

    private static NpgsqlBatchCommand Lock(string sql, long key) => new(sql) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };

    private static NpgsqlBatchCommand Shards(string sql, WriteNeeds needs) => new(sql) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. needs.Shards] } } };

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

    private sealed class PutOffStatement(PostgresWriterConnection owner, string sql, NpgsqlDbType[] types) : Statement
    {
        public override void Execute(params ReadOnlySpan<object?> values)
        {
            if (owner.putOff.BatchCommands.Count >= MostPutOff) owner.Send();
            var command = new NpgsqlBatchCommand(sql);
            Fill(command.Parameters, values);
            owner.putOff.BatchCommands.Add(command);
        }

        public override int Change(params ReadOnlySpan<object?> values)
        {
            owner.Send();
            using var command = Command(values);
            return command.ExecuteNonQuery();
        }

        public override object? Scalar(params ReadOnlySpan<object?> values)
        {
            owner.Send();
            using var command = Command(values);
            return command.ExecuteScalar() is { } value and not DBNull ? value : null;
        }

        public override IReadOnlyList<T> Rows<T>(Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
        {
            owner.Send();
            using var command = Command(values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }

        private NpgsqlCommand Command(ReadOnlySpan<object?> values)
        {
            var command = new NpgsqlCommand(sql, owner.connection);
            Fill(command.Parameters, values);
            return command;
        }

        private void Fill(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++)
                parameters.Add(new NpgsqlParameter { NpgsqlDbType = types[i], Value = values[i] is string text ? StorableText.Of(text) : values[i] ?? DBNull.Value });
        }
    }
}
