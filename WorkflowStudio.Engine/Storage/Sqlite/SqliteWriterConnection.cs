using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>The one connection that writes the file. Nobody else does, so nothing has to be locked.</summary>
internal sealed class SqliteWriterConnection(SqliteConnection connection) : WriterConnection(connection)
{
    public override Statement Statement(string sql, string parameters) => new PreparedStatement(Connection, sql, parameters.Length);

    public override DbTransaction Begin(WriteNeeds needs, IDictionary<int, long> epochs) => Connection.BeginTransaction();

    /// <summary>A command whose parameters <c>@p0 …</c> are filled by place.</summary>
    private sealed class PreparedStatement : Statement
    {
        private readonly DbCommand command;
        private bool prepared;

        public PreparedStatement(DbConnection connection, string sql, int parameters)
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@p" + i.ToString(CultureInfo.InvariantCulture);
                command.Parameters.Add(parameter);
            }
        }

        public override void Enlist(DbTransaction transaction) => command.Transaction = transaction;

        public override void Execute(params ReadOnlySpan<object?> values) => Change(values);

        public override int Change(params ReadOnlySpan<object?> values)
        {
            Fill(values);
            return command.ExecuteNonQuery();
        }

        public override object? Scalar(params ReadOnlySpan<object?> values)
        {
            Fill(values);
            return command.ExecuteScalar() is { } value and not DBNull ? value : null;
        }

        public override IReadOnlyList<T> Rows<T>(Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
        {
            Fill(values);
            using var reader = command.ExecuteReader(CommandBehavior.SingleResult);
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }

        public override void Dispose()
        {
            command.Dispose();
            base.Dispose();
        }

        private void Fill(ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
            if (prepared) return;
            command.Prepare();
            prepared = true;
        }
    }
}
