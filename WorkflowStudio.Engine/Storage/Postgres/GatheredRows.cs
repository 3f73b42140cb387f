using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>Rows of one table that gather column by column and are inserted by one statement. No number of a row may be null.</summary>
internal sealed class GatheredRows : Statement
{
    // the server works on the first ones while the next are made
    private const int Most = 1_000;

    private readonly PostgresWriterConnection owner;
    private readonly string sql;
    private readonly Column[] columns;
    private int rows;

    public GatheredRows(PostgresWriterConnection owner, string table, string names, NpgsqlDbType[] types)
    {
        this.owner = owner;
        sql = $"INSERT INTO {table} ({names}) SELECT * FROM unnest({string.Join(',', types.Select((type, i) => $"${i + 1}::{SqlName(type)}[]"))})";
        columns = [.. types.Select(Column.Of)];
    }

    public override void Execute(params ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++) columns[i].Add(values[i]);
        if (++rows >= Most) owner.Send();
    }

    public override int Change(params ReadOnlySpan<SqlValue> values)
    {
        Execute(values);
        owner.Send();
        return 1;
    }

    public override object? Scalar(params ReadOnlySpan<SqlValue> values) => throw new NotSupportedException("An insertion of rows answers nothing.");

    public override IReadOnlyList<T> Rows<T>(Func<DbDataReader, T> read, params ReadOnlySpan<SqlValue> values) => throw new NotSupportedException("An insertion of rows answers nothing.");

    /// <summary>The command that inserts what has gathered; null when nothing has.</summary>
    public NpgsqlBatchCommand? TakeCommand()
    {
        if (rows == 0) return null;
        rows = 0;
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns) command.Parameters.Add(column.Take());
        return command;
    }

    private static string SqlName(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Bytea => "bytea",
        NpgsqlDbType.Integer => "integer",
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Text => "text",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Rows of this type are not gathered."),
    };

    private abstract class Column
    {
        public static Column Of(NpgsqlDbType type) => type switch
        {
            NpgsqlDbType.Bytea => new Column<byte[]?>(type, static (in SqlValue v) => v.Bytes),
            NpgsqlDbType.Text => new Column<string?>(type, static (in SqlValue v) => v.Text is { } text ? StorableText.Of(text) : null),
            NpgsqlDbType.Integer => new Column<int>(type, static (in SqlValue v) => (int)Number(v)),
            _ => new Column<long>(type, static (in SqlValue v) => Number(v)),
        };

        public abstract void Add(in SqlValue value);

        public abstract NpgsqlParameter Take();

        private static long Number(in SqlValue value) => value.IsNumber ? value.Number : throw new ArgumentException("A number of a gathered row must not be null.");
    }

    private sealed class Column<T>(NpgsqlDbType type, Column<T>.Reading read) : Column
    {
        private readonly List<T> values = [];

        public delegate T Reading(in SqlValue value);

        public override void Add(in SqlValue value) => values.Add(read(value));

        public override NpgsqlParameter Take()
        {
            var parameter = new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };
            values.Clear();
            return parameter;
        }
    }
}
