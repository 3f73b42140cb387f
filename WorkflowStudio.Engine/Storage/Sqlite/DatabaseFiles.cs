using Microsoft.Data.Sqlite;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>Backup and restore of the database file.</summary>
public static class DatabaseFiles
{
    /// <summary>The suffix of the file that a restore replaces.</summary>
    public const string BeforeRestore = ".before-restore";

    /// <summary>Writes a compact copy, as of one moment; the server may go on writing.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="target">A file that does not exist.</param>
    /// <param name="readOnly">Whether nothing in the data folder can be written.</param>
    /// <param name="cancellationToken">Stops; a half-written file may stay.</param>
    public static async Task BackupAsync(string dataFolder, string target, bool readOnly, CancellationToken cancellationToken)
    {
        SqliteFile.MakeOwn(target); // it holds what people have told the practice; SQLite writes into an empty file
        await using var connection = new SqliteConnection(SqliteFile.ConnectionString(dataFolder, readOnly) + ";Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=30000; PRAGMA auto_vacuum=INCREMENTAL; VACUUM INTO $target;";
        command.Parameters.AddWithValue("$target", target);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Puts a backup in the place of the database; the caller holds the lock of the folder. Answers null, or why the file is refused.
    /// </summary>
    public static async Task<string?> RestoreAsync(string dataFolder, string source, CancellationToken cancellationToken)
    {
        if (await RefuseAsync(source, cancellationToken) is { } problem) return problem;
        SqliteConnection.ClearAllPools(); // a pooled connection would go on reading the file that is set aside
        var file = SqliteFile.PathIn(dataFolder);
        var copy = file + ".restoring";
        File.Delete(copy);
        SqliteFile.MakeOwn(copy);
        await using (var from = File.OpenRead(source))
        await using (var to = File.OpenWrite(copy)) await from.CopyToAsync(to, cancellationToken);
        // what the log still holds belongs to the database that is set aside
        foreach (var suffix in new[] { "-wal", "-shm", "" })
            if (File.Exists(file + suffix)) File.Move(file + suffix, file + BeforeRestore + suffix, overwrite: true);
        File.Move(copy, file);
        return null;
    }

    private static async Task<string?> RefuseAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = $table";
            command.Parameters.AddWithValue("$table", StudioDbContext.HistoryTable);
            if (await command.ExecuteScalarAsync(cancellationToken) is not 1L)
                return $"{source} is a database, but not one of WorkflowStudio.";
            command.CommandText = "PRAGMA quick_check(1)";
            return await command.ExecuteScalarAsync(cancellationToken) is "ok" ? null : $"{source} is damaged.";
        }
        catch (SqliteException)
        {
            return $"{source} is not a database of WorkflowStudio.";
        }
    }
}
