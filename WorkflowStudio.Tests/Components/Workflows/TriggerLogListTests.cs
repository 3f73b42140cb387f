using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Workflows;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Workflows;

public sealed class TriggerLogListTests : BunitContext, IAsyncLifetime
{
    private static readonly Guid Workflow = Guid.Parse("019abcde-0000-7000-8000-000000000001");

    private EngineHarness harness = null!;

    public async Task InitializeAsync()
    {
        harness = await EngineHarness.CreateAsync();
        await harness.Writer.WriteAsync(w => w.Db.Add(new WorkflowRow
        {
            Id = Workflow, WorkspaceId = EngineHarness.Tenant.WorkspaceId, Name = "Gold plans", Slug = "gold", Origin = "studio",
            TriggerType = "event",
        }).Entity.Id);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await harness.DisposeAsync();
    }

    [Fact]
    public void Page_NothingLogged_SaysWhenItFills()
    {
        var page = Page();
        Assert.Contains("Nothing in the trigger log", page.Markup, StringComparison.Ordinal);
        Assert.Contains("When an event arrives", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=search]"));
    }

    [Fact]
    public async Task Page_ValuesFromOutside_AreTextAndTheRunIsALink()
    {
        var run = Guid.Parse("019abcde-0000-7000-8000-000000000002");
        await LogAsync(TriggerOutcome.Started, run, """{"data.plan":"<b>gold</b>","data.n":1,"data.a":true,"data.z":null,"data.y":2}""");
        await LogAsync(TriggerOutcome.Refused, null, """{"data.plan":"bas…"""); // cut off when it was written
        var page = Page();
        // a phone has them below what came
        Assert.Equal(["data.plan", "data.n", "data.a", "data.z", "data.y"], page.FindAll(".ws-wide-only dt").Select(e => e.TextContent));
        Assert.Equal(["""{"data.plan":"bas…""", "\"<b>gold</b>\"", "1", "true", "null", "2"],
            page.FindAll(".ws-wide-only dd").Select(e => e.TextContent));
        Assert.Equal("2 more values", page.Find("summary").TextContent);
        Assert.Equal(StudioUrls.Run(run), page.Find("table a").GetAttribute("href"));
        Assert.Contains("The constraints did not hold", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MoreThanOnePage_GoesOnBehindTheLastLine()
    {
        for (var i = 0; i <= ReadTriggerLog.PageLength; i++)
            await LogAsync(i == 0 ? TriggerOutcome.Started : TriggerOutcome.Refused, null, $$"""{"data.i":{{i}}}""");
        var page = Page();
        Assert.Equal(ReadTriggerLog.PageLength, page.FindAll(".ws-wide-only dd").Count);
        page.FindAll("button").Single(b => b.TextContent.StartsWith("Older", StringComparison.Ordinal)).Click();
        page = Page();
        Assert.Equal("0", Assert.Single(page.FindAll(".ws-wide-only dd")).TextContent);

        Services.GetRequiredService<NavigationManager>().NavigateTo("?outcome=started");
        Assert.Equal("0", Assert.Single(Page().FindAll(".ws-wide-only dd")).TextContent);
        Services.GetRequiredService<NavigationManager>().NavigateTo("?outcome=started&before=1");
        Assert.Contains("No lines match", Page().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_WhoMayNotSeeRuns_SaysSo() =>
        Assert.Contains("could not be loaded", Page(new Caller
        { Tenant = EngineHarness.Tenant, Name = "A key", Scopes = new HashSet<string>() }).Markup, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":1}""", "a=1")]
    [InlineData("{}", "")]
    [InlineData("not JSON", "=not JSON")]
    [InlineData("[1]", "=[1]")]
    public void Seen_WhateverWasStored_IsShown(string detail, string expected) =>
        Assert.Equal(expected, string.Join(';', TriggerLogWords.Seen(detail).Select(s => $"{s.Path}={s.Value}")));

    private Task LogAsync(TriggerOutcome outcome, Guid? run, string detail) => harness.Writer.WriteAsync(w => w.Db.Add(new TriggerLogRow
    {
        WorkspaceId = EngineHarness.Tenant.WorkspaceId, WorkflowId = Workflow, At = harness.Clock.GetUtcNow(), Cause = "event",
        Event = "plan.changed",
        Outcome = outcome, RunId = run, Reason = outcome == TriggerOutcome.Refused ? "constraints" : null, Detail = detail,
    }).Entity.Id);

    private IRenderedComponent<TriggerLogList> Page(Caller? caller = null)
    {
        if (Services.All(s => s.ServiceType != typeof(ReadTriggerLog)))
        {
            JSInterop.Mode = JSRuntimeMode.Loose;
            var contexts = harness.Get<IDbContextFactory<StudioDbContext>>();
            Services.AddSingleton<TimeProvider>(harness.Clock).AddSingleton(new LiveUpdates(new WatchRuns(harness.Feed), harness.Clock));
            Services.AddSingleton(new ReadTriggerLog(new WorkflowStore(contexts), new TriggerLog(contexts),
                harness.WorkflowAccess())).AddMudServices();
        }

        var session = new StudioSession(
            caller ?? new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Viewer },
            new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", harness.Clock));
        var page = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session)
            .AddChildContent<TriggerLogList>(l => l.Add(c => c.Id, ShownId.Workflow(Workflow)))).FindComponent<TriggerLogList>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ws-skeleton")), EngineHarness.Patience);
        return page;
    }
}
