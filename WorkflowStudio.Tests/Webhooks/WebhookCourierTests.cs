using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>Who is told, who is not, and who waits for whom.</summary>
public sealed class WebhookCourierTests
{
    [Fact]
    public async Task EndpointThatNeverAnswers_DelaysNobody()
    {
        await using var desk = await DeskAsync();
        await desk.ListenAsync(WebhookDialect.Sequences, "https://dead.test/");
        await desk.HappenAsync(100);
        await desk.ListenAsync(WebhookDialect.Sequences, "https://alive.test/");
        await desk.HappenAsync(10);
        var never = new TaskCompletionSource<Answer<PostReply>>();
        desk.Posts.Answers = p => p.Url.Host == "dead.test" ? never.Task : Task.FromResult<Answer<PostReply>>(new PostReply(200, "", null));

        var hanging = new List<Task>();
        while (Alive() < 10) await Task.WhenAny(Task.WhenAll(Follow(await desk.Engine.Get<Courier>().BeginAsync(default))), Task.Delay(5));
        Assert.Equal(CourierRoom.MostOfOne, desk.Posts.Sent.Count - Alive());
        never.SetResult(new PostReply(204, "", null));
        await Task.WhenAll(hanging);

        int Alive() => desk.Posts.Sent.Count(p => p.Url.Host == "alive.test");
        IReadOnlyList<Task> Follow((IReadOnlyList<Task> Begun, DateTimeOffset? Next) came)
        {
            hanging.AddRange(came.Begun);
            return came.Begun;
        }
    }

    [Fact]
    public async Task Sandbox_KeepsWhatWouldGoOut()
    {
        await using var desk = await DeskAsync();
        var made = await desk.ListenAsync(WebhookDialect.Sequences, caller: WebhookDesk.InSandbox);
        await desk.HappenAsync();
        Assert.Empty(await desk.DeliveriesAsync()); // what happens in the other environment is not for it
        await desk.HappenAsync(1, WebhookDesk.InSandbox.Tenant);
        await desk.SendAsync();
        var tried = (await desk.Engine.Get<TestEndpoint>().RunAsync(WebhookDesk.InSandbox, made.Facts.Id)).Value!;

        Assert.Equal((DeliveryState.Captured, null), (tried.State, tried.StatusCode));
        Assert.Empty(desk.Posts.Sent);
        var kept = (await desk.Engine.Get<ListDeliveries>().RunAsync(WebhookDesk.InSandbox, made.Facts.Id)).Value!;
        Assert.Equal(["webhook.test", "workflow.updated"], kept.Items.Select(d => d.Event));
        Assert.All(kept.Items, d => Assert.Equal((DeliveryState.Captured, 0), (d.State, d.Tries)));
        var resent = await desk.Engine.Get<ResendDelivery>().RunAsync(WebhookDesk.InSandbox, kept.Items[1].Id);
        Assert.Equal("captured", resent.Problem?.Code);
    }

    [Fact]
    public async Task TestOfADraft_IsToldToNobody()
    {
        await using var desk = await DeskAsync(ScriptedNode.Echo());
        await desk.ListenAsync();
        await desk.ListenAsync(caller: WebhookDesk.InSandbox);
        var serial = await desk.Engine.PublishAsync(Flows.Of("trigger > a:echo"));
        desk.Engine.Pump();
        var id = (await desk.Engine.Runs.StartAsync(new()
        {
            Tenant = EngineHarness.Tenant, VersionSerial = serial, Payload = JsonElement.Parse("{}"), Cause = "manual", IsTest = true,
        })).RunId;
        await desk.Engine.UntilAsync(id, RunStatus.Done);
        Assert.Empty(await desk.DeliveriesAsync());
    }

    [Fact]
    public async Task EndpointThatIsGone_IsHeardOfNoMore()
    {
        await using var desk = await DeskAsync();
        var (first, second) = (await desk.ListenAsync(WebhookDialect.Sequences), await desk.ListenAsync(WebhookDialect.Sequences));
        await desk.HappenAsync();
        Assert.True((await desk.Engine.Get<RemoveEndpoint>().RunAsync(WebhookDesk.Owner, first.Facts.Id)).Ok);
        await desk.Engine.Get<ChangeEndpoint>().RunAsync(WebhookDesk.Owner, second.Facts.Id, new EndpointChange(IsOn: false));
        await desk.HappenAsync();
        await desk.SendAsync();

        Assert.Empty(desk.Posts.Sent);
        var left = Assert.Single(await desk.DeliveriesAsync());
        Assert.Equal((second.Facts.Id, DeliveryState.GivenUp), (left.EndpointId, left.State));
    }

    [Fact]
    public async Task Kill_BetweenTheCommitAndTheDelivery_LosesNothing()
    {
        await using var desk = await DeskAsync();
        await desk.ListenAsync(WebhookDialect.Sequences);
        await desk.HappenAsync();

        await using var after = desk.Restart();
        await after.SendAsync();
        Assert.Single(after.Posts.Sent);
    }

    [Fact]
    public async Task DeliveryForAnEndpointThatIsGone_IsDropped()
    {
        await using var desk = await DeskAsync();
        await using var command = desk.Restart();
        var made = await desk.ListenAsync(WebhookDialect.Sequences);
        await desk.HappenAsync();
        await command.Engine.Get<RemoveEndpoint>().RunAsync(WebhookDesk.Owner, made.Facts.Id);
        await desk.HappenAsync(); // this process has not heard of it yet
        Assert.Single(await desk.DeliveriesAsync());
        Assert.Equal(1, await desk.Engine.Get<Courier>().RunOnceAsync(default));
        Assert.Empty(await desk.DeliveriesAsync());
        Assert.Empty(desk.Posts.Sent);
    }

    private static Task<WebhookDesk> DeskAsync(params Engine.Nodes.NodeType[] types) => WebhookDesk.CreateAsync(TestStore.Sqlite, types);
}
