using System.Data.Common;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>A connection that writes: what of writing differs between the databases.</summary>
internal abstract class WriterConnection(DbConnection connection) : IDisposable
{
    /// <summary>The connection itself, for contexts that work in its transactions.</summary>
    public DbConnection Connection { get; } = connection;

    /// <summary>Whether it can still be used.</summary>
    public bool IsOpen => Connection.State == System.Data.ConnectionState.Open;

    /// <summary>
    /// A statement with the parameters <c>@p0 …</c>, one letter each: b bytes, i integer, l long, s string, t true or false.
    /// </summary>
    public abstract Statement Statement(string sql, string parameters);

    /// <summary>An insertion of rows, which may go out together and before what was put off earlier.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, with a comma between them.</param>
    /// <param name="parameters">One letter for each, see <see cref="Statement"/>.</param>
    public virtual Statement Insertion(string table, string columns, string parameters) =>
        Statement(
            $"INSERT INTO {table} ({columns}) VALUES ({string.Join(',', Enumerable.Range(0, parameters.Length).Select(i => $"@p{i}"))})",
            parameters);

    /// <summary>
    /// A change of one row by its <c>"Id"</c>, the first parameter. Changes may go out together and after what was put off later, but for
    /// further changes of that table.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="set">What is set, with parameters from <c>@p1</c> on.</param>
    /// <param name="parameters">One letter for each, see <see cref="Statement"/>; a number may be null.</param>
    public virtual Statement Change(string table, string set, string parameters) =>
        Statement($"""UPDATE {table} SET {set} WHERE "Id"=@p0""", parameters);

    /// <summary>Begins a transaction and takes the locks that the work needs, which hold until its end.</summary>
    /// <param name="needs">What the work needs.</param>
    /// <param name="epochs">Gets the epochs of the shards that were locked.</param>
    public abstract DbTransaction Begin(WriteNeeds needs, IDictionary<int, long> epochs);

    /// <summary>Sends what was put off. To be called before the transaction ends and before a context works in it.</summary>
    public virtual void Send()
    {
    }

    /// <summary>
    /// Keeps steps from beginning to wait until the transaction ends, so that a signal reaches those that wait and those that are about to.
    /// </summary>
    public virtual void LockWaits()
    {
    }

    /// <summary>Keeps others from counting the runs of workflows with a concurrency rule until the transaction ends.</summary>
    public virtual void LockGates()
    {
    }

    /// <summary>Whether the failure means that the database cannot be reached.</summary>
    public virtual bool IsAway(Exception failure) => false;

    /// <summary>What keeps the database from being written, when that is why the work failed.</summary>
    public virtual StoreFault? FaultOf(Exception failure) => null;

    /// <summary>A commit is durable.</summary>
    public virtual void Committed()
    {
    }

    /// <summary>Whether the work only met another transaction and may be done again.</summary>
    public virtual bool MayBeDoneAgain(Exception failure) => false;

    public virtual void Dispose() => Connection.Dispose();
}
