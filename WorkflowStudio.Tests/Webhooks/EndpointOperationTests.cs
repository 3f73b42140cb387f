using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Webhooks;

public sealed class EndpointOperationTests : IAsyncLifetime
{
    private static readonly Caller Owner = WebhookDesk.Owner;

    private WebhookDesk desk = null!;

    public async Task InitializeAsync() => desk = await WebhookDesk.CreateAsync(TestStore.Sqlite, ScriptedNode.Echo());

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Create_KeepsTheSecretEncrypted_AndShowsItOnce()
    {
        var made = await desk.ListenAsync();
        await using var db = await desk.Engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var row = await db.Set<EndpointRow>().SingleAsync();
        Assert.Equal(new FakeProtector().Protect(made.Secret), row.ProtectedSecret);
        var shown = (await desk.Engine.Get<ListEndpoints>().RunAsync(Owner)).Value!.Single();
        Assert.Equal(
            (made.Facts.Id, "https://a.test/hooks", WebhookDialect.Services, true), (shown.Id, shown.Address, shown.Dialect, shown.IsOn));
        Assert.Equal(made.Facts.Events, shown.Events);
    }

    [Fact]
    public async Task Create_ThatIsWrong_NamesEachField()
    {
        var wrong = Assert.IsType<OperationProblem.Invalid>((await desk.Engine.Get<CreateEndpoint>().RunAsync(Owner,
            new NewEndpoint(WebhookDialect.Blocks, "http://10.0.0.1", ["nothing"]) { Description = new string('a', 501) })).Problem);
        Assert.Equal(["url", "description", "events"], wrong.Problems.Select(p => p.Path));
        var foreign = Assert.IsType<OperationProblem.Invalid>((await desk.Engine.Get<CreateEndpoint>().RunAsync(Owner,
            new NewEndpoint(WebhookDialect.Blocks, "https://a.test", ["workflow.run.failed"]) { WorkflowId = Guid.Empty })).Problem);
        Assert.Equal("workflow_id", Assert.Single(foreign.Problems).Path);
    }

    [Fact]
    public async Task Create_BeyondFifty_IsRefused_EachEnvironmentByItself()
    {
        for (var i = 0; i < EndpointRules.Most; i++) await desk.ListenAsync();
        var refused = await desk.Engine.Get<CreateEndpoint>().RunAsync(
            Owner, new NewEndpoint(WebhookDialect.Blocks, "https://a.test", ["workflow.run.failed"]));
        Assert.Equal("too_many_endpoints", refused.Problem?.Code);
        await desk.ListenAsync(caller: WebhookDesk.InSandbox);
    }

    [Fact]
    public async Task Endpoint_OfAnother_IsNotThere()
    {
        var id = (await desk.ListenAsync()).Facts.Id;
        await desk.HappenAsync();
        foreach (var stranger in new[] { WebhookDesk.InSandbox, Owner with { Tenant = new Tenant(Guid.Empty, StudioEnvironment.Live) } })
        {
            Assert.Empty((await desk.Engine.Get<ListEndpoints>().RunAsync(stranger)).Value!);
            Assert.All(await EachAsync(stranger, id), p => Assert.Equal("not_found", p?.Code));
        }
    }

    [Fact]
    public async Task Everything_NeedsToManageWebhooks()
    {
        var id = (await desk.ListenAsync()).Facts.Id;
        var key = Owner with { Role = null, Scopes = new HashSet<string>(Scopes.All.Except(["service.workflows.webhooks.manage"])) };
        Assert.All(
            await EachAsync(key, id), p => Assert.Equal("service.workflows.webhooks.manage", (p as OperationProblem.Forbidden)?.Scope));
    }

    [Fact]
    public async Task Change_TakesWhatIsNamed_AndBitesAtOnce()
    {
        var made = await desk.ListenAsync(WebhookDialect.Sequences);
        await desk.HappenAsync();
        var changed = (await desk.Engine.Get<ChangeEndpoint>().RunAsync(
            Owner, made.Facts.Id, new EndpointChange(Events: ["workflow.deleted"], Description: "Desk"))).Value!;
        await desk.HappenAsync();

        Assert.Equal(("https://a.test/hooks", "Desk", true), (changed.Address, changed.Description, changed.IsOn));
        Assert.Equal(["workflow.deleted"], changed.Events);
        Assert.Single(await desk.DeliveriesAsync());
    }

    [Fact]
    public async Task Rotate_SignsWithBoth_UntilTheOldOneEnds()
    {
        var made = await desk.ListenAsync();
        var rotated = (await desk.Engine.Get<RotateSecret>().RunAsync(Owner, made.Facts.Id, RotateSecret.Overlap)).Value!;
        Assert.NotEqual(made.Secret, rotated.Secret);
        Assert.Equal([rotated.Secret, made.Secret], await SignersAsync(made.Facts.Id, rotated.Secret, made.Secret));
        desk.Engine.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal([rotated.Secret], await SignersAsync(made.Facts.Id, rotated.Secret, made.Secret));
        var last = (await desk.Engine.Get<RotateSecret>().RunAsync(Owner, made.Facts.Id, TimeSpan.Zero)).Value!;
        Assert.Equal([last.Secret], await SignersAsync(made.Facts.Id, last.Secret, rotated.Secret, made.Secret));
    }

