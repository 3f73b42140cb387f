using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>
/// A statement that is prepared once on the writer's connection and then only bound, stepped and reset. A command of the provider looks
/// every parameter up by its name and makes a reader for each execution, which was a third of the writer's time.
/// </summary>
/// <param name="connection">The writer's connection.</param>
/// <param name="sql">One statement with the parameters <c>@p0 …</c>.</param>
/// <param name="parameters">How many there are.</param>
internal sealed class SqliteStatement(SqliteConnection connection, string sql, int parameters) : Statement
{
    private const int LongestOnStack = 512;

    private readonly int[] places = new int[parameters];
    private sqlite3_stmt? prepared;
    private DbTransaction? transaction;

    public override void Enlist(DbTransaction transaction) => this.transaction = transaction;

    public override void Execute(params ReadOnlySpan<SqlValue> values) => Change(values);

    public override int Change(params ReadOnlySpan<SqlValue> values)
    {
        var statement = Bind(values);
        try
        {
            Step(statement);
            return raw.sqlite3_changes(connection.Handle);
        }
        finally
        {
            raw.sqlite3_reset(statement); // says again what the step said
        }
    }

    public override object? Scalar(params ReadOnlySpan<SqlValue> values)
    {
        var statement = Bind(values);
        try
        {
            return Step(statement) ? First(statement) : null;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    // rarely used, and the provider's reader converts: a command of the provider
    public override IReadOnlyList<T> Rows<T>(Func<DbDataReader, T> read, params ReadOnlySpan<SqlValue> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = (SqliteTransaction?)transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue("@p" + i.ToString(CultureInfo.InvariantCulture),
                values[i].IsNumber ? values[i].Number : (object?)values[i].Text ?? (object?)values[i].Bytes ?? DBNull.Value);
        using var reader = command.ExecuteReader(CommandBehavior.SingleResult);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public override void Dispose()
    {
        prepared?.Dispose();
        base.Dispose();
    }

    private static object? First(sqlite3_stmt statement) => raw.sqlite3_column_type(statement, 0) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, 0),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, 0).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, 0).ToArray(),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, 0),
        _ => null,
    };

    private sqlite3_stmt Bind(ReadOnlySpan<SqlValue> values)
    {
        var statement = prepared ??= Prepare();
        for (var i = 0; i < values.Length; i++) Check(Bind(statement, places[i], values[i]));
        return statement;
    }

    private static int Bind(sqlite3_stmt statement, int place, in SqlValue value)
    {
        if (value.IsNumber) return raw.sqlite3_bind_int64(statement, place, value.Number);
        if (value.Text is { } text) return BindText(statement, place, text);
        return value.Bytes is { } bytes ? raw.sqlite3_bind_blob(statement, place, bytes) : raw.sqlite3_bind_null(statement, place);
    }

    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = most <= LongestOnStack ? stackalloc byte[most] : new byte[most];
        return raw.sqlite3_bind_text(statement, place, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    private sqlite3_stmt Prepare()
    {
        Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        for (var i = 0; i < places.Length; i++)
            places[i] = raw.sqlite3_bind_parameter_index(statement, "@p" + i.ToString(CultureInfo.InvariantCulture));
        return statement;
    }

    // true when there is a row
    private bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(raw.sqlite3_extended_errcode(connection.Handle), connection.Handle);
        return result == raw.SQLITE_ROW;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }
}
