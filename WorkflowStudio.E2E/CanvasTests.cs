using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>What the canvas shows by itself.</summary>
public sealed partial class CanvasTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Opening_AfterSomebodyZoomedFarOut_ShowsTheWorkflowReadable()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        var step = await editor.DropNewAsync("Set values", 640, 400);
        for (var i = 0; i < 8; i++) await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom out" }).ClickAsync();
        await Expect(Zoom(studio.Page)).Not.ToHaveTextAsync("100%");
        await editor.AddValueAsync("greeting", "changed");
        await editor.AllSavedAsync();

        await studio.Page.ReloadAsync();
        editor = await Pages.EditorPage.ReadyAsync(studio.Page);

        await Expect(Zoom(studio.Page)).ToHaveTextAsync("100%");
        await Expect(editor.Step(step)).ToBeInViewportAsync();
    }

    [Fact]
    public async Task ALink_IsSelected_SaysFromWhereToWhere()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        var step = await editor.DropNewAsync("Set values", 640, 400);
        await editor.ConnectAsync("trigger", step);

        await studio.Page.GetByLabel(LinkName()).DispatchEventAsync("click");

        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { NameRegex = Leads() })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keys_DoWhatTheirPageSays()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        await editor.DropNewAsync("Set values", 640, 400);
        var keys = studio.Page.Keyboard;
        await editor.Canvas.Locator(".react-flow__pane").ClickAsync(new() { Position = new() { X = 4, Y = 4 } });

        await keys.PressAsync("Control+a");
        await keys.PressAsync("Meta+d");
        await Expect(editor.Steps).ToHaveCountAsync(3);
        await keys.PressAsync("Delete");
        await Expect(editor.Steps).ToHaveCountAsync(2);
        await keys.PressAsync("-");
        await Expect(Zoom(studio.Page)).Not.ToHaveTextAsync("100%");
        await keys.PressAsync("1");
        await Expect(Zoom(studio.Page)).ToHaveTextAsync("100%");
        await keys.PressAsync("Shift+?");
        await Expect(studio.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToContainTextAsync("Walk from step to step");
    }

    private static ILocator Zoom(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = Percent() });

    [GeneratedRegex("^Zoom [0-9]+ percent")]
    private static partial Regex Percent();

    [GeneratedRegex("^Link from .+ to Set values")]
    private static partial Regex LinkName();

    [GeneratedRegex("^From .+ to Set values")]
    private static partial Regex Leads();
}
