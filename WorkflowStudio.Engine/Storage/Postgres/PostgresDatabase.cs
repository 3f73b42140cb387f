using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>A PostgreSQL database (15 or newer), which several nodes may share.</summary>
public sealed class PostgresDatabase : StudioDatabase, IDisposable
{
    private const string ReadOnly = "-c default_transaction_read_only=on";

    // a plan that was made while a table was small must not read all of it when it is large: whatever is written is found by keys
    private const string ByKeys = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    private readonly NpgsqlDataSource reading;
    private readonly NpgsqlDataSource writing;
    private readonly NpgsqlDataSource engine;
    private readonly NpgsqlDataSource beat;

    /// <summary>A database by its connection string, as in <c>STUDIO_DATABASE</c>.</summary>
    public PostgresDatabase(string connectionString)
    {
        Connection = new PostgresConnection(connectionString);
        reading = NpgsqlDataSource.Create(Connection.Pooled(ReadOnly));
        writing = NpgsqlDataSource.Create(Connection.Pooled());
        engine = NpgsqlDataSource.Create(Connection.ForEngine(24));
        beat = NpgsqlDataSource.Create(Connection.ForEngine(2));
    }

    /// <summary>Why a connection string cannot be used; null when it can be tried.</summary>
    public static string? Refuse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0 } ? null : "it names no Host";
        }
        catch (ArgumentException e)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>A connection string for others who keep their own tables in the same database, with the same limits.</summary>
    public static string ForOthers(string connectionString) => new PostgresConnection(connectionString).Pooled();

    /// <summary>Host and database, for people: no password.</summary>
    public override string Place => Connection.Place;

    /// <inheritdoc />
    public override string Name => "PostgreSQL";

    /// <inheritdoc />
    public override bool IsShared => true;

    /// <summary>Autovacuum keeps the space of deleted rows for new ones.</summary>
    internal override IDatabaseSpace Space { get; } = new NoSpace();

    /// <summary>How connections to it are made.</summary>
    internal PostgresConnection Connection { get; }

    /// <inheritdoc />
    public override void ForReading(DbContextOptionsBuilder options) => options
        .UseNpgsql(reading, o => o.ExecutionStrategy(d => new PatientReads(d)))
        .AddInterceptors(LikeIgnoresCase.Instance, StorableText.Instance)
        .ConfigureWarnings(Quiet)
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    /// <inheritdoc />
    public override void ForUse(DbContextOptionsBuilder options, string historyTable) => options
        .UseNpgsql(writing, o => o.ExecutionStrategy(d => new PatientReads(d)).MigrationsHistoryTable(historyTable))
        .AddInterceptors(LikeIgnoresCase.Instance, StorableText.Instance)
        .ConfigureWarnings(Quiet);

    /// <inheritdoc />
    public override StudioDbContext ContextForMigrations()
    {
        var options = new DbContextOptionsBuilder<PostgresStudioDbContext>();
        ForMigrations(options, StudioDbContext.HistoryTable);
        return new PostgresStudioDbContext(options.Options);
    }

    /// <summary>Options of a context that changes tables.</summary>
    /// <param name="options">The options.</param>
    /// <param name="historyTable">The table of applied migrations.</param>
    public void ForMigrations(DbContextOptionsBuilder options, string historyTable) =>
        options.UseNpgsql(Connection.Unpooled(), o => o.MigrationsHistoryTable(historyTable))
            // the table of migrations is looked for where there is none yet; what really goes wrong throws
            .ConfigureWarnings(w => w.Log((RelationalEventId.CommandError, LogLevel.Debug)));

    /// <inheritdoc />
    public override async Task<int> MigrateAsync(DbContext db, CancellationToken cancellationToken)
    {
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) return 0;
        var applied = 0;
        await AloneAsync(async () =>
        {
            applied = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            if (applied == 0) return;
            await db.Database.MigrateAsync(cancellationToken);
            Diagnostics.FailPoints.Pass(Diagnostics.FailPoint.MigrationRun);
        }, cancellationToken);
        return applied;
    }

    /// <inheritdoc />
    public override async Task AloneAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Connection.Unpooled("-c lock_timeout=0"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection)
        { CommandTimeout = 300, Parameters = { new NpgsqlParameter<long> { TypedValue = PostgresLocks.Start } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
        await work(); // the lock ends with the connection
    }

    /// <inheritdoc />
    public override async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        await ScalarAsync<string>("SHOW server_version", cancellationToken);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<string>> DamagesAsync(CancellationToken cancellationToken)
    {
        await using var command = writing.CreateCommand(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var damages = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) damages.Add($"The index {reader.GetString(0)} is not valid: REINDEX it.");
        return damages;
    }

    /// <inheritdoc />
    public override Task<long> SizeAsync(CancellationToken cancellationToken) =>
        ScalarAsync<long>("SELECT pg_database_size(current_database())", cancellationToken);

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await reading.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc />
    internal override async Task<DbConnection> OpenForEngineAsync(CancellationToken cancellationToken) =>
        await engine.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        reading.Dispose();
        writing.Dispose();
        engine.Dispose();
        beat.Dispose();
    }

    /// <summary>A connection that may write, from the pool.</summary>
    internal NpgsqlConnection OpenForUse() => writing.OpenConnection();

    /// <summary>A connection to say that this node lives: it stands in no line with any other.</summary>
    internal ValueTask<NpgsqlConnection> OpenForBeatAsync(CancellationToken cancellationToken) =>
        beat.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc />
    public override StoreFault? FaultOf(Exception failure) => PostgresFailures.FaultOf(failure);

    /// <inheritdoc />
    public override string? Explain(Exception failure) => PostgresFailures.Explain(failure, Place);

    /// <inheritdoc />
    protected override string Anew => "Name an empty database in STUDIO_DATABASE, or go on with the version that made this one.";

    internal override string ShapeQuery =>
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = current_schema() "
        + "UNION ALL SELECT tablename::text, indexname::text FROM pg_indexes WHERE schemaname = current_schema()";

    internal override string Probe => "SELECT pg_current_xact_id()";

    internal override bool IsAway(Exception failure) => PostgresFailures.IsAway(failure);

    internal override WriteSession OpenSession(
        RunBell bell, TimeProvider clock, ILogger logger, RunMetrics? runs, IAnnouncer? announcer)
    {
        var connection = new NpgsqlConnection(Connection.Unpooled(ByKeys));
        try
        {
            connection.Open();
            // a commit that is answered has to be on disk, whatever the server's own setting is
            using var durable = new NpgsqlCommand(
                "SELECT set_config('synchronous_commit','on',false) WHERE current_setting('synchronous_commit')='off'", connection);
            durable.ExecuteNonQuery();
        }
        catch (Exception e) when (IsAway(e))
        {
            connection.Dispose();
            throw new StoreAwayException("The database cannot be reached.", e);
        }

        var options = new DbContextOptionsBuilder<StudioDbContext>().UseNpgsql(connection)
            .AddInterceptors(LikeIgnoresCase.Instance, StorableText.Instance).Options;
        return new WriteSession(new PostgresWriterConnection(connection), options, bell, clock, logger)
        { Runs = runs, Announcer = announcer };
    }

    // it is tried again, and what comes of it in the end says why
    private static void Quiet(WarningsConfigurationBuilder warnings) => warnings.Log((RelationalEventId.ConnectionError, LogLevel.Debug));

    private async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = writing.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private sealed class NoSpace : IDatabaseSpace
    {
        public Task<long> ExcessAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

        public long Release(DbConnection connection, DbTransaction transaction, int pages) => 0;
    }
}
