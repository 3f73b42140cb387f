using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Components.Runs.Desk;
using WorkflowStudio.Tests.Support;
using PlanSource = WorkflowStudio.Engine.Runtime.Plans.PlanSource;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class RunPageTests : BunitContext, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    // some services of pages can only be closed asynchronously
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Page_AfterAFlood_ShowsTheNewestLinesAndTheRestWhenAsked()
    {
        await using var store = await WatchedFixture.CreateAsync(6_000);
        var page = Page(store);
        await store.FloodAsync();
        page.WaitForAssertion(() => Assert.Contains("Line 6000", page.Markup, StringComparison.Ordinal), EngineHarness.Patience);
        Assert.InRange(page.FindAll("[role=log] .line").Count, 1, 300);
        while (page.FindAll(".older") is [var earlier, ..]) await earlier.ClickAsync(new());
        Assert.Equal(Enumerable.Range(1, 6_000).Select(i => $"Line {i}"), page.FindAll("[role=log] .text")
            .Select(l => l.GetAttribute("title")!).Where(l => l.StartsWith("Line", StringComparison.Ordinal)));

        await store.TellAsync(new RunEvent.RunCanceled("Dana"));
        page.WaitForAssertion(
            () => Assert.Contains("Canceled", page.Find("[role=status]").TextContent, StringComparison.Ordinal), EngineHarness.Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Page_OfADatabaseThatAnswersLate_IsLiveOnceTheRunIsThere_AndAfterTheNextRun()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        var next = await store.Harness.RunAsync(Flows.Of("trigger > a:echo"));
        var late = new LateContexts(store.Harness.Get<IDbContextFactory<StudioDbContext>>());
        var history = new RunHistory(late, store.Harness.Get<IReadConnections>());
        var page = Page(store, new WatchRun(store.Harness.Feed, new RunViews(history, store.Harness.Get<PlanSource>()),
            store.Harness.RunAccess(history)));
        Assert.NotEmpty(page.FindAll(".ws-skeleton"));

        late.Answer();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ws-skeleton")), EngineHarness.Patience);
        await store.TellAsync(new RunEvent.RunCanceled("Dana"));
        page.WaitForAssertion(() => Assert.Contains("Canceled", page.Find("header [role=status]").TextContent, StringComparison.Ordinal),
            EngineHarness.Patience);

        late.Hold();
        page.Render(p => p.Add(c => c.Key, ShownId.Run(next)));
        Assert.NotEmpty(page.FindAll(".ws-skeleton"));
        late.Answer();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ws-skeleton")), EngineHarness.Patience);
        await store.TellAsync(next, new RunEvent.RunCanceled("Dana"));
        page.WaitForAssertion(() => Assert.Contains("Canceled", page.Find("header [role=status]").TextContent, StringComparison.Ordinal),
            EngineHarness.Patience);
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Log_ThatIsPaused_GoesOnWithAnotherRun()
    {
        await using var store = await WatchedFixture.CreateAsync(1);
        var next = await store.Harness.RunAsync(Flows.Of("trigger > a:echo"));
        var page = Page(store);
        await page.Find("[aria-label='Pause the log']").ClickAsync(new());
        Assert.NotEmpty(page.FindAll("[aria-label='Go on with the log']"));

        page.Render(p => p.Add(c => c.Key, ShownId.Run(next)));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-label='Pause the log']")), EngineHarness.Patience);
        await DisposeComponentsAsync();
    }

    private IRenderedComponent<RunPage> Page(WatchedFixture store, WatchRun? watch = null)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var desks = RunDeskTests.Desks(store, watch);
        Services.AddScoped<TabConnection>().AddSingleton(desks).AddSingleton(desks.Approvals)
            .AddSingleton<TimeProvider>(store.Harness.Clock);
        Services.AddSingleton(store.Harness.Get<NodeCatalog>()).AddScoped<BrowserStore>().AddScoped<StudioTheme>().AddMudServices();
        var session = new StudioSession(
            new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Owner },
            new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", store.Harness.Clock));
        return Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session)
            .AddChildContent<RunPage>(r => r.Add(c => c.Key, ShownId.Run(store.Run)))).FindComponent<RunPage>();
    }

    /// <summary>A database that answers when it is told to, as one does that is not in the same process.</summary>
    private sealed class LateContexts(IDbContextFactory<StudioDbContext> contexts) : IDbContextFactory<StudioDbContext>
    {
        private TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Hold() => answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Answer() => answer.TrySetResult();

        public StudioDbContext CreateDbContext() => throw new NotSupportedException();

        public async Task<StudioDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            await answer.Task.WaitAsync(cancellationToken);
            return await contexts.CreateDbContextAsync(cancellationToken);
        }
    }
}
