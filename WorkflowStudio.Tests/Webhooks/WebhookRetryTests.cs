using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>What becomes of deliveries that do not arrive.</summary>
public sealed class WebhookRetryTests : IAsyncLifetime
{
    private WebhookDesk desk = null!;
    private Guid endpoint;

    public async Task InitializeAsync()
    {
        desk = await WebhookDesk.CreateAsync(TestStore.Sqlite);
        endpoint = (await desk.ListenAsync(WebhookDialect.Sequences)).Facts.Id;
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 300)]
    [InlineData(3, 1_800)]
    [InlineData(4, 7_200)]
    [InlineData(5, 18_000)]
    [InlineData(6, 36_000)]
    [InlineData(7, 50_400)]
    [InlineData(8, 72_000)]
    [InlineData(9, 86_400)]
    public void After_Tries_WaitsLongerEachTime(int tries, int seconds)
    {
        Assert.Equal(seconds, RetrySchedule.After(tries, null, 0)!.Value.TotalSeconds);
        Assert.Equal(seconds * 1.1, RetrySchedule.After(tries, null, 1)!.Value.TotalSeconds, 3);
        Assert.Equal(Math.Max(seconds, 600), RetrySchedule.After(tries, TimeSpan.FromMinutes(10), 0)!.Value.TotalSeconds);
        Assert.Equal(86_400, RetrySchedule.After(tries, TimeSpan.FromDays(9), 0)!.Value.TotalSeconds);
        Assert.Null(RetrySchedule.After(RetrySchedule.Tries, null, 0));
    }

    [Fact]
    public async Task NothingArrives_TenTriesAreMade_ThenItIsGivenUp()
    {
        desk.Posts.Answer(500, text: "no");
        await desk.HappenAsync();
        await desk.SendAsync();
        for (var tries = 1; tries < RetrySchedule.Tries; tries++)
        {
            Assert.Equal((DeliveryState.Pending, tries, 500, "no"), Shown(await OnlyAsync()));
            Assert.Equal(tries, desk.Posts.Sent.Count);
            await AdvanceToNextAsync();
            await desk.SendAsync();
        }

        Assert.Equal((DeliveryState.GivenUp, 10, 500, "no"), Shown(await OnlyAsync()));
        Assert.Single(desk.Posts.Ids.Distinct());
        Assert.True(desk.Posts.Sent.Select(p => p.Headers["webhook-timestamp"]).Distinct().Count() > 8); // signed anew each time
        Assert.NotNull((await desk.EndpointAsync(endpoint)).FailingSince);

        desk.Posts.Answer(200);
        Assert.True((await desk.Engine.Get<ResendDelivery>().RunAsync(WebhookDesk.Owner, (await OnlyAsync()).Id)).Ok);
        await desk.SendAsync();
        Assert.Equal((DeliveryState.Delivered, 1, 200, ""), Shown(await OnlyAsync()));
        Assert.Null((await desk.EndpointAsync(endpoint)).FailingSince);
    }

    [Fact]
    public async Task RetryAfter_IsHonoured()
    {
        desk.Posts.Answer(503, TimeSpan.FromMinutes(10));
        await desk.HappenAsync();
        await desk.SendAsync();
        desk.Engine.Clock.Advance(TimeSpan.FromMinutes(9));
        await desk.SendAsync();
        Assert.Single(desk.Posts.Sent);
        desk.Engine.Clock.Advance(TimeSpan.FromMinutes(2));
        await desk.SendAsync();
        Assert.Equal(2, desk.Posts.Sent.Count);
    }

    [Fact]
    public async Task Gone_TurnsTheEndpointOff()
    {
        desk.Posts.Answer(410);
        await desk.HappenAsync();
        await desk.SendAsync();
        await desk.HappenAsync();

        Assert.Equal((DeliveryState.GivenUp, 1, 410, ""), Shown(await OnlyAsync()));
        var facts = await desk.EndpointAsync(endpoint);
        Assert.Equal((false, "It answered 410: it wants nothing more."), (facts.IsOn, facts.OffReason));
        var resent = await desk.Engine.Get<ResendDelivery>().RunAsync(WebhookDesk.Owner, (await OnlyAsync()).Id);
        Assert.Equal("endpoint_off", resent.Problem?.Code);
        var on = (await desk.Engine.Get<ChangeEndpoint>().RunAsync(WebhookDesk.Owner, endpoint, new EndpointChange(IsOn: true))).Value!;
        Assert.Equal((true, null, null), (on.IsOn, on.OffReason, on.FailingSince));
    }

    [Fact]
    public async Task FiveDaysOfFailures_TurnTheEndpointOff()
    {
        desk.Posts.Answers = _ => Task.FromResult<Answer<PostReply>>(new ConnectorProblem("timeout", "It did not answer.", true));
        await desk.HappenAsync();
        await desk.SendAsync();
        desk.Engine.Clock.Advance(DeliveryBook.Patience - TimeSpan.FromMinutes(1));
        await desk.HappenAsync();
        await desk.SendAsync();
        Assert.True((await desk.EndpointAsync(endpoint)).IsOn);
        desk.Engine.Clock.Advance(TimeSpan.FromMinutes(2));
        await desk.HappenAsync();
        await desk.SendAsync();

        var facts = await desk.EndpointAsync(endpoint);
        Assert.False(facts.IsOn);
        Assert.Contains("turned off after 5 days. The last failure: It did not answer.", facts.OffReason, StringComparison.Ordinal);
        await desk.SendAsync();
        Assert.All(
            await desk.DeliveriesAsync(),
            d => Assert.True(d.State == DeliveryState.GivenUp || d.NextTryAt > desk.Engine.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Redirect_IsAFailureThatSaysWhatToDo()
    {
        desk.Posts.Answer(302);
        await desk.HappenAsync();
        await desk.SendAsync();
        Assert.Equal("a.test answered 302, which leads elsewhere. Deliveries follow no redirect: change the endpoint's address.",
            (await OnlyAsync()).LastProblem);
    }

    [Fact]
    public async Task Deliveries_AreKeptForThirtyDays()
    {
        await desk.HappenAsync();
        await desk.SendAsync();
        desk.Engine.Clock.Advance(TimeSpan.FromDays(29));
        await desk.Engine.Get<Housekeeping>().RunOnceAsync(default);
        Assert.Single(await desk.DeliveriesAsync());
        desk.Engine.Clock.Advance(TimeSpan.FromDays(2));
        await desk.Engine.Get<Housekeeping>().RunOnceAsync(default);
        Assert.Empty(await desk.DeliveriesAsync());
    }

    [Fact]
    public async Task Courier_ByItself_SendsWhatComes_AndEndsInOrder()
    {
        var courier = desk.Engine.Get<Courier>();
        await courier.StartAsync(default);
        await desk.HappenAsync(3);
        await desk.Engine.EventuallyAsync(async () => (await desk.DeliveriesAsync()).All(d => d.State == DeliveryState.Delivered));
        await courier.StopAsync(default);
        await desk.HappenAsync();

        Assert.True(courier.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(3, desk.Posts.Sent.Count);
    }

    private static (DeliveryState State, int Tries, int? Status, string? Answer) Shown(DeliveryRow row) =>
        (row.State, row.Tries, row.LastStatus, row.LastAnswer);

    private async Task<DeliveryRow> OnlyAsync() => Assert.Single(await desk.DeliveriesAsync());

    private async Task AdvanceToNextAsync() =>
        desk.Engine.Clock.Advance((await OnlyAsync()).NextTryAt!.Value - desk.Engine.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));
}
