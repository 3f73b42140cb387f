using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Hosting;

namespace WorkflowStudio.Tests.Hosting;

/// <summary>The lock of a data folder, and what a life leaves for the next one.</summary>
public sealed class DataFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("studio-folder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Lock_ThatCannotBeOpened_IsNotTakenForAnotherServer()
    {
        if (OperatingSystem.IsWindows()) return;
        // any I/O error but a sharing violation: a link that leads to itself fails as a read-only disk does
        File.CreateSymbolicLink(Path.Combine(folder, "studio.lock"), Path.Combine(folder, "studio.lock"));
        Assert.False(DataFolderLock.TryTake(folder, out _, out var refusal));
        Assert.Equal(2, refusal.ExitCode);
        Assert.StartsWith($"The data folder {folder} cannot be written (", refusal.Why, StringComparison.Ordinal);
        Assert.EndsWith("). Let this account write to it, or start with another --data folder.", refusal.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_InWhichNothingCanBeMade_IsReadOnly()
    {
        Assert.False(DataFolderLock.IsReadOnly(folder));
        if (OperatingSystem.IsWindows()) return;
        File.Delete(Path.Combine(folder, "studio.life"));
        File.CreateSymbolicLink(Path.Combine(folder, "studio.life"), Path.Combine(folder, "studio.life"));
        Assert.True(DataFolderLock.IsReadOnly(folder));
    }

    [Fact]
    public void Life_ThatDidNotEndInOrder_IsACrashForTheNext()
    {
        Live(_ => { });
        Live(second => Assert.True(second.IsAfterCrash), ends: true);
        Live(third => Assert.Equal((false, 1, Now), (third.IsAfterCrash, third.Note.Crashes, third.Note.LastCrash)));
        Assert.Equal(Environment.ProcessId, DataFolderLock.Peek(folder).Process);
    }

    [Fact]
    public void Note_CanBeReadWhileTheServerRuns() => Live(life =>
    {
        life.Change(life.Note with { Addresses = ["http://127.0.0.1:5080"] });
        Assert.Equal(["http://127.0.0.1:5080"], DataFolderLock.Peek(folder).Addresses);
        life.Change(life.Note with { Addresses = [] });
        Assert.Empty(DataFolderLock.Peek(folder).Addresses); // nothing of the longer note stays behind the shorter one
    });

    [Fact]
    public void Note_ThatIsNoNote_CountsAsNone()
    {
        File.WriteAllText(Path.Combine(folder, "studio.life"), "{\"IsOpen\":tr");
        Live(life => Assert.False(life.IsAfterCrash));
    }

    [Theory]
    [InlineData(true, 0, null)]
    [InlineData(true, 324, null)]
    [InlineData(false, 0, null)]
    [InlineData(false, 324, "about 324 commits may be lost")]
    public void Log_ThatTheLastLifeLeft_IsMissed(bool isThere, long inLog, string? missed)
    {
        Live(life => life.Change(life.Note with { InLog = inLog }));
        if (isThere) WriteLog();
        Assert.True(DataFolderLock.TryTake(folder, out var next, out _));
        using (next)
        {
            if (missed is null) Assert.Null(next.MissingLog());
            else Assert.Contains(missed, next.MissingLog(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Log_WhoseHeaderIsBroken_IsMissed()
    {
        Live(life => life.Change(life.Note with { InLog = 7 }));
        WriteLog();
        var bytes = File.ReadAllBytes(SqliteLog.PathIn(folder));
        bytes[17] ^= 1;
        File.WriteAllBytes(SqliteLog.PathIn(folder), bytes);
        Assert.True(DataFolderLock.TryTake(folder, out var next, out _));
        using (next) Assert.Contains("about 7 commits may be lost", next.MissingLog(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ThatACommandFoldsIntoTheFile_IsNotMissed()
    {
        Live(life => life.Change(life.Note with { InLog = 7 }));
        WriteLog();
        DataFolderLock.SettleLog(folder);
        File.Delete(SqliteLog.PathIn(folder));
        Assert.True(DataFolderLock.TryTake(folder, out var next, out _));
        using (next)
        {
            Assert.Null(next.MissingLog());
            next.Begin(Now);
            Assert.True(next.IsAfterCrash); // the look at the file is still due
        }
    }

    private void Live(Action<DataFolderLock> inside, bool ends = false)
    {
        Assert.True(DataFolderLock.TryTake(folder, out var life, out _));
        using (life)
        {
            life.Begin(Now);
            inside(life);
            if (ends) life.End();
        }
    }

    // as SQLite writes it: taken from a connection that is still open
    private void WriteLog()
    {
        var elsewhere = Directory.CreateTempSubdirectory("studio-log-").FullName;
        using (var writer = new SqliteDatabase(elsewhere, checkpoints: true).OpenWriter())
        {
            using var command = writer.CreateCommand();
            command.CommandText = "CREATE TABLE t (x)";
            command.ExecuteNonQuery();
            File.Copy(SqliteLog.PathIn(elsewhere), SqliteLog.PathIn(folder));
        }

        Directory.Delete(elsewhere, recursive: true);
    }
}
