using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class ApprovalCardTests : BunitContext, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public Task InitializeAsync() => Task.CompletedTask;

    // some services of pages can only be closed asynchronously
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Decide_WhileTheDiskIsFull_SaysThatTheAnswerDidNotArriveAndCanBeGivenAgain()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var module = JSInterop.SetupModule("./browser.js");
        module.Mode = JSRuntimeMode.Loose;
        var clock = new FakeTimeProvider(Now);
        Services.AddSingleton<TimeProvider>(clock).AddScoped<BrowserStore>().AddMudServices();
        await using var engine = await EngineHarness.CreateAsync();
        var asked = await Store(engine, engine.Writer, clock).AskAsync(
            EngineHarness.Tenant, new ApprovalQuestion("Give a discount?", "", "", "Give it", "Keep the price", null),
            new EffectSource("test"), default);
        Services.AddSingleton(new Approvals(Store(engine, new FullDisk(), clock), engine.RunAccess(), engine.WorkflowAccess()));
        var session = new StudioSession(
            new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Editor },
            new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", clock));
        var card = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session)
            .AddChildContent<ApprovalCard>(c => c.Add(x => x.Item, Question with { Id = asked.Id }))).FindComponent<ApprovalCard>();

        await card.Find("[data-must-arrive]").ClickAsync(new());

        Assert.False(card.Find("[data-unsent]").HasAttribute("hidden"));
        Assert.All(card.FindAll("[data-must-arrive]"), b => Assert.False(b.HasAttribute("disabled")));
        Assert.Empty(module.Invocations["arrived"]); // so a page that is loaded again still says it
        await DisposeComponentsAsync();
    }

    private static ApprovalStore Store(EngineHarness engine, IStudioWriter writer, TimeProvider clock) => new(
        writer, engine.Get<IDbContextFactory<StudioDbContext>>(), new IdFactory(clock), clock, new FakeProtector(),
        new StudioAddress("https://studio.example.com"));

    private static ApprovalView Question => new()
    {
        Tenant = new Tenant(Guid.Empty, StudioEnvironment.Test), Id = Guid.Empty, Title = "Give a discount?", Message = "", AskedOf = "",
        ApproveLabel = "Give it", RejectLabel = "Keep the price",
        Status = ApprovalStatus.Open, IsWithdrawn = false, AskedAt = Now, Comment = "", RunId = Guid.Empty, WorkflowId = Guid.Empty,
        Workflow = "Discounts",
        Practice = "Test practice", TimeZone = "UTC",
    };

    private sealed class FullDisk : IStudioWriter
    {
        public Task<T> WriteAsync<T>(Func<StudioWrite, T> work, CancellationToken cancellationToken = default) =>
            Task.FromException<T>(new StoreUnwritableException(StoreFault.DiskFull, new IOException()));

        public Task<T> WriteAsync<T>(Guid workspaceId, Func<StudioWrite, T> work, CancellationToken cancellationToken = default) =>
            WriteAsync(work, cancellationToken);
    }
}
