using System.Data.Common;
using System.Globalization;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Retention;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>
/// Shrinks the file by <c>PRAGMA incremental_vacuum</c>, which needs a file whose tables were made with <c>auto_vacuum=INCREMENTAL</c>. A
/// twentieth of the file stays free: the runs of the next days fill it again, and a page that is reused need not be moved.
/// </summary>
internal sealed class SqliteSpace(IReadConnections connections) : IDatabaseSpace
{
    private const int KeptShare = 20;
    private const int KeptPages = 1_000;
    private const long Incremental = 2;

    public async Task<long> ExcessAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenAsync(cancellationToken);
        if (Number(connection, null, "PRAGMA auto_vacuum") != Incremental) return 0;
        var (free, all) = (Number(connection, null, "PRAGMA freelist_count"), Number(connection, null, "PRAGMA page_count"));
        return Math.Max(0, free - Math.Max(KeptPages, all / KeptShare));
    }

    public long Release(DbConnection connection, DbTransaction transaction, int pages)
    {
        var before = Number(connection, transaction, "PRAGMA freelist_count");
        using (var command = connection.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = "PRAGMA incremental_vacuum(" + pages.ToString(CultureInfo.InvariantCulture) + ")";
            using var reader = command.ExecuteReader();
            while (reader.Read()) { } // a step for every page: a command that is not read to its end frees a single one
        }

        return before - Number(connection, transaction, "PRAGMA freelist_count");
    }

    private static long Number(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
