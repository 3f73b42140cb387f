using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Tests.Support;

/// <summary>The real engine on a database of its own, with a clock that the test moves. The pumps run without Quartz.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    /// <summary>How long a test waits for what has to come; only a test that fails waits as long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestDatabase data;
    private readonly bool ownsData;
    private readonly NodeType[] types;
    private readonly Action<IServiceCollection>? more;
    private readonly ServiceProvider services;
    private readonly CancellationTokenSource stopping = new();
    private Task pumping = Task.CompletedTask;

    private EngineHarness(TestDatabase data, bool ownsData, ShiftedClock clock, NodeType[] types, Action<IServiceCollection>? more = null)
    {
        (this.data, this.ownsData, Clock, this.types, this.more) = (data, ownsData, clock, types, more);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddStudioStorage(data.Open());
        foreach (var type in types) collection.AddSingleton(type);
        collection.AddSingleton<NodeCatalog>();
        collection.AddSingleton(new NodeLimits { Farewell = TimeSpan.FromMilliseconds(100) });
        collection.AddStudioEngine();
        more?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public static Tenant Tenant { get; } = new(Guid.Parse("11111111-1111-7111-8111-111111111111"), StudioEnvironment.Live);

    public ShiftedClock Clock { get; }

    public RunService Runs => services.GetRequiredService<RunService>();

    public RunFeed Feed => services.GetRequiredService<RunFeed>();

    public RunViews Views => services.GetRequiredService<RunViews>();

    public IStudioWriter Writer => services.GetRequiredService<IStudioWriter>();

    public IJournal Journal => services.GetRequiredService<IJournal>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>A SQLite store with its tables and one workspace; the pumps do not run yet.</summary>
    public static Task<EngineHarness> CreateAsync(params NodeType[] types) => CreateAsync(TestStore.Sqlite, types);

    /// <summary>The same with further services, for step types that need them.</summary>
    public static Task<EngineHarness> CreateAsync(Action<IServiceCollection> more) => CreateAsync(TestStore.Sqlite, [], more);

    /// <summary>The same over a store of any kind.</summary>
    public static async Task<EngineHarness> CreateAsync(TestStore store, NodeType[] types, Action<IServiceCollection>? more = null)
    {
        var harness = new EngineHarness(await store.NewAsync(), ownsData: true, new ShiftedClock(), types, more);
        await using var db = harness.Get<StudioDatabase>().ContextForMigrations();
        db.Workspaces.Add(new WorkspaceRow { Id = Tenant.WorkspaceId, Slug = "test", Name = "Test practice", TimeZone = "UTC" });
        await db.SaveChangesAsync();
        return harness;
    }

    /// <summary>A harness whose pumps run.</summary>
    public static Task<EngineHarness> StartAsync(params NodeType[] types) => StartAsync(TestStore.Sqlite, types);

    /// <summary>The same over a store of any kind.</summary>
    public static async Task<EngineHarness> StartAsync(TestStore store, NodeType[] types)
    {
        var harness = await CreateAsync(store, types);
        harness.Pump();
        return harness;
    }

    /// <summary>A second engine on the same data, as after a restart, with its pumps running.</summary>
    public EngineHarness Restart(params NodeType[] types)
    {
        var next = new EngineHarness(data, ownsData: false, Clock, types, more);
        next.Pump();
        return next;
    }

    /// <summary>A second node on the same data, whose pumps do not run; null for a database that only one node may use.</summary>
    public EngineHarness? Beside() => Get<StudioDatabase>().IsShared ? new EngineHarness(data, ownsData: false, Clock, types, more) : null;

    /// <summary>Lets the pumps run.</summary>
    public void Pump()
    {
        var pumps = services.GetRequiredService<ShardPumps>();
        pumping = Task.WhenAll(Enumerable.Range(0, RunBell.Shards)
            .Select(shard => Task.Run(() => pumps.RunTermAsync(shard, stopping.Token))));
    }

    /// <summary>Stops the pumps.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await pumping;
    }

    /// <summary>Publishes a definition.</summary>
    public async Task<long> PublishAsync(WorkflowDefinition definition)
    {
        var ids = services.GetRequiredService<IdFactory>();
        return await Writer.WriteAsync(w =>
        {
            var workflow = new WorkflowRow
            {
                Id = ids.New(), WorkspaceId = Tenant.WorkspaceId, Name = "Test flow", Slug = ids.New().ToString("N"), Origin = "studio",
                TriggerType = "manual", Status = WorkflowStatus.Active,
            };
            var version = new WorkflowVersionRow
            { WorkflowId = workflow.Id, Number = 1, Definition = StoredDefinitions.Text(definition), EditorState = "{}" };
            w.Db.Add(workflow);
            w.Db.Add(version);
            w.Db.SaveChanges();
            workflow.ActiveSerial = version.Serial;
            return version.Serial;
        });
    }

    /// <summary>Publishes a definition and starts a run of it.</summary>
    public async Task<Guid> RunAsync(WorkflowDefinition definition, string payload = "{}") =>
        await StartRunAsync(await PublishAsync(definition), payload);

    public async Task<Guid> StartRunAsync(long version, string payload = "{}") =>
        (await Runs.StartAsync(new StartRunRequest
        { Tenant = Tenant, VersionSerial = version, Payload = JsonElement.Parse(payload), Cause = "manual" })).RunId;

    /// <summary>Waits until a run has a status, and reads it.</summary>
    public async Task<RunView> UntilAsync(Guid runId, params RunStatus[] statuses)
    {
        var until = Environment.TickCount64 + Patience.TotalMilliseconds;
        while (true)
        {
            var view = await Views.ReadAsync(Tenant, runId, CancellationToken.None)
                ?? throw new InvalidOperationException("There is no such run.");
            if (statuses.Contains(view.Header.Status)) return view;
            if (Environment.TickCount64 > until)
                throw new TimeoutException($"The run is {view.Header.Status}, not {string.Join(" or ", statuses)}. Journal: "
                    + $"{string.Join("; ", view.Entries.Select(e => e.Event))}");
            await Task.Delay(10);
        }
    }

    /// <summary>How many steps of a run wait, as the database knows it.</summary>
    public async Task<int> CountWaitsAsync(Guid runId)
    {
        await using var db = await Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await db.RunWaits.CountAsync(w => w.RunId == runId);
    }

    /// <summary>How many requests lie in a run's inbox.</summary>
    public int InboxCount(Guid runId)
    {
        using var db = Get<IDbContextFactory<StudioDbContext>>().CreateDbContext();
        return db.RunInbox.Count(i => i.RunId == runId);
    }

    /// <summary>The one run that a run has started.</summary>
    public async Task<Guid> ChildOfAsync(Guid runId)
    {
        await using var db = await Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await db.Runs.Where(r => r.ParentId == runId).Select(r => r.Id).SingleAsync();
    }

    /// <summary>Waits until something holds.</summary>
    public Task EventuallyAsync(Func<bool> holds) => EventuallyAsync(() => Task.FromResult(holds()));

    /// <summary>Waits until something holds that has to be read first.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var until = Environment.TickCount64 + Patience.TotalMilliseconds; !await holds(); await Task.Delay(10))
            if (Environment.TickCount64 > until) throw new TimeoutException("It never came to hold.");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
        stopping.Dispose();
        if (ownsData) await data.DisposeAsync();
    }
}

/// <summary>The machine's clock, moved forward by what the test says.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long shift;

    public void Advance(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shift));
}
