using System.Data.Common;
using Microsoft.Data.Sqlite;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>The one connection that writes the file. Nobody else does, so nothing has to be locked.</summary>
internal sealed class SqliteWriterConnection(SqliteConnection connection, SqliteDatabase database) : WriterConnection(connection)
{
    private readonly SqliteConnection connection = connection;

    public override Statement Statement(string sql, string parameters) => new SqliteStatement(connection, sql, parameters.Length);

    public override DbTransaction Begin(WriteNeeds needs, IDictionary<int, long> epochs) => Connection.BeginTransaction();

    public override StoreFault? FaultOf(Exception failure) => database.FaultOf(failure);

    public override void Committed() => database.Count();
}
