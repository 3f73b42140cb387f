using System.Data.Common;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>Prepares statements on a writer's connection, and makes all of them part of its transactions.</summary>
internal sealed class StatementSet(WriterConnection connection) : IDisposable
{
    private readonly List<Statement> all = [];

    /// <summary>See <see cref="WriterConnection.Statement"/>.</summary>
    public Statement Prepare(string sql, string parameters) => Keep(connection.Statement(sql, parameters));

    /// <summary>See <see cref="WriterConnection.Insertion"/>.</summary>
    public Statement Insertion(string table, string columns, string parameters) => Keep(connection.Insertion(table, columns, parameters));

    /// <summary>See <see cref="WriterConnection.Change"/>.</summary>
    public Statement Change(string table, string set, string parameters) => Keep(connection.Change(table, set, parameters));

    /// <summary>Makes them part of a transaction.</summary>
    public void Enlist(DbTransaction transaction)
    {
        foreach (var statement in all) statement.Enlist(transaction);
    }

    public void Dispose()
    {
        foreach (var statement in all) statement.Dispose();
    }

    private Statement Keep(Statement statement)
    {
        all.Add(statement);
        return statement;
    }
}
