using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Practice;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;
using CalendarPage = WorkflowStudio.Components.Practice.Calendar;

namespace WorkflowStudio.Tests.Components.Practice;

/// <summary>The calendar at the desk: booked, moved, called off and noted by hand.</summary>
public sealed class CalendarTests : MudContext
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 15, 0, 0, TimeSpan.Zero);

    private readonly PracticeFixture practice = new();
    private WorkspaceRole role = WorkspaceRole.Owner;
    private StudioSession? session;

    protected override void Dispose(bool disposing)
    {
        if (disposing) practice.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Book_WhoWhatAndAFreeTime_IsBookedThere()
    {
        var contact = await practice.ContactAsync();
        var (page, dialogs) = Page("?day=2026-11-30");
        await BookAsync(page, dialogs);
        await ChooseTimeAsync(dialogs, "9:30 AM");
        await dialogs.Find("#appointment-notes").ChangeAsync(new ChangeEventArgs { Value = "Bring the card" });
        await dialogs.Find("form").SubmitAsync();

        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[role=dialog]")), EngineHarness.Patience);
        var row = Assert.Single(Rows());
        Assert.Equal((contact.Id, Monday.AddMinutes(30), "Bring the card"), (row.ContactId, row.StartsAt, row.Notes));
        page.WaitForAssertion(() => Assert.Contains("Maria Lopez", page.Find(".block").TextContent, StringComparison.Ordinal),
            EngineHarness.Patience);
    }

    [Fact]
    public async Task Book_WhenSomebodyWasFaster_SaysSoAndKeepsWhatWasWritten()
    {
        await practice.ContactAsync();
        var (page, dialogs) = Page("?day=2026-11-30");
        await BookAsync(page, dialogs);
        await ChooseTimeAsync(dialogs, "9:00 AM");
        await dialogs.Find("#appointment-notes").ChangeAsync(new ChangeEventArgs { Value = "Bring the card" });
        await TakeAsync(Monday);
        await dialogs.Find("form").SubmitAsync();

        dialogs.WaitForAssertion(() => Assert.Equal("Dr. Reyes has another appointment at this time. Choose another time.",
            dialogs.Find(".set-problem span:last-child").TextContent), EngineHarness.Patience);
        Assert.DoesNotContain(dialogs.FindAll(".time"), t => t.TextContent == "9:00 AM");
        Assert.Equal("Maria Lopez", dialogs.Find(".chosen span").TextContent);
        Assert.Equal("Bring the card", dialogs.Find("#appointment-notes").GetAttribute("value"));
        await ChooseTimeAsync(dialogs, "10:00 AM");
        await dialogs.Find("form").SubmitAsync();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[role=dialog]")), EngineHarness.Patience);
        Assert.Equal(2, Rows().Count);
    }

    [Fact]
    public async Task Book_WithNothingChosen_SaysWhatIsMissing()
    {
        var (page, dialogs) = Page("?day=2026-11-28");
        await OpenAsync(page, dialogs);
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll(".time, .set-hint")), EngineHarness.Patience);
        await dialogs.Find("form").SubmitAsync();
        Assert.Equal(["Choose who comes.", "Choose one of the free times."],
            dialogs.FindAll(".set-problem span:last-child").Select(p => p.TextContent));
    }

    [Fact]
    public async Task NextFreeDay_IsGoneTo()
    {
        var (page, dialogs) = Page("?day=2026-11-30");
        await OpenAsync(page, dialogs);
        await dialogs.Find("#appointment-day").ChangeAsync(new ChangeEventArgs { Value = "2026-12-05" });
        dialogs.WaitForAssertion(
            () => Assert.Contains("No time is free on Saturday, December 5.", dialogs.Markup, StringComparison.Ordinal),
            EngineHarness.Patience);
        await dialogs.FindAll("button").Single(b => b.TextContent == "Next free day").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll(".time")), EngineHarness.Patience);
        Assert.Equal("2026-12-07", dialogs.Find("#appointment-day").GetAttribute("value"));
    }

    [Fact]
    public async Task Appointment_IsMovedThenCalledOffWithTheReason()
    {
        await TakeAsync(Monday);
        var (page, dialogs) = Page("?day=2026-11-30");
        await CardAsync(page, dialogs, "Move");
        dialogs.WaitForAssertion(() => Assert.Equal("9:00 AM", dialogs.Find(".time.on").TextContent), EngineHarness.Patience);
        await ChooseTimeAsync(dialogs, "11:00 AM");
        await dialogs.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("11:00 AM", page.Find(".block").TextContent, StringComparison.Ordinal),
            EngineHarness.Patience);
        Assert.Equal(Monday.AddHours(2), Assert.Single(Rows()).StartsAt);

        await CardAsync(page, dialogs, "Call off");
        dialogs.WaitForElement("#call-off-reason", EngineHarness.Patience);
        await dialogs.Find("#call-off-reason").ChangeAsync(new ChangeEventArgs { Value = "Ill" });
        await dialogs.Find("#call-off").SubmitAsync();
        page.WaitForElement(".block-canceled", EngineHarness.Patience);
        Assert.Equal((AppointmentStatus.Canceled, "Ill"), (Rows()[0].Status, Rows()[0].CancelReason));
    }

    [Theory]
    [InlineData("Did not come")]
    [InlineData("Came")]
    public async Task Appointment_CalledOffMeanwhile_IsNotNotedAndShownAsItIs(string button)
    {
        await TakeAsync(Monday);
        practice.Clock.SetUtcNow(Monday.AddHours(1));
        var (page, dialogs) = Page("?day=2026-11-30");
        await CallOffAsync("Ill");
        await CardAsync(page, dialogs, button);

        page.WaitForElement(".block-canceled", EngineHarness.Patience);
        Assert.Equal((AppointmentStatus.Canceled, "Ill"), (Rows()[0].Status, Rows()[0].CancelReason));
        Assert.Equal("Somebody has changed this appointment meanwhile. Look at it as it is now, then try again.",
            Assert.Single(Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message);
    }

    [Fact]
    public async Task Appointment_CalledOffWhileItIsMoved_StaysSoAndTheDialogSaysIt()
    {
        await TakeAsync(Monday);
        var (page, dialogs) = Page("?day=2026-11-30");
        await CardAsync(page, dialogs, "Move");
        await ChooseTimeAsync(dialogs, "11:00 AM");
        await CallOffAsync("Ill");
        await dialogs.Find("form").SubmitAsync();

        dialogs.WaitForAssertion(() => Assert.Equal(
            "Somebody has changed this appointment meanwhile. Look at it as it is now, then try again.",
            dialogs.Find(".set-problem span:last-child").TextContent), EngineHarness.Patience);
        page.WaitForElement(".block-canceled", EngineHarness.Patience);
        Assert.Equal((AppointmentStatus.Canceled, Monday), (Rows()[0].Status, Rows()[0].StartsAt));
    }

    [Fact]
    public async Task Book_OnADayWithManyTimes_ShowsThemAllByPartsOfTheDay()
    {
        using (var db = practice.CreateDbContext())
        {
            db.OpeningHours.RemoveRange(db.OpeningHours);
            db.Add(new OpeningHoursRow
            {
                Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment,
                Weekday = DayOfWeek.Monday, ToMinutes = 1440,
            });
            foreach (var type in db.AppointmentTypes) type.Minutes = 10;
            db.SaveChanges();
        }

        var (page, dialogs) = Page("?day=2026-11-30");
        await OpenAsync(page, dialogs);
        dialogs.WaitForAssertion(() => Assert.Equal(96, dialogs.FindAll(".time").Count), EngineHarness.Patience);
        Assert.Equal("11:45 PM", dialogs.FindAll(".time")[^1].TextContent);
        Assert.Equal(["Morning", "Afternoon", "Evening"], dialogs.FindAll(".part").Select(p => p.TextContent));
    }

    [Fact]
    public async Task Days_AtTheEndOfTheCalendar_AreTakenAndLeadNowhere()
    {
        var (page, dialogs) = Page("?day=9999-12-31");
        await OpenAsync(page, dialogs);
        await dialogs.Find("#appointment-day").ChangeAsync(new ChangeEventArgs { Value = "9999-12-31" });
        dialogs.WaitForElement("#appointment-day + button:not([disabled])", EngineHarness.Patience);
        await dialogs.FindAll("button").Single(b => b.TextContent == "Next free day").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Equal("Nothing is booked after Nov 25, 2028. Choose an earlier day.",
            dialogs.Find(".set-problem span:last-child").TextContent), EngineHarness.Patience);
    }

    [Fact]
    public async Task Dialogs_ThatAreClosed_AskNothingMore()
    {
        var (page, dialogs) = Page("?day=2026-11-30");
        await OpenAsync(page, dialogs);
        dialogs.WaitForElement(".time", EngineHarness.Patience);
        dialogs.FindComponent<AppointmentDialog>().Instance.Dispose();
        await dialogs.Find("#appointment-day").ChangeAsync(new ChangeEventArgs { Value = "2026-12-01" });
        await dialogs.FindAll("button").Single(b => b.TextContent == "Close").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[role=dialog]")), EngineHarness.Patience);

        await page.InvokeAsync(() =>
        {
            _ = Services.GetRequiredService<IDialogService>().OpenAsync<CalendarLinkDialog>(
                "Follow", DialogShape.Form, new() { [nameof(CalendarLinkDialog.Session)] = session });
        });
        dialogs.WaitForAssertion(
            () => Assert.Contains(dialogs.FindAll("button"), b => b.TextContent == "Make an address"), EngineHarness.Patience);
        dialogs.FindComponent<CalendarLinkDialog>().Instance.Dispose();
        await dialogs.FindAll("button").Single(b => b.TextContent == "Make an address").ClickAsync();
        using var db = practice.CreateDbContext();
        Assert.Empty(db.CalendarFeeds);
    }

    [Fact]
    public async Task Viewer_SeesAndChangesNothing()
    {
        await TakeAsync(Monday);
        role = WorkspaceRole.Viewer;
        var (page, dialogs) = Page("?day=2026-11-30");
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.EndsWith("Book", StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find(".block").Click());
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll("[role=dialog] dl")), EngineHarness.Patience);
        Assert.DoesNotContain(dialogs.FindAll("button"), b => b.TextContent is "Move" or "Call off");
    }

    private static async Task CardAsync(IRenderedComponent<CalendarPage> page, IRenderedComponent<MudDialogProvider> dialogs, string button)
    {
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[role=dialog]")), EngineHarness.Patience);
        await page.InvokeAsync(() => page.Find(".block").Click());
        dialogs.WaitForAssertion(
            () => Assert.Contains(dialogs.FindAll("[role=dialog] button"), b => b.TextContent == button), EngineHarness.Patience);
        await dialogs.InvokeAsync(() => dialogs.FindAll("[role=dialog] button").Single(b => b.TextContent == button).Click());
    }

    private static async Task OpenAsync(IRenderedComponent<CalendarPage> page, IRenderedComponent<MudDialogProvider> dialogs)
    {
        await page.InvokeAsync(() => page.FindAll("button")
            .Single(b => b.TextContent.EndsWith("Book", StringComparison.Ordinal)).Click());
        dialogs.WaitForElement("#appointment-day", EngineHarness.Patience);
    }

    private async Task BookAsync(IRenderedComponent<CalendarPage> page, IRenderedComponent<MudDialogProvider> dialogs)
    {
        await OpenAsync(page, dialogs);
        var typed = dialogs.InvokeAsync(() => dialogs.Find("#appointment-contact").InputAsync(new ChangeEventArgs { Value = "maria" }));
        dialogs.WaitForAssertion(() =>
        {
            practice.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.NotEmpty(dialogs.FindAll(".found button"));
        }, EngineHarness.Patience);
        await typed;
        await dialogs.Find(".found button").ClickAsync();
        dialogs.WaitForElement(".time", EngineHarness.Patience);
    }

    private static async Task ChooseTimeAsync(IRenderedComponent<MudDialogProvider> dialogs, string time)
    {
        dialogs.WaitForAssertion(() => Assert.Contains(dialogs.FindAll(".time"), t => t.TextContent == time), EngineHarness.Patience);
        await dialogs.InvokeAsync(() => dialogs.FindAll(".time").Single(t => t.TextContent == time).Click());
    }

    private async Task CallOffAsync(string reason) => Assert.IsType<RecordOutcome.Done>(await practice.Appointments.ChangeAsync(
        practice.Tenant, Rows()[0].Id, new Dictionary<string, object?> { ["status"] = "canceled", ["cancelReason"] = reason }, default));

    private async Task TakeAsync(DateTimeOffset time) => Assert.IsType<RecordOutcome.Done>(await practice.Appointments.AddAsync(
        practice.Tenant, new Dictionary<string, object?>
        {
            ["contactId"] = (await practice.ContactAsync()).Id, ["typeId"] = (await practice.TypeAsync()).Id, ["startsAt"] = time,
        }, null, default));

    private List<AppointmentRow> Rows()
    {
        using var db = practice.CreateDbContext();
        return [.. db.Appointments];
    }

    private (IRenderedComponent<CalendarPage> Page, IRenderedComponent<MudDialogProvider> Dialogs) Page(string query)
    {
        Services.AddSingleton<TimeProvider>(practice.Clock).AddSingleton(new LiveUpdates(null!, practice.Clock))
            .AddSingleton(new ReadRecords([practice.Appointments, practice.ContactRecords])).AddSingleton<ChangeRecords>()
            .AddSingleton(new ReadCalendar(
                practice.Weeks,
                new WorkflowAccess(new HiddenWorkflows(practice, new NodeNews(), practice.Clock), new GrantStore(practice))))
            .AddSingleton(new CalendarLinks(
                new CalendarFeeds(practice.Writer, practice, practice.Ids, practice.Clock, practice.Address)))
            .AddSingleton(new FindFreeTimes(practice.Calendar, new CalendarRules(), practice.Clock));
        Services.GetRequiredService<NavigationManager>().NavigateTo(query);
        var dialogs = Render<MudDialogProvider>();
        session = new StudioSession(
            new Caller { Tenant = practice.Tenant, Name = "Dana", Role = role },
            new WorkspaceFacts("Test practice", PracticeFixture.Zone, true, true), new StudioFormat(PracticeFixture.Zone, practice.Clock));
        var page = Render<CascadingValue<StudioSession>>(p => p.Add(c => c.Value, session).AddChildContent<CalendarPage>())
            .FindComponent<CalendarPage>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ws-skeleton")), EngineHarness.Patience);
        return (page, dialogs);
    }
}
