using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Workflows;

[Collection(StudioAppTests.Name)]
public sealed class UpdateWorkflowTests(StudioApp app)
{
    [Fact]
    public async Task ChangedDefinition_IsANewVersionThatRuns_EqualOneIsNone()
    {
        var (owner, id) = await MadeAsync(WorkflowStatus.Active);
        var changed = await ChangeAsync(owner, id, new WorkflowUpdate { Definition = OneStep("2") });
        Assert.Equal((2, 2, 2, false), (changed.Workflow.Version, changed.Workflow.NewestVersion, changed.Workflow.Snapshot,
            changed.Workflow.HasDraft));
        var same = await ChangeAsync(owner, id, new WorkflowUpdate { Definition = OneStep("2"), Name = "Renamed" });
        Assert.Equal((2, "Renamed"), (same.Workflow.Version, same.Workflow.Name));
        Assert.Equal("2", Value((await ReadAsync(owner, id)).Definition));
    }

    [Fact]
    public async Task DraftOfTheEditor_StaysBesideAVersionFromOutside()
    {
        var (owner, id) = await MadeAsync(WorkflowStatus.Active);
        await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(1, OneStep("mine"), EditorState.None));
        await ChangeAsync(owner, id, new WorkflowUpdate { Definition = OneStep("theirs") });
        Assert.Equal("theirs", Value((await ReadAsync(owner, id)).Definition));
        var open = (await app.Get<GetWorkflow>().RunAsync(owner, id)).Value!;
        Assert.Equal(("mine", true), (Value(open.Definition), open.Workflow.HasDraft));
    }

    [Fact]
    public async Task VersionThatDoesNotRunYet_RunsWhenItIsActivated()
    {
        var (owner, id) = await MadeAsync(WorkflowStatus.Draft, numbered: true);
        Assert.Equal((0, 1), Numbers(await ReadAsync(owner, id)));
        var second = await ChangeAsync(owner, id, Inactive with { Name = "Renamed" }, VersionChoice.Newest);
        Assert.Equal((0, 2), Numbers(second));
        var third = await ChangeAsync(owner, id, Inactive with { Definition = OneStep("3") }, VersionChoice.Newest);
        Assert.Equal((0, 3), Numbers(third));
        var active = (await app.Get<ActivateWorkflow>().RunAsync(owner, id)).Value!;
        Assert.Equal((3, 3), Numbers(active));
        Assert.Equal((WorkflowStatus.Active, false), (active.Workflow.Status, active.Workflow.HasDraft));
        var fourth = await ChangeAsync(owner, id, Inactive with { Definition = OneStep("4") }, VersionChoice.Newest);
        Assert.Equal((3, 4), Numbers(fourth));
        Assert.Equal(("3", "4"),
            (Value((await ReadAsync(owner, id)).Definition), Value((await ReadAsync(owner, id, VersionChoice.Newest)).Definition)));
        // the studio publishes what is there: it has its number already
        var open = (await app.Get<GetWorkflow>().RunAsync(owner, id)).Value!;
        Assert.Equal(4, (await app.Get<PublishWorkflow>().RunAsync(owner, id, open.Revision)).Value!.Version);
        Assert.Equal((4, 4), Numbers(await ReadAsync(owner, id)));
    }

    [Fact]
    public async Task VersionWithErrors_IsKeptAsADraftAndNotActivated()
    {
        var (owner, id) = await MadeAsync(WorkflowStatus.Draft, numbered: true);
        var broken = OneStep("1") with { Nodes = [new WorkflowNode { Id = "a", Type = "teleport" }] };
        await ChangeAsync(owner, id, Inactive with { Definition = broken }, VersionChoice.Newest);
        var refused = Assert.IsType<OperationProblem.Invalid>((await app.Get<ActivateWorkflow>().RunAsync(owner, id)).Problem);
        Assert.Contains(refused.Problems, p => p.Path == "nodes[0].type");
        Assert.Equal((0, 2), Numbers(await ReadAsync(owner, id)));
    }

    [Fact]
    public async Task ErrorsInWhatRuns_AreRefusedAndNothingIsStored()
    {
        var (owner, id) = await MadeAsync(WorkflowStatus.Active);
        var update = app.Get<UpdateWorkflow>();
        var broken = OneStep("1") with { Nodes = [new WorkflowNode { Id = "a", Type = "teleport" }] };
        foreach (var wrong in new WorkflowUpdate[]
        { new() { Definition = broken }, new() { Name = " " }, new() { Status = WorkflowStatus.Draft } })
            Assert.IsType<OperationProblem.Invalid>((await update.RunAsync(owner, id, _ => wrong)).Problem);
        Assert.Equal((1, "One", WorkflowStatus.Active), await NowAsync(owner, id));
    }

    [Fact]
    public async Task TenChangesAtOnce_AreAllDoneOneAfterTheOther()
    {
        var (owner, id) = await MadeAsync(WorkflowStatus.Active);
        var update = app.Get<UpdateWorkflow>();
        var done = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => update.RunAsync(
            owner, id, now => new WorkflowUpdate { Description = now.Workflow.Description + "x" })));
        var stored = (await ReadAsync(owner, id)).Workflow.Description;
        // each saw what the one before had made of it; who met too many others is told so
        Assert.Equal(done.Count(d => d.Ok), stored.Length);
        Assert.All(done.Where(d => !d.Ok), d => Assert.Equal("changed_meanwhile", d.Problem!.Code));
    }

    [Fact]
    public async Task TagOfAnotherState_IsStale()
    {
        var (owner, id) = await MadeAsync(WorkflowStatus.Active);
        var tag = (await ReadAsync(owner, id)).Tag;
        var update = app.Get<UpdateWorkflow>();
        Assert.True((await update.RunAsync(owner, id, _ => new WorkflowUpdate { Name = "Two" }, [tag])).Ok);
        var late = await update.RunAsync(owner, id, _ => new WorkflowUpdate { Name = "Three" }, [tag]);
        Assert.IsType<OperationProblem.Stale>(late.Problem);
    }

    private static WorkflowUpdate Inactive { get; } = new() { Activates = false, IsAlwaysNumbered = true };

    private static (int Active, int Newest) Numbers(DefinedWorkflow workflow) =>
        (workflow.Workflow.Version, workflow.Workflow.NewestVersion);

    private async Task<(int Version, string Name, WorkflowStatus Status)> NowAsync(Caller owner, Guid id)
    {
        var now = (await ReadAsync(owner, id)).Workflow;
        return (now.Version, now.Name, now.Status);
    }

    private async Task<DefinedWorkflow> ReadAsync(Caller owner, Guid id, VersionChoice choice = VersionChoice.Active) =>
        (await app.Get<ReadWorkflow>().RunAsync(owner, id, choice)).Value!;

    private async Task<DefinedWorkflow> ChangeAsync(
        Caller owner, Guid id, WorkflowUpdate change, VersionChoice choice = VersionChoice.Active)
    {
        var changed = await app.Get<UpdateWorkflow>().RunAsync(owner, id, _ => change, null, choice);
        Assert.True(changed.Ok, changed.Problem?.Message);
        return changed.Value;
    }

    private async Task<(Caller Owner, Guid Id)> MadeAsync(WorkflowStatus status, bool numbered = false)
    {
        var owner = (await app.PracticeAsync()).Owner;
        var made = await app.Get<CreateWorkflow>().RunAsync(
            owner, new NewWorkflow("One", "", status, OneStep("1"), EditorState.None, "test") { IsNumbered = numbered });
        return (owner, made.Value!.Id);
    }

    private static WorkflowDefinition OneStep(string value) => new()
    {
        Trigger = new WorkflowTrigger { Type = "manual" },
        Nodes = [new WorkflowNode { Id = "a", Type = "set", Config = JsonElement.Parse($$"""{"values":{"x":"{{value}}"} }""") }],
        Links = [new LinkConnection("trigger", null, "a")],
    };

    private static string Value(WorkflowDefinition definition) =>
        definition.Nodes[0].Config.GetProperty("values").GetProperty("x").GetString()!;
}
