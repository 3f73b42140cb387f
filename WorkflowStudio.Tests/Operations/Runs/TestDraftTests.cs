using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Operations.Runs;

public abstract class TestDraftTests(TestStore store) : EngineSuite(store), IAsyncLifetime
{
    private static readonly Caller Ada = new() { Tenant = EngineHarness.Tenant, Name = "Ada", Role = WorkspaceRole.Editor };
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    private EngineHarness engine = null!;
    private Guid workflow;

    public async Task InitializeAsync()
    {
        engine = await StartAsync(ScriptedNode.Echo(), ScriptedNode.ForEach(), new SubWorkflowNode());
        var serial = await engine.PublishAsync(Flows.Of("trigger > old:echo"));
        await using var db = Db();
        workflow = await db.Versions.Where(v => v.Serial == serial).Select(v => v.WorkflowId).SingleAsync();
    }

    public async Task DisposeAsync() => await engine.DisposeAsync();

    [Fact]
    public async Task Test_UpToAStepWithAPinnedOutput_RunsTheDraftInTheSandbox()
    {
        await DraftAsync(Flows.Of("trigger > a:echo > b:echo > c:echo").Setting("b", """{"got":"{{ $node.a.name }}"}"""));
        var started = await Test(new DraftTest(Nothing, "b")
        { Pinned = new Dictionary<string, JsonElement> { ["a"] = JsonElement.Parse("""{"name":"Ada"}""") } });
        using var watch = await EndAsync(started.Value!.RunId);
        Assert.Equal((true, -1, RunStatus.Done, "test"), (watch.IsTest, watch.Version, watch.State.Status, watch.Cause));
        Assert.Equal(("""{"got":"Ada"}""", StepStatus.Skipped), (watch.Step("b").Output.GetRawText(), watch.Step("c").Status));
        Assert.Null(await engine.Views.ReadAsync(Ada.Tenant, started.Value.RunId, default));
        Assert.Equal("test_run", (await RunOperationTests.Repeat(engine).FromFailureAsync(Ada, started.Value.RunId)).Problem?.Code);
    }

    [Fact]
    public async Task Test_OfTheSameDraft_KeepsOneVersionAndLeavesTheNumbersAlone()
    {
        await DraftAsync(Flows.Of("trigger > a:echo"));
        foreach (var _ in Enumerable.Range(0, 2)) Assert.True((await Test(new DraftTest(Nothing))).Ok);
        await DraftAsync(Flows.Of("trigger > b:echo"));
        Assert.True((await Test(new DraftTest(Nothing))).Ok);
        await using var db = Db();
        Assert.Equal([-2, -1, 1], await db.Versions.Where(v => v.WorkflowId == workflow).Select(v => v.Number).Order().ToListAsync());
        var next = await engine.Writer.WriteAsync(w => w.AddVersion(w.FindWorkflow(Ada.Tenant, workflow)!,
            new WorkflowVersionRow { WorkflowId = workflow, Definition = "{}", EditorState = "{}" }).Number);
        Assert.Equal(2, next);
    }

