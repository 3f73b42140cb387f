using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>A workflow that starts by the clock: its times as one types, its page once it is published.</summary>
public sealed class ScheduleTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Schedule_Typed_ShowsItsTimesAndIsListedOncePublished()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        await editor.ConnectAsync("trigger", await editor.DropNewAsync("End", 300, 320));
        await Expect(editor.Links).ToHaveCountAsync(1);
        await editor.SelectAsync("trigger");
        await editor.Field("Starts").SelectOptionAsync("schedule");
        await editor.Field("When").FillAsync("61 9 * * *");
        await Expect(studio.Page.GetByText("Minutes: \"61\" is not possible").First).ToBeVisibleAsync();
        await editor.Field("When").FillAsync("30 9 * * MON-FRI");
        await Expect(studio.Page.GetByText("Every weekday at 09:30 (America/Chicago)")).ToBeVisibleAsync();
        await Expect(studio.Page.Locator(".times li")).ToHaveCountAsync(10);
        await editor.PublishAsync();

        await studio.OpenAsync("/studio/schedules");
        var row = studio.Page.Locator("tbody tr").Filter(new() { HasText = "Every weekday at 09:30" }); // the demo has schedules of its own
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(studio.Page.Locator(".drawer .times li")).ToHaveCountAsync(10);
        await row.GetByRole(AriaRole.Switch).ClickAsync();
        await Expect(studio.Page.GetByText("The schedule is off: nothing starts at these times.")).ToBeVisibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(studio.Page.GetByText("The schedule is off: nothing starts at these times.")).ToBeHiddenAsync();
        await Expect(row.GetByRole(AriaRole.Switch)).ToBeCheckedAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Start now" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Log)).ToBeVisibleAsync();
    }
}
