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
        internal override async Task<TestDatabase> NewAsync()
        {
            var made = new SqliteTestDatabase(Directory.CreateTempSubdirectory("studio-engine-").FullName);
            await made.Open().MigrateAsync(CancellationToken.None);
            return made;
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
