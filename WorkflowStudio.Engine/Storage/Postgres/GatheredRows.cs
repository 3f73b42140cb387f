using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>Rows of one table that gather column by column, and are inserted or changed by one statement.</summary>
internal sealed partial class GatheredRows : Statement
{
    // the server works on the first ones while the next are made
    private const int Most = 1_000;

    private readonly PostgresWriterConnection owner;
    private readonly string sql;
    private readonly Column[] columns;
    private readonly HashSet<Guid>? changed;
    private int rows;

    private GatheredRows(PostgresWriterConnection owner, string sql, NpgsqlDbType[] types, bool nullable)
    {
        (this.owner, this.sql) = (owner, sql);
        columns = [.. types.Select(type => Column.Of(type, nullable))];
        if (nullable) changed = [];
    }

    /// <summary>Rows to be inserted. No number of them may be null.</summary>
    public static GatheredRows ToInsert(PostgresWriterConnection owner, string table, string names, NpgsqlDbType[] types) =>
        new(owner, $"INSERT INTO {table} ({names}) SELECT * FROM {Unnested(types)}", types, nullable: false);

    /// <summary>Rows to be changed by their <c>"Id"</c>, the first column.</summary>
    public static GatheredRows ToChange(PostgresWriterConnection owner, string table, string set, NpgsqlDbType[] types)
    {
        var names = string.Join(',', types.Select((_, i) => $"p{i}"));
        return new(owner, $"""UPDATE {table} SET {Placed().Replace(set, "u.p$1")} FROM {Unnested(types)} u({names}) WHERE "Id"=u.p0""",
            types, nullable: true);
    }

    public override void Execute(params ReadOnlySpan<SqlValue> values)
    {
        // one statement changes a row once
        if (changed?.Add(new Guid(values[0].Bytes!)) == false)
        {
            owner.PutOffChanges();
            changed.Add(new Guid(values[0].Bytes!));
        }

        for (var i = 0; i < values.Length; i++) columns[i].Add(values[i]);
        if (++rows >= Most) owner.Send();
    }

    public override int Change(params ReadOnlySpan<SqlValue> values)
    {
        Execute(values);
        owner.Send();
        return 1;
    }

    public override object? Scalar(params ReadOnlySpan<SqlValue> values) =>
        throw new NotSupportedException("Gathered rows answer nothing.");

    public override IReadOnlyList<T> Rows<T>(Func<DbDataReader, T> read, params ReadOnlySpan<SqlValue> values) =>
        throw new NotSupportedException("Gathered rows answer nothing.");

    /// <summary>Forgets what has gathered.</summary>
    public void Forget()
    {
        rows = 0;
        changed?.Clear();
        foreach (var column in columns) column.Clear();
    }

    /// <summary>The command for what has gathered; null when nothing has.</summary>
    public NpgsqlBatchCommand? TakeCommand()
    {
        if (rows == 0) return null;
        rows = 0;
        changed?.Clear();
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns) command.Parameters.Add(column.Take());
        return command;
    }

    private static string Unnested(NpgsqlDbType[] types) =>
        $"unnest({string.Join(',', types.Select((type, i) => $"${i + 1}::{SqlName(type)}[]"))})";

    private static string SqlName(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Bytea => "bytea",
        NpgsqlDbType.Integer => "integer",
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Text => "text",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Rows of this type are not gathered."),
    };

    [GeneratedRegex("@p([0-9]+)")]
    private static partial Regex Placed();

    private abstract class Column
    {
        public static Column Of(NpgsqlDbType type, bool nullable) => type switch
        {
            NpgsqlDbType.Bytea => new Column<byte[]?>(type, static (in SqlValue v) => v.Bytes),
            NpgsqlDbType.Text => new Column<string?>(type, static (in SqlValue v) => v.Text is { } text ? StorableText.Of(text) : null),
            NpgsqlDbType.Integer => new Column<int>(type, static (in SqlValue v) => (int)Number(v)),
            _ when nullable => new Column<long?>(type, static (in SqlValue v) => v.IsNumber ? v.Number : null),
            _ => new Column<long>(type, static (in SqlValue v) => Number(v)),
        };

        public abstract void Add(in SqlValue value);

        public abstract NpgsqlParameter Take();

        public abstract void Clear();

        private static long Number(in SqlValue value) =>
            value.IsNumber ? value.Number : throw new ArgumentException("This number of a gathered row must not be null.");
    }

    private sealed class Column<T>(NpgsqlDbType type, Column<T>.Reading read) : Column
    {
        private readonly List<T> values = [];

        public delegate T Reading(in SqlValue value);

        public override void Add(in SqlValue value) => values.Add(read(value));

        public override void Clear() => values.Clear();

        public override NpgsqlParameter Take()
        {
            var parameter = new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };
            values.Clear();
            return parameter;
        }
    }
}
