using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>A statement that goes out with others where nobody waits for its answer.</summary>
internal sealed class PutOffStatement(PostgresWriterConnection owner, string sql, NpgsqlDbType[] types) : Statement
{
    private readonly bool changesHeaders = sql.StartsWith("UPDATE runs ", StringComparison.Ordinal);

    public override void Execute(params ReadOnlySpan<SqlValue> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Fill(command.Parameters, values);
        owner.PutOff(command, changesHeaders);
    }

    public override int Change(params ReadOnlySpan<SqlValue> values)
    {
        owner.Send();
        using var command = Command(values);
        return command.ExecuteNonQuery();
    }

    public override object? Scalar(params ReadOnlySpan<SqlValue> values)
    {
        owner.Send();
        using var command = Command(values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public override IReadOnlyList<T> Rows<T>(Func<DbDataReader, T> read, params ReadOnlySpan<SqlValue> values)
    {
        owner.Send();
        using var command = Command(values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private NpgsqlCommand Command(ReadOnlySpan<SqlValue> values)
    {
        var command = new NpgsqlCommand(sql, owner.Npgsql);
        Fill(command.Parameters, values);
        return command;
    }

    private void Fill(NpgsqlParameterCollection parameters, ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++) parameters.Add(Parameter(types[i], values[i]));
    }

    private static NpgsqlParameter Parameter(NpgsqlDbType type, in SqlValue value)
    {
        if (!value.IsNumber)
            return new NpgsqlParameter
            { NpgsqlDbType = type, Value = value.Text is { } text ? StorableText.Of(text) : value.Bytes ?? (object)DBNull.Value };
        return type switch
        {
            NpgsqlDbType.Bigint => new NpgsqlParameter<long> { TypedValue = value.Number },
            NpgsqlDbType.Integer => new NpgsqlParameter<int> { TypedValue = (int)value.Number },
            _ => new NpgsqlParameter<bool> { TypedValue = value.Number != 0 },
        };
    }
}
