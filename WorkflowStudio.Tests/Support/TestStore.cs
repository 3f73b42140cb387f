using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Tests.Support;

/// <summary>Makes databases for tests: the same suites run over each kind.</summary>
public abstract class TestStore
{
    /// <summary>SQLite files.</summary>
    public static TestStore Sqlite { get; } = new SqliteStore();

    /// <summary>A database of its own, with its tables and nothing in it.</summary>
    internal abstract Task<TestDatabase> NewAsync();

    private sealed class SqliteStore : TestStore
    {
        // the tables are made once and copied: making them takes longer than most tests
        private static readonly Lazy<Task<byte[]>> Tables = new(MakeTablesAsync);

        internal override async Task<TestDatabase> NewAsync()
        {
            var folder = Directory.CreateTempSubdirectory("studio-engine-").FullName;
            await File.WriteAllBytesAsync(SqliteFile.PathIn(folder), await Tables.Value);
            return new SqliteTestDatabase(folder);
        }

        private static async Task<byte[]> MakeTablesAsync()
        {
            var folder = Directory.CreateTempSubdirectory("studio-tables-").FullName;
            await using var made = new SqliteTestDatabase(folder);
            await made.Open().MigrateAsync(CancellationToken.None);
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // folds the log into the file
            return await File.ReadAllBytesAsync(SqliteFile.PathIn(folder));
        }
    }

    private sealed class SqliteTestDatabase(string folder) : TestDatabase
    {
        public override StudioDatabase Open() => new SqliteDatabase(folder, true);

        public override ValueTask DisposeAsync()
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            try
            {
                Directory.Delete(folder, true);
            }
            catch (IOException)
            {
                // a second engine on the same folder still holds it; the system's temporary folder is cleaned anyway
            }

            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>One database.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>The database as one process sees it; every call is a process of its own.</summary>
    public abstract StudioDatabase Open();

    public abstract ValueTask DisposeAsync();
}
