using Microsoft.Data.Sqlite;
using SQLitePCL;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>What failures of the file mean (sqlite.org/rescode.html).</summary>
internal static class SqliteFailures
{
    private const long HardlyAnything = 1024 * 1024;

    /// <summary>What keeps the file from being written; null when the failure has another cause.</summary>
    public static StoreFault? FaultOf(Exception failure, string dataFolder) => CodeOf(failure) switch
    {
        raw.SQLITE_FULL => StoreFault.DiskFull,
        raw.SQLITE_READONLY => StoreFault.ReadOnly,
        // without room even the shared memory beside the log cannot grow, and SQLite can only say that something went wrong
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => Free(dataFolder) < HardlyAnything ? StoreFault.DiskFull : StoreFault.DiskFails,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreFault.Damaged,
        _ => null,
    };

    /// <summary>Why the file cannot be used and what to do, in one line; null when it is not the file's failure.</summary>
    public static string? Explain(Exception failure, string dataFolder)
    {
        var file = SqliteFile.PathIn(dataFolder);
        return CodeOf(failure) switch
        {
            raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => Damaged(file),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{file} is in use by another program. End it, and try again.",
            _ => FaultOf(failure, dataFolder) switch
            {
                StoreFault.DiskFull => $"{file} cannot be written: the disk is full. Make room, and start again.",
                null => null,
                StoreFault.ReadOnly => $"{file} cannot be written: it is read-only. Let this account write to {dataFolder}, or name "
                    + "another folder with --data.",
                _ => $"{file} cannot be used ({Message(failure)}). See whether this account may read and write {dataFolder}, and "
                    + "whether the disk is in order.",
            },
        };
    }

    /// <summary>What to do about a file that is no longer whole.</summary>
    public static string Damaged(string file) =>
        $"{file} is damaged or not a database. Put a backup in its place with the command restore FILE; what is there now is kept as "
        + $"{SqliteFile.Name}{DatabaseFiles.BeforeRestore}.";

    private static int? CodeOf(Exception? failure) => failure switch
    {
        null => null,
        SqliteException e => e.SqliteErrorCode,
        _ => CodeOf(failure.InnerException),
    };

    private static string Message(Exception failure) => failure.GetBaseException().Message.ReplaceLineEndings(" ");

    private static long Free(string dataFolder)
    {
        try
        {
            return new DriveInfo(dataFolder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
