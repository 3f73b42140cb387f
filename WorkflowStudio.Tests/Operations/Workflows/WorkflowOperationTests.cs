using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Workflows;

[Collection(StudioAppTests.Name)]
public sealed class WorkflowOperationTests(StudioApp app)
{
    [Fact]
    public async Task Draft_SavedAndPublished_BecomesVersionsOneAndTwo()
    {
        var (owner, id) = await DraftAsync();
        var open = await OpenAsync(owner, id);
        Assert.Equal((WorkflowStatus.Draft, 0, 1), (open.Workflow.Status, open.Workflow.Version, open.Revision));
        var saved = (await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(1, OneStep("1"), EditorState.None))).Value!;
        Assert.Equal((2, true), (saved.Revision, saved.HasDraft));
        var first = (await app.Get<PublishWorkflow>().RunAsync(owner, id, 2)).Value!;
        Assert.Equal((1, WorkflowStatus.Active), (first.Version, first.Status));
        Assert.Equal(first, (await app.Get<PublishWorkflow>().RunAsync(owner, id, 2)).Value);
        await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(2, OneStep("2"), EditorState.None));
        Assert.True((await OpenAsync(owner, id)).Workflow.HasDraft);
        Assert.Equal(2, (await app.Get<PublishWorkflow>().RunAsync(owner, id, 3)).Value!.Version);
        Assert.False((await OpenAsync(owner, id)).Workflow.HasDraft);
    }

    [Fact]
    public async Task SaveDraft_SameAsTheActiveVersion_IsNoDraft()
    {
        var (owner, id) = await DraftAsync();
        await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(1, OneStep("1"), EditorState.None));
        await app.Get<PublishWorkflow>().RunAsync(owner, id, 2);
        var moved = new EditorState { Nodes = [new NodePlace("a", 10, 20)] };
        Assert.False((await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(2, OneStep("1"), moved))).Value!.HasDraft);
        Assert.Equal([new NodePlace("a", 10, 20)], (await OpenAsync(owner, id)).Editor.Nodes);
    }

    [Fact]
    public async Task SaveDraft_FromAnOldRevision_SaysWhoSavedMeanwhile()
    {
        var (owner, id) = await DraftAsync();
        var save = app.Get<SaveDraft>();
        await save.RunAsync(owner with { Name = "Ana Ruiz" }, id, new DraftWork(1, OneStep("1"), EditorState.None));
        var late = await save.RunAsync(owner, id, new DraftWork(1, OneStep("2"), EditorState.None));
        var conflict = Assert.IsType<OperationProblem.Conflict>(late.Problem);
        Assert.Equal("draft_changed", conflict.Code);
        Assert.Equal("Ana Ruiz saved this workflow meanwhile. Reload to see it; your changes are not saved.", conflict.Message);
        Assert.Equal((await OpenAsync(owner, id)).Workflow.UpdatedAt, conflict.Since);
        var own = await save.RunAsync(owner with { Name = "Ana Ruiz" }, id, new DraftWork(1, OneStep("3"), EditorState.None));
        Assert.Equal(
            "You saved this workflow in another window meanwhile. Reload to see it; your changes are not saved.", own.Problem?.Message);
        Assert.Equal("1", Value((await OpenAsync(owner, id)).Definition));
    }

    [Fact]
    public async Task Publish_WithErrors_IsRefusedAndChangesNothing()
    {
        var (owner, id) = await DraftAsync();
        await app.Get<SaveDraft>().RunAsync(
            owner, id, new DraftWork(1, OneStep("1") with { Links = [new LinkConnection("trigger", null, "nowhere")] }, EditorState.None));
        var invalid = Assert.IsType<OperationProblem.Invalid>((await app.Get<PublishWorkflow>().RunAsync(owner, id, 2)).Problem);
        Assert.Contains(invalid.Problems, p => p.Path == "link_connections[0].to");
        Assert.DoesNotContain(invalid.Problems, p => p.Severity == ProblemSeverity.Warning);
        Assert.Equal((WorkflowStatus.Draft, 0), (await OpenAsync(owner, id)).Workflow is var w ? (w.Status, w.Version) : default);
    }

    [Fact]
    public async Task List_OfAShape_HoldsWhatFitsInItHoweverItWasStored()
    {
        var (owner, id) = await DraftAsync();
        Assert.Equal((1, 1), (await CountAsync(WorkflowShape.Chain), await CountAsync(WorkflowShape.Nested)));
        var fork = OneStep("1") with
        {
            Nodes = [.. new[] { "a", "b" }.Select(n => OneStep("1").Nodes[0] with { Id = n })],
            Links = [new("trigger", null, "a"), new("trigger", null, "b")],
        };
        await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(1, fork, EditorState.None));
        Assert.Equal((0, 1), (await CountAsync(WorkflowShape.Chain), await CountAsync(WorkflowShape.Nested)));
        await app.Get<PublishWorkflow>().RunAsync(owner, id, 2);
        await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(2, OneStep("1"), EditorState.None));
        Assert.Equal(0, await CountAsync(WorkflowShape.Chain)); // what runs is meant
        await app.Get<PublishWorkflow>().RunAsync(owner, id, 3);
        Assert.Equal(1, await CountAsync(WorkflowShape.Chain));
        await app.Get<UpdateWorkflow>().RunAsync(owner, id, _ => new WorkflowUpdate { Definition = fork });
        Assert.Equal((0, 1), (await CountAsync(WorkflowShape.Chain), await CountAsync(WorkflowShape.Graph)));

        async Task<int> CountAsync(WorkflowShape fits) => (await app.Get<ListWorkflows>().WithDefinitionsAsync(
            owner, new WorkflowFilter { Fits = fits, TriggerTypes = ["manual", "schedule"] })).Value!.Total;
    }

    [Fact]
    public async Task SetStatus_BeforeTheFirstVersion_IsRefused()
    {
        var (owner, id) = await DraftAsync();
        Assert.Equal("never_published", (await app.Get<SetWorkflowStatus>().RunAsync(owner, id, on: true)).Problem!.Code);
    }

    [Fact]
    public async Task Publish_StepsThatNoRunComesTo_IsAWarningOfTheDraftAndAnErrorThen()
    {
        var (owner, id) = await DraftAsync();
        var saved =
            (await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(1, OneStep("1") with { Links = [] }, EditorState.None))).Value!;
        Assert.All(saved.Problems, p => Assert.Equal(ProblemSeverity.Warning, p.Severity));
        var refused = Assert.IsType<OperationProblem.Invalid>(
            (await app.Get<PublishWorkflow>().RunAsync(owner, id, saved.Revision)).Problem);
        Assert.Equal(["nothing_follows_trigger", "unreachable_node"], refused.Problems.Select(p => p.Code));
    }

    [Fact]
    public async Task Duplicate_IsADraftWithTheSameStepsAndAFreeSlug()
    {
        var (owner, id) = await DraftAsync();
        await app.Get<SaveDraft>().RunAsync(owner, id, new DraftWork(1, OneStep("1"), EditorState.None));
        var copy = (await app.Get<DuplicateWorkflow>().RunAsync(owner, id)).Value!;
        var open = await OpenAsync(owner, copy.Id);
        Assert.Equal(("Copy of Intake", WorkflowStatus.Draft, "1"), (open.Workflow.Name, open.Workflow.Status, Value(open.Definition)));
    }

    [Fact]
    public async Task Rename_TooLong_IsRefused()
    {
        var (owner, id) = await DraftAsync();
        var invalid = Assert.IsType<OperationProblem.Invalid>(
            (await app.Get<RenameWorkflow>().RunAsync(owner, id, new string('n', 256), new string('d', 2_001))).Problem);
        Assert.Equal(
            ["The name has 256 characters, at most 255 are possible.",
                "The description has 2001 characters, at most 2000 are possible."],
            invalid.Problems.Select(p => p.Message));
        Assert.Equal("Reviews", (await app.Get<RenameWorkflow>().RunAsync(owner, id, " Reviews ", "")).Value!.Name);
    }

    [Fact]
    public async Task DiscardUntouched_RemovesWhatIsAsItWasMadeAndNothingElse()
    {
        var (owner, id) = await DraftAsync();
        Assert.NotNull(await app.Get<ActiveWorkflows>().FindAsync(id, default)); // its address was asked for
        Assert.Equal("This needs the permission workflows.manage, which your role (Viewer) does not have. Ask an owner of the workspace.",
            (await app.Get<DiscardUntouched>().RunAsync(owner with { Role = WorkspaceRole.Viewer }, id)).Problem!.Message);
        Assert.False((await app.Get<DiscardUntouched>().RunAsync((await app.PracticeAsync()).Owner, id)).Value); // it is somebody else's
        Assert.True((await app.Get<DiscardUntouched>().RunAsync(owner, id)).Value);
        Assert.Equal("There is no workflow with this id.", (await app.Get<GetWorkflow>().RunAsync(owner, id)).Problem!.Message);
        Assert.Null(await app.Get<ActiveWorkflows>().FindAsync(id, default));
        Assert.False((await app.Get<DiscardUntouched>().RunAsync(owner, id)).Value);

        var (saver, saved) = await DraftAsync();
        await app.Get<SaveDraft>().RunAsync(saver, saved, new DraftWork(1, OneStep("1"), EditorState.None));
        var (namer, named) = await DraftAsync();
        await app.Get<RenameWorkflow>().RunAsync(namer, named, "Named", "");
        Assert.False((await app.Get<DiscardUntouched>().RunAsync(saver, saved)).Value);
        Assert.False((await app.Get<DiscardUntouched>().RunAsync(namer, named)).Value);
        Assert.True((await app.Get<GetWorkflow>().RunAsync(namer, named)).Ok);
    }

    [Fact]
    public async Task Viewer_MayLookAndNothingElse()
    {
        var (owner, id) = await DraftAsync();
        var viewer = owner with { Role = WorkspaceRole.Viewer };
        Assert.True((await app.Get<GetWorkflow>().RunAsync(viewer, id)).Ok);
        const string why =
            "This needs the permission workflows.manage, which your role (Viewer) does not have. Ask an owner of the workspace.";
        Assert.Equal(why, (await app.Get<CreateWorkflow>().RunAsync(viewer, NewWorkflow.Draft("x"))).Problem!.Message);
        Assert.Equal(
            why, (await app.Get<SaveDraft>().RunAsync(viewer, id, new DraftWork(1, OneStep("1"), EditorState.None))).Problem!.Message);
        Assert.Equal(why, (await app.Get<PublishWorkflow>().RunAsync(viewer, id, 1)).Problem!.Message);
        Assert.Equal(why, (await app.Get<SetWorkflowStatus>().RunAsync(viewer, id, true)).Problem!.Message);
        Assert.Equal(why, (await app.Get<RenameWorkflow>().RunAsync(viewer, id, "x", "")).Problem!.Message);
        Assert.Equal(why, (await app.Get<DuplicateWorkflow>().RunAsync(viewer, id)).Problem!.Message);
        Assert.Equal(why, (await app.Get<DeleteWorkflow>().RunAsync(viewer, id)).Problem!.Message);
    }

    [Fact]
    public async Task AnotherTenantsWorkflow_IsNotThere()
    {
        var (owner, id) = await DraftAsync();
        var live = owner with { Tenant = owner.Tenant with { Environment = StudioEnvironment.Live } };
        Assert.Equal("There is no workflow with this id.", (await app.Get<GetWorkflow>().RunAsync(live, id)).Problem!.Message);
        Assert.IsType<OperationProblem.NotFound>(
            (await app.Get<SaveDraft>().RunAsync(live, id, new DraftWork(1, OneStep("1"), EditorState.None))).Problem);
        Assert.IsType<OperationProblem.NotFound>((await app.Get<DeleteWorkflow>().RunAsync(live, id)).Problem);
    }

    [Fact]
    public async Task List_FindsByTextStatusAndTrigger_AndCarriesTheLatestRuns()
    {
        var practice = await app.PracticeAsync();
        var id = (await practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b => b["name"] = "100% hooks"))).Text("id");
        await practice.PostAsync("/api/v1/workflows",
            GraphBodies.Small(b => { b["name"] = "By hand"; b["trigger"]!["type"] = "manual"; b["status"] = "paused"; }));
        for (var i = 0; i < 18; i++) await practice.PostAsync($"/api/v1/workflows/{id}/trigger", "{}");
        Assert.Equal(["By hand", "100% hooks"], await NamesAsync(new WorkflowFilter()));
        Assert.Equal(["100% hooks"], await NamesAsync(new WorkflowFilter(Search: "0% HOOK")));
        Assert.Empty(await NamesAsync(new WorkflowFilter(Search: "%%")));
        Assert.Equal(["By hand"], await NamesAsync(new WorkflowFilter(Status: WorkflowStatus.Paused)));
        Assert.Equal(["100% hooks"], await NamesAsync(new WorkflowFilter(TriggerType: "webhook")));
        Assert.Equal(["100% hooks"], await NamesAsync(new WorkflowFilter(Skip: 1, Take: 1)));
        var items = (await app.Get<ListWorkflows>().RunAsync(practice.Owner, new WorkflowFilter())).Value!.Items;
        Assert.Equal([0, 16], items.Select(i => i.Runs.Count));
        Assert.Equal(items[1].Runs.Select(r => r.At).OrderDescending(), items[1].Runs.Select(r => r.At));
        Assert.Null(items[0].LastRun);

        async Task<string[]> NamesAsync(WorkflowFilter filter) =>
            [.. (await app.Get<ListWorkflows>().RunAsync(practice.Owner, filter)).Value!.Items.Select(i => i.Workflow.Name)];
    }

    [Theory]
    [InlineData("Intake & Service Recovery Program", "intake-service-recovery-program")]
    [InlineData("  Überweisung – Größe №5 ", "uberweisung-grosse-5")]
    [InlineData("Łódź čaj æon", "lodz-caj-aeon")]
    [InlineData("予約", "workflow")]
    [InlineData("ẞ ıħŋĸ þing Đà", "ss-ihngk-thing-da")]
    [InlineData("İstanbul KABİN", "istanbul-kabin")]
    public void Slug_IsLatin(string name, string slug) => Assert.Equal(slug, WorkflowText.Slug(name));

    private async Task<(Caller Owner, Guid Id)> DraftAsync()
    {
        var owner = (await app.PracticeAsync()).Owner;
        return (owner, (await app.Get<CreateWorkflow>().RunAsync(owner, NewWorkflow.Draft("Intake"))).Value!.Id);
    }

    private async Task<OpenWorkflow> OpenAsync(Caller caller, Guid id) => (await app.Get<GetWorkflow>().RunAsync(caller, id)).Value!;

    private static WorkflowDefinition OneStep(string value) => WorkflowDefinition.Empty with
    {
        Nodes =
            [new WorkflowNode { Id = "a", Type = "set", Config = JsonSerializer.SerializeToElement(new { values = new { x = value } }) }],
        Links = [new LinkConnection("trigger", null, "a")],
    };

    private static string? Value(WorkflowDefinition definition) =>
        definition.Nodes[0].Config.GetProperty("values").GetProperty("x").GetString();
}
