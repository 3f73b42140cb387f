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

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The path of the file in a data folder.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, Name);

    /// <summary>The connection string of the database in a data folder.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="readOnly">Whether nothing in the folder can be written.</param>
    public static string ConnectionString(string dataFolder, bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = readOnly ? Unchanging(dataFolder) : PathIn(dataFolder),
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = false,
        DefaultTimeout = BusyTimeoutMilliseconds / 1000,
    }.ToString();

    /// <summary>
    /// Lets nobody but the owner of the process read file, log and shared memory; what is not there yet is made so, for SQLite gives the
    /// others the mode of the file. The modes alone are touched: to close the file would end SQLite's own locks on it.
    /// </summary>
    public static void Guard(string dataFolder)
    {
        if (OperatingSystem.IsWindows()) return;
        var path = PathIn(dataFolder);
        if (!File.Exists(path)) MakeOwn(path);
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            if (File.Exists(file) && File.GetUnixFileMode(file) != OwnerOnly) File.SetUnixFileMode(file, OwnerOnly);
    }

    /// <summary>Closes the connections that are kept for the next use.</summary>
    public static void Close() => SqliteConnection.ClearAllPools();

    /// <summary>Makes an empty file that its owner alone may read. SQLite takes it for a new database.</summary>
    public static void MakeOwn(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var made = new FileStream(path, options);
    }

    // without a place for the shared memory a log cannot be read beside others; where there is no log nothing can change
    private static string Unchanging(string dataFolder) =>
        new FileInfo(SqliteLog.PathIn(dataFolder)) is { Exists: true, Length: > 0 }
            ? PathIn(dataFolder)
            : new Uri(PathIn(dataFolder)).AbsoluteUri + "?immutable=1";

    /// <summary>
    /// Points a context at the file. Its connections never checkpoint, which would hold up whoever writes: only the writer does.
    /// </summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="historyTable">The table of applied migrations: each context has its own.</param>
    /// <param name="readOnly">Whether nothing in the folder can be written.</param>
    public static DbContextOptionsBuilder UseStudioSqlite(
        this DbContextOptionsBuilder builder, string dataFolder, string historyTable, bool readOnly = false) => builder
        .UseSqlite(ConnectionString(dataFolder, readOnly), sqlite => sqlite.MigrationsHistoryTable(historyTable))
        .AddInterceptors(SideConnection.Instance)
        .ReplaceService<IMigrationsSqlGenerator, CompactTables>();
}
