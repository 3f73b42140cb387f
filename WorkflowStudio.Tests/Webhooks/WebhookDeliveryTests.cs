using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>From what happens to who is told, over the real journal and the real writer.</summary>
public abstract class WebhookDeliveryTests(TestStore store)
{
    [Fact]
    public async Task Run_IsToldToThoseWhoListen_InTheirWords()
    {
        await using var desk = await DeskAsync(ScriptedNode.Echo(), ScriptedNode.Failing());
        await desk.ListenAsync();
        await desk.ListenAsync(WebhookDialect.Documents, "https://b.test/");
        await desk.ListenAsync(WebhookDialect.Blocks, "https://c.test/", workflow: await AnyWorkflowAsync(desk));
        desk.Engine.Pump();
        await desk.Engine.UntilAsync(await desk.Engine.RunAsync(Flows.Of("trigger > a:echo > b:failing"), """{"card":"4111"}"""),
            RunStatus.Failed);

        Assert.Equal(
            ["workflow.failed", "workflow.started", "workflow.step.completed", "workflows.run.failed", "workflows.run.started",
                "workflows.step.failed"],
            (await desk.DeliveriesAsync()).Select(d => d.Event).Order());
        await desk.SendAsync();
        Assert.All(await desk.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Delivered, 1), (d.State, d.Tries)));
        Assert.Equal(6, desk.Posts.Sent.Count);
        Assert.All(desk.Posts.Bodies, b => Assert.DoesNotContain("4111", b, StringComparison.Ordinal));
        var failed = JsonElement.Parse(desk.Posts.Bodies.Single(b => b.Contains("workflows.run.failed", StringComparison.Ordinal)));
        Assert.Equal(("Test flow", "failed", "no_luck"), (failed.GetProperty("data").GetProperty("workflow_name").GetString(),
            failed.GetProperty("data").GetProperty("status").GetString(),
            failed.GetProperty("data").GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task WorkflowThatNotEverybodySees_IsToldToItsOwnEndpointAlone()
    {
        await using var desk = await DeskAsync(ScriptedNode.Echo());
        var workflow = await AnyWorkflowAsync(desk);
        await desk.ListenAsync(WebhookDialect.Sequences);
        var own = await desk.ListenAsync(WebhookDialect.Sequences, "https://b.test/", workflow);
        await TellAsync();
        Assert.Equal(2, (await desk.DeliveriesAsync()).Count);
        await SeeAsync(WorkflowVisibility.Private);
        await TellAsync();
        Assert.Equal(own.Facts.Id, (await desk.DeliveriesAsync())[2..].Select(d => d.EndpointId).Single());
        await SeeAsync(WorkflowVisibility.Tenant);
        await TellAsync();
        Assert.Equal(5, (await desk.DeliveriesAsync()).Count);

        // as a command beside the server does it: nobody is told, the courier looks
        async Task SeeAsync(WorkflowVisibility visibility)
        {
            await desk.Engine.Writer.WriteAsync(
                write => write.FindWorkflow(EngineHarness.Tenant, workflow)!.Visibility = visibility);
            await desk.Engine.Get<EndpointListeners>().LookAsync(default);
        }

        // of the workflow by its id alone, as a run tells it
        Task TellAsync() => desk.Engine.Writer.WriteAsync(write =>
        {
            var row = desk.Workflow(EngineHarness.Tenant);
            row.Id = workflow;
            write.Announce(row, WorkflowChange.Updated);
            return true;
        });
    }

    [Fact]
    public async Task Cause_ThatIsUndone_TellsNobody()
    {
        await using var desk = await DeskAsync();
        await desk.ListenAsync(WebhookDialect.Sequences);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => desk.Engine.Writer.WriteAsync<bool>(write =>
        {
            write.Announce(desk.Workflow(EngineHarness.Tenant), WorkflowChange.Created);
            throw new InvalidTimeZoneException("undone");
        }));
        Assert.Empty(await desk.DeliveriesAsync());
        await desk.HappenAsync();
        Assert.Equal("workflow.updated", Assert.Single(await desk.DeliveriesAsync()).Event);
    }

    [Fact]
    public async Task Kill_BetweenTheDeliveryAndItsNote_SendsItAgainAsTheSame()
    {
        await using var desk = await DeskAsync();
        await desk.ListenAsync(WebhookDialect.Sequences);
        await desk.HappenAsync();
        desk.Posts.Answers = _ => throw new OperationCanceledException(); // the process is gone
        await desk.Engine.Get<Courier>().RunOnceAsync(default);
        desk.Posts.Answer(204);

        await using var after = desk.Restart();
        await after.SendAsync();
        Assert.Single(after.Posts.Sent); // whoever took it may still be at it
        desk.Engine.Clock.Advance(DeliveryBook.Lease);
        await after.SendAsync();
        Assert.Equal(2, after.Posts.Sent.Count);
        Assert.Single(after.Posts.Ids.Distinct());
        Assert.Single(after.Posts.Bodies.Distinct());
    }

    [Fact]
    public async Task TwoNodes_SendNothingTwice()
    {
        await using var desk = await DeskAsync();
        await using var other = desk.Beside();
        await desk.ListenAsync(WebhookDialect.Sequences);
        await desk.ListenAsync(WebhookDialect.Sequences, "https://b.test/");
        await desk.HappenAsync(10);
        await Task.WhenAll(Task.Run(desk.SendAsync), Task.Run((other ?? desk).SendAsync));
        await desk.SendAsync();

        Assert.Equal(20, desk.Posts.Sent.Count);
        Assert.Equal(20, desk.Posts.Ids.Distinct().Count());
    }

    [Fact]
    public async Task EndpointOfAnotherProcess_IsHeardOfAfterALook()
    {
        await using var desk = await DeskAsync();
        await using var command = desk.Restart();
        await desk.HappenAsync();
        var made = await command.ListenAsync(WebhookDialect.Sequences);
        await desk.Engine.Get<EndpointListeners>().LookAsync(default);
        await desk.HappenAsync();
        Assert.Single(await desk.DeliveriesAsync());
        await command.Engine.Get<RemoveEndpoint>().RunAsync(WebhookDesk.Owner, made.Facts.Id);
        await desk.Engine.Get<EndpointListeners>().LookAsync(default);
        await desk.HappenAsync();
        Assert.Empty(await desk.DeliveriesAsync());
    }

    [Fact]
    public async Task Lanes_TellWhoseTurnItIs()
    {
        await using var desk = await DeskAsync();
        var first = await desk.ListenAsync(WebhookDialect.Sequences);
        await desk.HappenAsync(3);
        var second = await desk.ListenAsync(WebhookDialect.Sequences);
        desk.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.HappenAsync(3);
        desk.Posts.Answer(500);
        await desk.Engine.Get<Courier>().RunOnceAsync(default);

        var lanes = await desk.Engine.Get<DeliveryLanes>().AllAsync(default);
        Assert.Equal([first.Facts.Id, second.Facts.Id], lanes.Select(l => l.EndpointId)); // four of the first were tried, two are left
        Assert.All(lanes, l => Assert.Equal((EngineHarness.Tenant.WorkspaceId, true), (l.WorkspaceId, l.IsFailing)));
        Assert.True(lanes[0].DueAt <= desk.Engine.Clock.GetUtcNow() && lanes[1].DueAt > desk.Engine.Clock.GetUtcNow());
    }

    private Task<WebhookDesk> DeskAsync(params Engine.Nodes.NodeType[] types) => WebhookDesk.CreateAsync(store, types);

    private static async Task<Guid> AnyWorkflowAsync(WebhookDesk desk)
    {
        var row = desk.Workflow(EngineHarness.Tenant);
        await desk.Engine.Writer.WriteAsync(write => { write.Db.Add(row); return true; });
        return row.Id;
    }
}
