using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>
/// The SQLite file: WAL, FULL sync, one connection that writes, read-only ones beside it. Only the server's writer checkpoints: a SQLite
/// before <see cref="Oldest"/> can corrupt a WAL that two connections checkpoint at once, and is refused.
/// </summary>
/// <param name="dataFolder">The folder of the file <see cref="SqliteFile.Name"/>.</param>
/// <param name="checkpoints">True in the server, false in commands that work beside it.</param>
/// <param name="readOnly">Whether nothing in the folder can be written; then the file is read as it stands.</param>
/// <param name="durable">False for a file that is thrown away after a crash: nobody waits for the disk.</param>
public sealed class SqliteDatabase(string dataFolder, bool checkpoints, bool readOnly = false, bool durable = true) : StudioDatabase
{
    // pages of 4 KiB: the log is folded into the file about every 16 MiB
    private const int CheckpointPages = 4_000;

    /// <summary>
    /// The oldest SQLite without the fault that loses commits when the log is reset (sqlite.org/wal.html, "The WAL-Reset Bug").
    /// </summary>
    public static readonly Version Oldest = new(3, 51, 3);

    private readonly string reading = readOnly
        ? SqliteFile.ConnectionString(dataFolder, readOnly)
        : new SqliteConnectionStringBuilder
        { DataSource = Path.Combine(dataFolder, SqliteFile.Name), Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 30 }.ToString();
    private readonly string writing = new SqliteConnectionStringBuilder
    { DataSource = Path.Combine(dataFolder, SqliteFile.Name), Pooling = false, DefaultTimeout = 30 }.ToString();
    private long commits;

    /// <inheritdoc />
    public override string Name => "SQLite";

    /// <inheritdoc />
    public override string Place => SqliteFile.PathIn(dataFolder);

    internal override IDatabaseSpace Space => new SqliteSpace(this);

    /// <inheritdoc />
    public override bool IsShared => false;

    /// <summary>How many commits the writer has made.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <inheritdoc />
    public override long LogSize => new FileInfo(SqliteLog.PathIn(dataFolder)) is { Exists: true } log ? log.Length : 0;

    internal override string ShapeQuery =>
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type='table' UNION ALL SELECT tbl_name, name "
        + "FROM sqlite_master WHERE type='index'";

    // writes the first page as it is
    internal override string Probe => "PRAGMA user_version=0";

    /// <inheritdoc />
    protected override string Anew =>
        $"Move {SqliteFile.PathIn(dataFolder)} away and start again for an empty one, or go on with the version that made it.";

    /// <summary>A connection that may write, with everything set.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(writing);
        try
        {
            SetUp(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A context that may change the tables; only while nothing else is open.</summary>
    public override StudioDbContext ContextForMigrations()
    {
        var options = new DbContextOptionsBuilder<StudioDbContext>();
        OfOneModel(options.UseStudioSqlite(dataFolder, StudioDbContext.HistoryTable, readOnly));
        return new StudioDbContext(options.Options);
    }

    /// <inheritdoc />
    public override Task<int> MigrateAsync(DbContext db, CancellationToken cancellationToken)
    {
        SqliteFile.Guard(dataFolder);
        return Migrator.MigrateAsync(db, cancellationToken);
    }

    /// <summary>The lock of the data folder keeps every other process away already.</summary>
    public override Task AloneAsync(Func<Task> work, CancellationToken cancellationToken) => work();

    /// <inheritdoc />
    public override async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        return await db.Database.SqlQueryRaw<string>("SELECT sqlite_version() AS Value").SingleAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<string>> DamagesAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        var lines = await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check")
            .ToListAsync(cancellationToken);
        return [.. lines.Where(line => line != "ok")];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<string>> GlanceAsync(CancellationToken cancellationToken)
    {
        await using var db = ContextForMigrations();
        var lines = await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check LIMIT 3")
            .ToListAsync(cancellationToken);
        return [.. lines.Where(line => line != "ok")];
    }

    /// <inheritdoc />
    public override StoreFault? FaultOf(Exception failure) => SqliteFailures.FaultOf(failure, dataFolder);

    /// <inheritdoc />
    public override string? Explain(Exception failure) => SqliteFailures.Explain(failure, dataFolder);

    /// <inheritdoc />
    public override Task<long> SizeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new FileInfo(SqliteFile.PathIn(dataFolder)).Length);

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(reading);
        await connection.OpenAsync(cancellationToken);
        ReadOnlyConnections.SetUp(connection);
        return connection;
    }

