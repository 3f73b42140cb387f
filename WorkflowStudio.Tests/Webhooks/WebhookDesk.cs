using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>An engine whose events go out to a fake other side, and an owner who has endpoints.</summary>
internal sealed class WebhookDesk(EngineHarness engine, FakePosts posts) : IAsyncDisposable
{
    public EngineHarness Engine => engine;

    public FakePosts Posts => posts;

    public static Caller Owner { get; } = new() { Tenant = EngineHarness.Tenant, Name = "Ada", Role = WorkspaceRole.Owner };

    public static Caller InSandbox { get; } = Owner with { Tenant = Owner.Sandbox };

    public static async Task<WebhookDesk> CreateAsync(TestStore store, params NodeType[] types)
    {
        var posts = new FakePosts();
        return new WebhookDesk(await EngineHarness.CreateAsync(store, types, services => Add(services, posts)), posts);
    }

    /// <summary>The same data under a new process; the former goes on as far as it can.</summary>
    public WebhookDesk Restart(params NodeType[] types) => new(engine.Restart(types), posts);

    /// <summary>Another node on the same data.</summary>
    public WebhookDesk? Beside() => engine.Beside() is { } other ? new WebhookDesk(other, posts) : null;

    public async Task<CreatedEndpoint> ListenAsync(
        WebhookDialect dialect = WebhookDialect.Services, string address = "https://a.test/hooks", Guid? workflow = null,
        Caller? caller = null, params string[] events)
    {
        var made = await engine.Get<CreateEndpoint>().RunAsync(caller ?? Owner,
            new NewEndpoint(dialect, address, events.Length == 0 ? WebhookEvents.Of(dialect) : events) { WorkflowId = workflow });
        Assert.True(made.Ok, made.Problem?.Message);
        return made.Value;
    }

    /// <summary>Sends all that is due until nothing is.</summary>
    public async Task SendAsync()
    {
        while (await engine.Get<Courier>().RunOnceAsync(default) > 0)
        {
            // each look takes a few of an endpoint
        }
    }

    public async Task<List<DeliveryRow>> DeliveriesAsync()
    {
        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await db.Set<DeliveryRow>().AsNoTracking().OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).ToListAsync();
    }

    public async Task<EndpointFacts> EndpointAsync(Guid id) => (await engine.Get<GetEndpoint>().RunAsync(Owner, id)).Value!;

    /// <summary>Something that happens to nobody's workflow: the quickest cause.</summary>
    public Task HappenAsync(int times = 1, Tenant? tenant = null) => engine.Writer.WriteAsync(write =>
    {
        for (var i = 0; i < times; i++) write.Announce(Workflow(tenant ?? EngineHarness.Tenant), WorkflowChange.Updated);
        return true;
    });

    public Engine.Storage.Rows.WorkflowRow Workflow(Tenant tenant) => new()
    {
        Id = engine.Get<IdFactory>().New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, Name = "Intake",
        Slug = "intake", Origin = "studio", TriggerType = "manual", Status = WorkflowStatus.Active, ActiveNumber = 3,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static void Add(IServiceCollection services, FakePosts posts) => services
        .AddSingleton<ISecretProtector, FakeProtector>().AddSingleton(new StudioAddress("https://studio.example.com"))
        .AddConnectors().AddPractice().AddSingleton<IHttpPosts>(posts).AddWebhooks().AddCourier().AddOperations()
        .AddSingleton<IStepTypes>(p => p.GetRequiredService<NodeCatalog>()).AddSingleton<WorkflowValidator>();
}
