using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Operations.Runs;

public abstract class WatchRunTests(TestStore store) : EngineSuite(store)
{
    private static readonly Caller Viewer = new() { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Viewer };

    [Fact]
    public async Task Changes_EntriesToldTwice_AreTakenOnce()
    {
        await using var harness = await CreateAsync(Echo());
        var id = await harness.RunAsync(Flows.Of("trigger > a:echo"));
        using var watch = (await new WatchRun(harness.Feed, harness.Views, harness.RunAccess())
            .OpenAsync(Viewer, id, default)).Value!;
        Assert.Equal(1, watch.State.Seq);

        var first = watch.Entries[0];
        var next = new JournalEntry(2, first.At, new RunEvent.RunCanceled("Dana"));
        Publish(harness, id, first, next, next);
        await using var changes = watch.ChangesAsync(default).GetAsyncEnumerator();
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(RunStatus.Canceled, watch.State.Status);
        Assert.Equal([1, 2], watch.Entries.Select(e => e.Seq));
    }

    [Fact]
    public async Task Changes_AMissingEntry_ReadsTheRunAgain()
    {
        await using var harness = await CreateAsync(Echo());
        var id = await harness.RunAsync(Flows.Of("trigger > a:echo"));
        using var watch = (await new WatchRun(harness.Feed, harness.Views, harness.RunAccess())
            .OpenAsync(Viewer, id, default)).Value!;
        harness.Pump();
        await harness.UntilAsync(id, RunStatus.Done);
        await using var changes = watch.ChangesAsync(default).GetAsyncEnumerator();
        while (watch.State.Status != RunStatus.Done) Assert.True(await changes.MoveNextAsync());
        Publish(harness, id, new JournalEntry(99, watch.Entries[0].At, new RunEvent.RunCanceled("nobody")));
        var waiting = changes.MoveNextAsync().AsTask();
        watch.Dispose();
        Assert.False(await waiting); // what does not follow is never applied
        Assert.Equal(RunStatus.Done, watch.State.Status);
        await harness.StopAsync();
    }

    [Fact]
    public async Task Open_TheRunOfAnotherWorkspace_IsNotThere()
    {
        await using var harness = await CreateAsync(Echo());
        var id = await harness.RunAsync(Flows.Of("trigger > a:echo"));
        var stranger = Viewer with { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live) };
        var read = await new WatchRun(harness.Feed, harness.Views, harness.RunAccess()).OpenAsync(stranger, id, default);
        Assert.Equal("There is no run with this id.", read.Problem!.Message);
    }

    [Fact]
    public async Task Cancel_ByAViewer_IsRefused()
    {
        await using var harness = await CreateAsync(Echo());
        var id = await harness.RunAsync(Flows.Of("trigger > a:echo"));
        var asked = await new ControlRun(harness.Runs, harness.RunAccess(), harness.Views).CancelAsync(Viewer, id);
        Assert.Equal("This needs the permission runs.control, which your role (Viewer) does not have. Ask an owner of the workspace.",
            asked.Problem!.Message);
    }

    private static ScriptedNode Echo() => new("echo", (_, _) => new(new NodeOutcome.Completed(JsonElement.Parse("{}"))));

    private static void Publish(EngineHarness harness, Guid id, params JournalEntry[] entries) =>
        ((Engine.Runtime.IRunFeed)harness.Feed).Publish(new RunIdentity(id, EngineHarness.Tenant, Guid.Empty, 1, 0), entries);
}
