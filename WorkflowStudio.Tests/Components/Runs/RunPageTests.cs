using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class RunPageTests : BunitContext, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    // some services of pages can only be closed asynchronously
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Page_AfterAFlood_ShowsTheGapAndIsWholeAfterAReload()
    {
        await using var store = await WatchedFixture.CreateAsync(6_000);
        var page = Page(store);
        Assert.Empty(page.FindAll(".gap"));

        await store.FloodAsync();
        page.WaitForAssertion(() => Assert.Contains("lines are missing below", page.Find(".gap").TextContent, StringComparison.Ordinal), EngineHarness.Patience);
        Assert.DoesNotContain("Line 6000", page.Markup, StringComparison.Ordinal);

        await page.Find(".gap button").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Line 6000", page.Markup, StringComparison.Ordinal), EngineHarness.Patience);
        Assert.Empty(page.FindAll(".gap"));

        await store.TellAsync(new RunEvent.RunCanceled("Dana"));
        page.WaitForAssertion(() => Assert.Contains("Canceled", page.Find("[role=status]").TextContent, StringComparison.Ordinal), EngineHarness.Patience);
        await DisposeComponentsAsync();
    }

    private IRenderedComponent<RunPage> Page(WatchedFixture store)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(store.Harness.Clock).AddSingleton(new WatchRun(store.Harness.Feed, store.Harness.Views, store.History)).AddSingleton(new ControlRun(store.Harness.Runs, store.History, store.Harness.Views));
        Services.AddSingleton(Operations.Runs.RunOperationTests.Repeat(store.Harness));
        Services.AddSingleton(store.Harness.Get<NodeCatalog>()).AddScoped<BrowserStore>().AddRadzenComponents();
        var session = new StudioSession(
            new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Owner }, new WorkspaceFacts("Test practice", "UTC", true), new StudioFormat("UTC", store.Harness.Clock));
        return Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session).AddChildContent<RunPage>(r => r.Add(c => c.Key, ShownId.Run(store.Run)))).FindComponent<RunPage>();
    }
}