    [Fact]
    public async Task Test_SendsAtOnce_AndIsKept()
    {
        var id = (await desk.ListenAsync()).Facts.Id;
        var arrived = (await desk.Engine.Get<TestEndpoint>().RunAsync(Owner, id)).Value!;
        desk.Posts.Answer(404, text: "who?");
        var failed = (await desk.Engine.Get<TestEndpoint>().RunAsync(Owner, id)).Value!;

        Assert.Equal((DeliveryState.Delivered, 204, null), (arrived.State, arrived.StatusCode, arrived.Problem));
        Assert.Equal((DeliveryState.GivenUp, 404, "a.test answered 404.", "who?"),
            (failed.State, failed.StatusCode, failed.Problem, failed.Answer));
        var log = (await desk.Engine.Get<ListDeliveries>().RunAsync(Owner, id)).Value!;
        Assert.Equal([failed.Id, arrived.Id], log.Items.Select(d => d.Id));
    }

    [Fact]
    public async Task Deliveries_ArePagedAndFiltered()
    {
        var id = (await desk.ListenAsync(WebhookDialect.Sequences)).Facts.Id;
        await desk.HappenAsync(5);
        await desk.SendAsync();
        await desk.HappenAsync(2);
        var list = desk.Engine.Get<ListDeliveries>();
        var (seen, next) = (new List<Guid>(), (Guid?)null);
        do
        {
            var page = (await list.RunAsync(Owner, id, null, next, 3)).Value!;
            seen.AddRange(page.Items.Select(d => d.Id));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal((await desk.DeliveriesAsync()).Select(d => d.Id).OrderDescending(), seen);
        Assert.Equal(2, (await list.RunAsync(Owner, id, DeliveryState.Pending)).Value!.Items.Count);
        Assert.Equal(5, (await list.RunAsync(Owner, id, DeliveryState.Delivered)).Value!.Items.Count);
    }

    [Fact]
    public async Task Workflow_IsToldOfThroughItsLife()
    {
        await desk.ListenAsync(WebhookDialect.Sequences);
        var draft = NewWorkflow.Draft("Intake") with { Definition = Flows.Of("trigger > a:echo") };
        var made = (await desk.Engine.Get<CreateWorkflow>().RunAsync(Owner, draft)).Value!;
        Assert.True((await desk.Engine.Get<PublishWorkflow>().RunAsync(Owner, made.Id, 1)).Ok);
        await desk.Engine.Get<RenameWorkflow>().RunAsync(Owner, made.Id, "Booking", "");
        await desk.Engine.Get<SetWorkflowStatus>().RunAsync(Owner, made.Id, on: false);
        await desk.Engine.Get<DeleteWorkflow>().RunAsync(Owner, made.Id);
        var untouched = (await desk.Engine.Get<CreateWorkflow>().RunAsync(Owner, NewWorkflow.Draft("Looked"))).Value!;
        await desk.Engine.Get<DiscardUntouched>().RunAsync(Owner, untouched.Id);

        Assert.Equal(
            ["workflow.created Intake", "workflow.updated Intake", "workflow.updated Booking", "workflow.updated Booking",
                "workflow.deleted Booking", "workflow.created Looked", "workflow.deleted Looked"],
            (await desk.DeliveriesAsync()).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Select(d => $"{d.Event} {d.WorkflowName}"));
    }

    // which of these secrets the next delivery is signed with
    private async Task<List<string>> SignersAsync(Guid id, params string[] secrets)
    {
        await desk.Engine.Get<TestEndpoint>().RunAsync(Owner, id);
        var sent = desk.Posts.Sent[^1];
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(sent.Headers["webhook-timestamp"], null));
        var standard = sent.Headers["webhook-signature"].Split(' ');
        List<string> signers = [.. secrets.Where(s => standard.Contains(WebhookSigning.Headers(
            WebhookDialect.Services, sent.Headers["webhook-id"], at, sent.Body, [s])["webhook-signature"]))];
        Assert.Equal(standard.Length, signers.Count);
        Assert.Equal(signers.Count, sent.Headers["Softsolz-Signature"].Split("v1=").Length - 1);
        return signers;
    }

    private async Task<List<OperationProblem?>> EachAsync(Caller caller, Guid id) =>
    [
        (await desk.Engine.Get<GetEndpoint>().RunAsync(caller, id)).Problem,
        (await desk.Engine.Get<ChangeEndpoint>().RunAsync(caller, id, new EndpointChange(IsOn: false))).Problem,
        (await desk.Engine.Get<RemoveEndpoint>().RunAsync(caller, id)).Problem,
        (await desk.Engine.Get<RotateSecret>().RunAsync(caller, id, TimeSpan.Zero)).Problem,
        (await desk.Engine.Get<TestEndpoint>().RunAsync(caller, id)).Problem,
        (await desk.Engine.Get<ListDeliveries>().RunAsync(caller, id)).Problem,
        (await desk.Engine.Get<ResendDelivery>().RunAsync(caller, id)).Problem,
    ];
}
