using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>The database file of a data folder and how every connection to it is set up.</summary>
public static class SqliteFile
{
    /// <summary>The name of the file in the data folder.</summary>
    public const string Name = "studio.db";

    /// <summary>How long a statement waits for another process or connection that is writing, in milliseconds.</summary>
    public const int BusyTimeoutMilliseconds = 10_000;

    /// <summary>The path of the file in a data folder.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, Name);

    /// <summary>The connection string of the database in a data folder.</summary>
    public static string ConnectionString(string dataFolder) => new SqliteConnectionStringBuilder
    {
        DataSource = PathIn(dataFolder),
        Mode = SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = false,
        DefaultTimeout = BusyTimeoutMilliseconds / 1000,
    }.ToString();

    /// <summary>
    /// Points a context at the file. Its connections never checkpoint: SQLite below 3.51.3 may lose writes when two connections do, so only
    /// the writer does.
    /// </summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="historyTable">The table of applied migrations: each context has its own.</param>
    public static DbContextOptionsBuilder UseStudioSqlite(this DbContextOptionsBuilder builder, string dataFolder, string historyTable) => builder
        .UseSqlite(ConnectionString(dataFolder), sqlite => sqlite.MigrationsHistoryTable(historyTable))
        .AddInterceptors(SideConnection.Instance)
        .ReplaceService<IMigrationsSqlGenerator, CompactTables>();
}
