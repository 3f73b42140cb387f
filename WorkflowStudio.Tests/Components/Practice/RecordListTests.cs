using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Practice.Records;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Practice;

/// <summary>The page of a table of practice data, asked of properties.</summary>
public sealed class RecordListTests : MudContext
{
    private readonly PracticeFixture practice = new();
    private WorkspaceRole role = WorkspaceRole.Owner;

    protected override void Dispose(bool disposing)
    {
        if (disposing) practice.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public void Page_Empty_OffersToAddTheFirst()
    {
        var page = Page();
        Assert.Contains("No properties yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("button"), b => b.TextContent.Trim() == "Add the first");
    }

    [Fact]
    public async Task Page_ShowsWhatIsThere_AndTextIsText()
    {
        await AddAsync(("title", "<b>Loft</b>"), ("price", 1450.5m), ("status", "on_hold"), ("availableFrom", new DateOnly(2027, 1, 15)));
        var page = Page();
        Assert.Equal("<b>Loft</b>", page.Find("a.ws-row-link").TextContent);
        Assert.Contains("$1,450.50", page.Markup, StringComparison.Ordinal);
        Assert.Contains("On hold", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Go("?filter=status:taken");
        Assert.Contains("No properties match", Page().Markup, StringComparison.Ordinal);
        Go("?filter=status:on_hold,nothing:x&q=loft&page=1");
        Assert.Single(Page().FindAll("a.ws-row-link"));
    }

    [Fact]
    public async Task Viewer_MayLookAndChangesNothing()
    {
        var id = await AddAsync(("title", "Loft"));
        role = WorkspaceRole.Viewer;
        var page = Page();
        Assert.DoesNotContain(page.FindAll("button, a.ws-button"), b => b.TextContent.Trim() is "Import" or "Export" or "Add a property");
        Go($"?record={id}");
        var dialogs = Opened();
        Assert.True(dialogs.Find("#record-title").HasAttribute("disabled"));
        Assert.DoesNotContain(dialogs.FindAll("button"), b => b.TextContent.Trim() is "Save" or "Remove");
    }

    [Fact]
    public async Task Dialog_SaysWhatIsWrong_KeepsWhatWasWritten_AndStoresWhatIsRight()
    {
        var id = await AddAsync(("title", "Loft"), ("city", "Houston"));
        Page();
        Go($"?record={id}");
        var dialogs = Opened();
        await dialogs.Find("#record-price").ChangeAsync(new ChangeEventArgs { Value = "cheap" });
        await dialogs.Find("form").SubmitAsync();
        Assert.StartsWith("Price has to be a number", dialogs.Find(".set-problem span:last-child").TextContent, StringComparison.Ordinal);
        Assert.Equal("cheap", dialogs.Find("#record-price").GetAttribute("value"));

        // somebody else was at another field meanwhile
        await practice.Properties.ChangeAsync(practice.Tenant, id, new Dictionary<string, object?> { ["city"] = "Katy" }, default);
        await dialogs.Find("#record-price").ChangeAsync(new ChangeEventArgs { Value = "1,450.50" });
        await dialogs.Find("form").SubmitAsync();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[role=dialog]")), EngineHarness.Patience);
        var stored = (await practice.Properties.FindAsync(practice.Tenant, id, default))!;
        Assert.Equal((1450.5m, "Katy"), (practice.Properties.Value(stored, "price"), practice.Properties.Value(stored, "city")));
    }

    [Fact]
    public async Task Dialog_OfARecordThatIsGone_SaysSoAndStays()
    {
        var id = await AddAsync(("title", "Loft"));
        Page();
        Go($"?record={id}");
        var dialogs = Opened();
        await practice.Properties.RemoveAsync(practice.Tenant, id, default);
        await dialogs.Find("#record-title").ChangeAsync(new ChangeEventArgs { Value = "New name" });
        await dialogs.Find("form").SubmitAsync();
        Assert.Equal("There is no property with this id.", dialogs.Find(".set-problem span:last-child").TextContent);
    }

    private void Go(string query) => Services.GetRequiredService<NavigationManager>().NavigateTo(query);

    private IRenderedComponent<MudDialogProvider> Opened()
    {
        var dialogs = Render<MudDialogProvider>();
        Page();
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("[role=dialog] #record-title")), EngineHarness.Patience);
        return dialogs;
    }

    private async Task<Guid> AddAsync(params (string Name, object? Value)[] values) => Assert.IsType<RecordOutcome.Done>(
        await practice.Properties.AddAsync(practice.Tenant, values.ToDictionary(v => v.Name, v => v.Value), null, default)).Record.Id;

    private IRenderedComponent<PropertyList> Page()
    {
        if (Services.All(s => s.ServiceType != typeof(ReadRecords)))
            Services.AddSingleton<TimeProvider>(practice.Clock).AddSingleton(new LiveUpdates(null!, practice.Clock))
                .AddSingleton(new ReadRecords([practice.Properties])).AddSingleton<ChangeRecords>();
        var session = new StudioSession(
            new Caller { Tenant = practice.Tenant, Name = "Dana", Role = role },
            new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", practice.Clock));
        var page = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session).AddChildContent<PropertyList>())
            .FindComponent<PropertyList>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ws-skeleton")), EngineHarness.Patience);
        return page;
    }
}
