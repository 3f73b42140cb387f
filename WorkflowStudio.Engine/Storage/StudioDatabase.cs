using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// The database in which everything lies: a SQLite file for one node, or PostgreSQL, which several nodes may share. Everything else speaks
/// to both in the same words.
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

    /// <summary>
    /// Applies the migrations of a context that are missing and answers how many. Of several nodes that start at once one does it, the
    /// others wait.
    /// </summary>
    public abstract Task<int> MigrateAsync(DbContext db, CancellationToken cancellationToken);

    /// <summary>Runs something that only one node may do at a time, such as what a first start makes.</summary>
    public abstract Task AloneAsync(Func<Task> work, CancellationToken cancellationToken);

    /// <summary>The version of the database.</summary>
    public abstract Task<string> VersionAsync(CancellationToken cancellationToken);

    /// <summary>What is broken, one line each.</summary>
    public abstract Task<IReadOnlyList<string>> DamagesAsync(CancellationToken cancellationToken);

    /// <summary>A quick look for damage, one line each: what can be found without comparing indexes with their tables.</summary>
    public virtual Task<IReadOnlyList<string>> GlanceAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>How much room it takes, in bytes.</summary>
    public abstract Task<long> SizeAsync(CancellationToken cancellationToken);

    /// <summary>How much room what is not yet in its place takes beside it, in bytes.</summary>
    public virtual long LogSize => 0;

    /// <summary>What keeps the database from being written, when that is why something failed.</summary>
    public virtual StoreFault? FaultOf(Exception failure) => null;

    /// <summary>Why the database cannot be used and what to do, in one line; null when the failure is not the database's.</summary>
    public abstract string? Explain(Exception failure);

    /// <inheritdoc />
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A connection with which the engine reads: nobody else takes those, so that it never stands in line behind pages.</summary>
    internal virtual Task<DbConnection> OpenForEngineAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <summary>Whether a failure means that the database cannot be reached.</summary>
    internal virtual bool IsAway(Exception failure) => false;

    /// <summary>A query for tables with their columns and indexes: two texts a row.</summary>
    internal abstract string ShapeQuery { get; }

    /// <summary>A statement that is refused when the disk is full, and changes nothing.</summary>
    internal abstract string Probe { get; }

    /// <summary>How space is given back.</summary>
    internal abstract IDatabaseSpace Space { get; }

    /// <summary>The session of a writer.</summary>
    internal abstract WriteSession OpenSession(
        RunBell bell, TimeProvider clock, ILogger logger, RunMetrics? runs, IAnnouncer? announcer);

    /// <summary>Makes the model of the tables, which whoever uses them first would have to do.</summary>
    public void Learn()
    {
        using var db = ContextForMigrations();
        _ = db.Model.GetRelationalModel();
    }

    /// <summary>Brings the studio's tables up to date and answers how many migrations were missing.</summary>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        return await MigrateAsync(db, cancellationToken);
    }

    /// <summary>
    /// Why this version cannot work with the tables of a context, and what to do; null when it can, or when it can bring them up to date.
    /// </summary>
    public async Task<string?> RefuseAsync(DbContext db, CancellationToken cancellationToken)
    {
        if (RefuseLibrary() is { } unsafeLibrary) return unsafeLibrary;
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet();
        var known = db.Database.GetMigrations().ToList();
        var unknown = applied.Except(known).Order().LastOrDefault();
        if (unknown is not null && known.TrueForAll(applied.Contains))
            return $"{Place} was written by a newer WorkflowStudio (its tables have {unknown}). Start that version, or "
                + "restore a backup from before.";
        var differs = unknown is not null ? $"its tables have {unknown}"
            : applied.Count < known.Count ? null
            : await TableShape.MissingAsync(db, ShapeQuery, cancellationToken);
        return differs is null
            ? null
            : $"{Place} was made by a version from before the first release ({differs}) and cannot be brought up to date. {Anew}";
    }

    /// <summary>Why this version cannot work with the studio's tables, and what to do; null when it can.</summary>
    public async Task<string?> RefuseAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        return await RefuseAsync(db, cancellationToken);
    }

    /// <summary>Why the library that reads and writes the database cannot be trusted with it; null when it can.</summary>
    protected virtual string? RefuseLibrary() => null;

    /// <summary>How to go on with an empty database.</summary>
    protected abstract string Anew { get; }

    /// <summary>How many migrations of the studio's tables are missing.</summary>
    public async Task<int> PendingAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
    }
}