    /// <inheritdoc />
    public override void ForUse(DbContextOptionsBuilder options, string historyTable) =>
        options.UseStudioSqlite(dataFolder, historyTable, readOnly);

    /// <inheritdoc />
    public override void ForReading(DbContextOptionsBuilder options) =>
        OfOneModel(options.UseSqlite(reading)).AddInterceptors(ReadOnlyConnections.Instance)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    /// <summary>Why a SQLite of this version is not used; null when it is.</summary>
    internal static string? RefuseVersion(string version) => Version.TryParse(version, out var read) && read >= Oldest
        ? null
        : $"SQLite {version} can lose what was stored when its log is reset. WorkflowStudio brings {Oldest} or newer with it: remove the "
            + "other one from the path of libraries.";

    /// <inheritdoc />
    protected override string? RefuseLibrary()
    {
        using var connection = new SqliteConnection();
        return RefuseVersion(connection.ServerVersion);
    }

    /// <summary>Closes the connections that are kept for later, so that the file can go.</summary>
    internal void ClosePooled()
    {
        foreach (var kept in new[] { reading, SqliteFile.ConnectionString(dataFolder, readOnly) })
        {
            using var connection = new SqliteConnection(kept);
            SqliteConnection.ClearPool(connection);
        }
    }

    /// <summary>The session of the one writer.</summary>
    internal override WriteSession OpenSession(
        RunBell bell, TimeProvider clock, ILogger logger, RunMetrics? runs, IAnnouncer? announcer)
    {
        var connection = OpenForSession();
        var options = (DbContextOptions<StudioDbContext>)OfOneModel(new DbContextOptionsBuilder<StudioDbContext>()
            .UseSqlite(connection)).Options;
        return new WriteSession(new SqliteWriterConnection(connection, this), options, bell, clock, logger)
        { Runs = runs, Announcer = announcer };
    }

    /// <summary>A commit of the writer is durable.</summary>
    internal void Count() => Interlocked.Increment(ref commits);

    // EF Core keeps what it makes of a model for each set of services of its own
    private static DbContextOptionsBuilder OfOneModel(DbContextOptionsBuilder options)
    {
#if COMPILED_MODEL
        options.UseModel(CompiledModel.StudioDbContextModel.Instance);
#endif
        return options.ReplaceService<IMigrationsSqlGenerator, CompactTables>();
    }

    private SqliteConnection OpenForSession()
    {
        try
        {
            return OpenWriter();
        }
        catch (SqliteException e) when (FaultOf(e) is { } fault)
        {
            throw new StoreUnwritableException(fault, e);
        }
    }

    private void SetUp(SqliteConnection connection)
    {
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, $"PRAGMA synchronous={(durable ? "FULL" : "OFF")}");
        Execute(connection, "PRAGMA busy_timeout=30000");
        Execute(connection, "PRAGMA cache_size=-65536");
        Execute(connection, $"PRAGMA wal_autocheckpoint={(checkpoints ? CheckpointPages : 0)}");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps contexts that read from writing, and from checkpointing.</summary>
    private sealed class ReadOnlyConnections : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=30000;";

        // a connection from the pool is as it was left, and contexts open one for each query
        private static readonly ConditionalWeakTable<object, object> Ready = [];

        public static ReadOnlyConnections Instance { get; } = new();

        /// <summary>Sets a connection up when it is new.</summary>
        public static void SetUp(SqliteConnection connection)
        {
            if (Ready.TryGetValue(connection.Handle!, out _)) return;
            Execute(connection, Pragmas);
            Ready.AddOrUpdate(connection.Handle!, connection.Handle!);
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            SetUp((SqliteConnection)connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            SetUp((SqliteConnection)connection);
            return Task.CompletedTask;
        }
    }
}
