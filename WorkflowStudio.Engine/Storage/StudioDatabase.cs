using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// The database in which everything lies: a SQLite file for one node, or PostgreSQL, which several nodes may share. Everything else speaks to
/// both in the same words.
/// </summary>
public abstract class StudioDatabase : IReadConnections
{
    /// <summary>Its name, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Where it is, for people.</summary>
    public abstract string Place { get; }

    /// <summary>Whether other nodes may work on the same data.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Options of a context that only reads.</summary>
    public abstract void ForReading(DbContextOptionsBuilder options);

    /// <summary>Options of a context that writes by itself, beside the studio's writer: people's sign-in data.</summary>
    /// <param name="options">The options.</param>
    /// <param name="historyTable">The table of applied migrations: each context has its own.</param>
    public abstract void ForUse(DbContextOptionsBuilder options, string historyTable);

    /// <summary>A context that may change the studio's tables.</summary>
    public abstract StudioDbContext ContextForMigrations();

    /// <summary>Applies the migrations of a context that are missing and answers how many. Of several nodes that start at once one does it, the others wait.</summary>
    public abstract Task<int> MigrateAsync(DbContext db, CancellationToken cancellationToken);

    /// <summary>Runs something that only one node may do at a time, such as what a first start makes.</summary>
    public abstract Task AloneAsync(Func<Task> work, CancellationToken cancellationToken);

    /// <summary>The version of the database.</summary>
    public abstract Task<string> VersionAsync(CancellationToken cancellationToken);

    /// <summary>What is broken, one line each.</summary>
    public abstract Task<IReadOnlyList<string>> DamagesAsync(CancellationToken cancellationToken);

    /// <summary>How much room it takes, in bytes.</summary>
    public abstract Task<long> SizeAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A connection with which the engine reads: nobody else takes those, so that it never stands in line behind pages.</summary>
    internal virtual Task<DbConnection> OpenForEngineAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <summary>Whether a failure means that the database cannot be reached.</summary>
    internal virtual bool IsAway(Exception failure) => false;

    /// <summary>How space is given back.</summary>
    internal abstract IDatabaseSpace Space { get; }

    /// <summary>The session of a writer.</summary>
    internal abstract WriteSession OpenSession(RunBell bell, TimeProvider clock, ILogger logger);

    /// <summary>Brings the studio's tables up to date and answers how many migrations were missing.</summary>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        return await MigrateAsync(db, cancellationToken);
    }

    /// <summary>How many migrations of the studio's tables are missing.</summary>
    public async Task<int> PendingAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
    }
}
