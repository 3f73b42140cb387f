using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Storage;

public sealed class GroupCommitWriterTests
{
    [Fact]
    public async Task FullDisk_RefusesWrites_AndTheRunsGoOnWhenThereIsRoomAgain()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Echo(effect: true));
        var version = await engine.PublishAsync(Flows.Of("trigger > a:echo > b:echo"));
        var id = await engine.StartRunAsync(version);
        // SQLite answers "full" for a file that may not grow as it does for a disk without room
        await engine.Writer.WriteAsync(w => w.Db.Database.ExecuteSqlRaw("PRAGMA max_page_count=1"));
        var refused = await Assert.ThrowsAsync<StoreUnwritableException>(
            () => engine.StartRunAsync(version, $$"""{"x":"{{new string('x', 500_000)}}"}"""));
        Assert.Equal(("The database cannot be written: the disk is full.", StoreFault.DiskFull),
            (refused.Message, engine.Get<StoreTrouble>().Present));
        await engine.Writer.WriteAsync(w => w.Db.Database.ExecuteSqlRaw("PRAGMA max_page_count=1000000"));
        Assert.Null(engine.Get<StoreTrouble>().Present);
        engine.Pump();
        await engine.UntilAsync(id, RunStatus.Done);
    }

    [Fact]
    public async Task DamagedPage_FailsThePieceThatMeetsIt_AndNoneBesideIt()
    {
        await using var engine = await EngineHarness.CreateAsync();
        var writer = engine.Get<GroupCommitWriter>();
        using var all = new ManualResetEventSlim();
        var first = writer.EnqueueAsync(_ => all.Wait(EngineHarness.Patience)); // what comes meanwhile shares the next commit
        var before = writer.EnqueueAsync(_ => 1);
        var damaged = writer.EnqueueAsync<int>(
            _ => throw new SqliteException("database disk image is malformed", SQLitePCL.raw.SQLITE_CORRUPT));
        var after = writer.EnqueueAsync(_ => 3);
        all.Set();

        Assert.Equal((true, 1, 3), (await first, await before, await after));
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<StoreUnwritableException>(() => damaged)).Fault);
    }

    [Fact]
    public async Task FileThatCannotBeRead_IsNotTakenForOneThatCannotBeWritten()
    {
        await using var engine = await EngineHarness.CreateAsync();
        var gone = new SqliteDatabase(Path.Combine(Path.GetTempPath(), "none-" + Path.GetRandomFileName()), checkpoints: false);
        var journal = new SqlJournal(engine.Get<GroupCommitWriter>(), gone, engine.Clock);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => journal.LoadAsync(EngineHarness.Tenant.WorkspaceId, default));
        Assert.IsNotType<StoreUnwritableException>(failure); // for that the run would be tried again and again without a word
    }

    [Fact]
    public async Task ConnectionThatIsGone_IsOpenedAgain()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Echo());
        var version = await engine.PublishAsync(Flows.Of("trigger > a:echo"));
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Writer.WriteAsync(w =>
        {
            w.Db.Database.GetDbConnection().Close();
            return 0;
        }));
        engine.Pump();
        await engine.UntilAsync(await engine.StartRunAsync(version), RunStatus.Done);
    }
}
