using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Hosting;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>What the server sees of its database beside the work, and says to whoever asks whether it is ready.</summary>
public sealed class DatabaseWatchTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-watch-").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly KeptLog log = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task FullDisk_IsNamedUntilItCanBeWrittenAgain()
    {
        var trouble = Trouble();
        var writer = new ScriptedWriter();
        using var folderLock = Take();
        using var watch = Watch(new SqliteDatabase(folder, true), trouble, writer, folderLock);
        Assert.Equal("ready", watch.State);
        trouble.Met(StoreFault.DiskFull, "studio.db");
        Assert.Equal("the disk is full", watch.State);
        await watch.RunOnceAsync(CancellationToken.None);
        Assert.Equal(("the disk is full", 1), (watch.State, writer.Tries));
        writer.Succeeds = trouble.Over;
        await watch.RunOnceAsync(CancellationToken.None);
        Assert.Equal("ready", watch.State);
        await watch.RunOnceAsync(CancellationToken.None);
        Assert.Equal(2, writer.Tries); // in order nothing is written
    }

    [Fact]
    public void FullDisk_IsLoggedOnceAMinute()
    {
        var trouble = Trouble();
        for (var i = 0; i < 90; i++)
        {
            trouble.Met(StoreFault.DiskFull, "/data/studio.db");
            if (i % 10 == 0) trouble.Over(); // what is small goes through now and then
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var lines = log.Lines.Select(l => l.Text).ToList();
        Assert.Equal(
            2, lines.Count(l => l.Contains("Nothing can be written to /data/studio.db: the disk is full.", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(l => l.Contains("can be written again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task DamagedFile_IsFoundByTheGlance()
    {
        var database = new SqliteDatabase(folder, true);
        await database.MigrateAsync(CancellationToken.None);
        Assert.Empty(await database.GlanceAsync(CancellationToken.None));
        Damage();
        using var folderLock = Take();
        using var watch = Watch(database, Trouble(), new ScriptedWriter(), folderLock);
        await watch.GlanceAsync(CancellationToken.None);
        Assert.Equal("the database is damaged: restore a backup", watch.State);
        Assert.Contains(log.Lines, l => l.Level == LogLevel.Critical && l.Text.Contains("restore FILE", StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_ThatFail_AreNotStarting()
    {
        static string Of(params string[] states) => Readiness.Of(states.Select((s, i) => (s, i)).ToDictionary(p => $"{p.i}", p => p.s));
        Assert.Equal(
            ("ready", "starting", "not ready"), (Of("ready", "ready"), Of("ready", "starting"), Of("the disk is full", "starting")));
    }

    // every page but the first: what the tables hold is gone, and the file still opens
    private void Damage()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var bytes = File.ReadAllBytes(SqliteFile.PathIn(folder));
        for (var i = 8192; i < bytes.Length; i++) bytes[i] = (byte)~bytes[i];
        File.WriteAllBytes(SqliteFile.PathIn(folder), bytes);
    }

    private StoreTrouble Trouble()
    {
        using var factory = LoggerFactory.Create(b => b.AddProvider(log));
        return new StoreTrouble(clock, factory.CreateLogger<StoreTrouble>());
    }

    private DataFolderLock Take()
    {
        Assert.True(DataFolderLock.TryTake(folder, out var held, out _));
        return held;
    }

    private DatabaseWatch Watch(SqliteDatabase database, StoreTrouble trouble, IStudioWriter writer, DataFolderLock folderLock)
    {
        using var factory = LoggerFactory.Create(b => b.AddProvider(log));
        return new DatabaseWatch(database, trouble, new StoreProbe(database, writer), folderLock, new StudioOptions { DataFolder = folder },
            clock, factory.CreateLogger<DatabaseWatch>());
    }

    /// <summary>A writer that fails as on a full disk until it is told otherwise.</summary>
    private sealed class ScriptedWriter : IStudioWriter
    {
        public int Tries { get; private set; }

        public Action? Succeeds { get; set; }

        public Task<T> WriteAsync<T>(Func<StudioWrite, T> work, CancellationToken cancellationToken = default)
        {
            Tries++;
            if (Succeeds is null) throw new StoreUnwritableException(StoreFault.DiskFull, new IOException());
            Succeeds();
            return Task.FromResult<T>(default!);
        }

        public Task<T> WriteAsync<T>(Guid workspaceId, Func<StudioWrite, T> work, CancellationToken cancellationToken = default) =>
            WriteAsync(work, cancellationToken);
    }
}
