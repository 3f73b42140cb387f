using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Storage.Sqlite;

/// <summary>Connections for reading are set up once and come back from the pool: they must stay what they are.</summary>
public sealed class ReadConnectionTests
{
    [Fact]
    public async Task Connection_ThatComesFromThePoolAgain_NeitherWritesNorCheckpoints()
    {
        await using var harness = await EngineHarness.CreateAsync();
        for (var opened = 0; opened < 3; opened++)
        {
            await using var connection = await harness.Get<IReadConnections>().OpenAsync(default);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_autocheckpoint";
            Assert.Equal(0L, await command.ExecuteScalarAsync());
            command.CommandText = "DELETE FROM shards";
            // SQLITE_READONLY
            Assert.Equal(8, (await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync())).SqliteErrorCode);
        }
    }

    [Fact]
    public async Task Context_ThatComesFromThePoolAgain_DoesNotWrite()
    {
        await using var harness = await EngineHarness.CreateAsync();
        for (var made = 0; made < 3; made++)
        {
            await using var db = await harness.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
            Assert.Empty(db.ChangeTracker.Entries());
            Assert.Equal(8, (await Assert.ThrowsAsync<SqliteException>(() => db.Shards.ExecuteDeleteAsync())).SqliteErrorCode);
        }
    }
}