    [Fact]
    public async Task Test_ALongTimeAfter_RemovesVersionsWhoseTestRunsAreGone()
    {
        await DraftAsync(Flows.Of("trigger > a:echo"));
        using (var kept = await EndAsync((await Test(new DraftTest(Nothing))).Value!.RunId)) Assert.Equal(-1, kept.Version);
        await DraftAsync(Flows.Of("trigger > b:echo"));
        var gone = (await Test(new DraftTest(Nothing))).Value!.RunId;
        (await EndAsync(gone)).Dispose();
        await engine.Writer.WriteAsync(w => w.Db.Runs.Where(r => r.Id == gone).ExecuteDelete());
        engine.Clock.Advance(TimeSpan.FromHours(2));
        await DraftAsync(Flows.Of("trigger > c:echo"));
        Assert.True((await Test(new DraftTest(Nothing))).Ok);
        await using var db = Db();
        Assert.Equal(
            [-2, -1], await db.Versions.Where(v => v.WorkflowId == workflow && v.Number < 0).Select(v => v.Number).Order().ToListAsync());
        Assert.Contains(
            "\"c\"", (await db.Versions.SingleAsync(v => v.WorkflowId == workflow && v.Number == -2)).Definition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithoutADraft_TestsTheActiveVersion()
    {
        using var watch = await EndAsync((await Test(new DraftTest(Nothing))).Value!.RunId);
        Assert.Equal((1, true), (watch.Version, watch.IsTest));
    }

    [Fact]
    public async Task TestRuns_AreOnlyInTheListOfTests()
    {
        var id = (await Test(new DraftTest(Nothing))).Value!.RunId;
        (await EndAsync(id)).Dispose();
        var lists = new ListRuns(new RunListQueries(Contexts), new StepCounts(Contexts), new AskingRuns(Contexts), engine.WorkflowAccess());
        Assert.Empty((await lists.PageAsync(Ada, RunFilter.None, null, 10, default)).Value!.Runs);
        Assert.Empty((await lists.PageAsync(Ada with { Tenant = Ada.Sandbox }, RunFilter.None, null, 10, default)).Value!.Runs);
        var test = Assert.Single((await lists.PageAsync(Ada, new RunFilter(Tests: true), null, 10, default)).Value!.Runs);
        Assert.Equal((id, true), (test.Id, test.IsTest));
        var figures = new RunFigureQueries(Contexts);
        var now = engine.Clock.GetUtcNow();
        Assert.Equal(0, (await figures.CountAsync(Ada.Sandbox, [new(now.AddDays(-1), now.AddDays(1))], default))[0].Total);
        Assert.Empty(await figures.LengthsAsync(Ada.Sandbox, now.AddDays(-1), default));
        Assert.Empty((await new WorkflowStore(Contexts).RecentRunsAsync([workflow], default))[workflow]);
    }

    [Fact]
    public async Task Test_OfALiveDraftThatStartsAnother_RunsTheLiveOneInTheSandboxAsATest()
    {
        var inner = await SlugAsync(await engine.PublishAsync(Flows.Of("trigger > e:echo").Setting("e", """{"said":"live"}""")));
        var outer = await SlugAsync(
            await engine.PublishAsync(Flows.Of("trigger > s:sub_workflow").Setting("s", $$"""{"workflow":"{{inner}}"}""")));
        await DraftAsync(Flows.Of("trigger > s:sub_workflow > after:echo").Setting("s", $$"""{"workflow":"{{outer}}"}"""));

        using var watch = await EndAsync((await Test(new DraftTest(Nothing))).Value!.RunId);

        Assert.Equal(RunStatus.Done, watch.State.Status);
        await using var db = Db();
        var runs = await db.Runs.OrderBy(r => r.Depth).ToListAsync();
        Assert.Equal([0, 1, 2], runs.Select(r => r.Depth));
        Assert.All(runs, run => Assert.Equal((StudioEnvironment.Test, true, RunStatus.Done), (run.Environment, run.IsTest, run.Status)));
    }

    [Fact]
    public async Task Test_ThatCannotBe_IsRefused()
    {
        Assert.IsType<OperationProblem.Forbidden>(
            (await Draft().RunAsync(Ada with { Role = WorkspaceRole.Viewer }, workflow, new DraftTest(Nothing))).Problem);
        Assert.IsType<OperationProblem.NotFound>((await Draft().RunAsync(Ada, Guid.Empty, new DraftTest(Nothing))).Problem);
        await DraftAsync(Flows.Of("trigger > loop:each", "loop.each > a:echo"));
        var unfit = await Test(
            new DraftTest(Nothing, "nowhere") { Pinned = new Dictionary<string, JsonElement> { ["a"] = Nothing, ["x"] = Nothing } });
        Assert.Equal(
            ["up_to", "pinned.a", "pinned.x"], Assert.IsType<OperationProblem.Invalid>(unfit.Problem).Problems.Select(p => p.Path));
        await DraftAsync(Flows.Of("trigger > a:nonsense"));
        Assert.Equal("The workflow has errors. Correct them, then test it.", (await Test(new DraftTest(Nothing))).Problem?.Message);
    }

    private async Task<string> SlugAsync(long serial)
    {
        await using var db = Db();
        return await db.Versions.Where(v => v.Serial == serial).Join(db.Workflows, v => v.WorkflowId, w => w.Id, (_, w) => w.Slug)
            .SingleAsync();
    }

    private IDbContextFactory<StudioDbContext> Contexts => engine.Get<IDbContextFactory<StudioDbContext>>();

    private StudioDbContext Db() => Contexts.CreateDbContext();

    private TestDraft Draft() =>
        new(engine.Writer, new WorkflowValidator(engine.Get<NodeCatalog>()), engine.Get<NodeCatalog>(), engine.Runs, engine.Clock);

    private Task<Result<StartedRun>> Test(DraftTest test) => Draft().RunAsync(Ada, workflow, test);

    private Task DraftAsync(WorkflowDefinition definition) =>
        engine.Writer.WriteAsync(w => w.FindWorkflow(Ada.Tenant, workflow)!.DraftDefinition = StoredDefinitions.Text(definition));

    private async Task<RunWatch> EndAsync(Guid run)
    {
        var opened = await new WatchRun(engine.Feed, engine.Views, engine.RunAccess()).OpenAsync(Ada, run, default);
        var watch = opened.Value!;
        if (watch.State.IsFinal) return watch;
        await using var changes = watch.ChangesAsync(default).GetAsyncEnumerator();
        while (!watch.State.IsFinal) Assert.True(await changes.MoveNextAsync());
        return watch;
    }
}
