using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>A workflow that is drawn with the mouse on an empty canvas, published and run.</summary>
public sealed class DrawingTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task ThreeSteps_AreDrawnByMousePublishedAndRun()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        await Expect(editor.Steps).ToHaveCountAsync(1);

        var first = await editor.DropNewAsync("Set values", 300, 160);
        var second = await editor.DropNewAsync("Set values", 300, 320);
        var third = await editor.DropNewAsync("Set values", 300, 480);
        foreach (var step in new[] { first, second, third })
        {
            await editor.SelectAsync(step);
            await editor.AddValueAsync("greeting", "Hello {{ $initialPayload.first_name }}");
        }
        await editor.ConnectAsync("trigger", first);
        await editor.ConnectAsync(first, second);
        await editor.ConnectAsync(second, third);
        await Expect(editor.Links).ToHaveCountAsync(3);

        // undo takes the last link away again, redo brings it back
        await studio.Page.Keyboard.PressAsync("Control+z");
        await Expect(editor.Links).ToHaveCountAsync(2);
        await studio.Page.Keyboard.PressAsync("Control+Shift+Z");
        await Expect(editor.Links).ToHaveCountAsync(3);

        await editor.SelectAsync(third);
        await editor.Field("greeting").FillAsync($$$"""{{ $node.{{{first}}}.greeting }}, welcome to {{ $initialPayload.city }}""");
        await editor.PublishAsync();
        await editor.RunAsync("""{"first_name":"Aisha","city":"Houston"}""");
        await Expect(editor.DoneStep(third)).ToHaveCountAsync(1);

        var run = await editor.OpenRunAsync();
        await Expect(run.Status).ToContainTextAsync("Done");
        await run.Step(third).ClickAsync();
        await Expect(studio.Page.GetByText("Hello Aisha, welcome to Houston")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task DraftSurvivesAReload_AndIsNotWhatRuns()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        var step = await editor.DropNewAsync("Set values", 300, 200);
        await editor.ConnectAsync("trigger", step);
        await editor.SelectAsync(step);
        await editor.AddValueAsync("greeting", "Hello there");
        await editor.PublishAsync();
        await editor.SelectAsync(step);
        await editor.Field("greeting").FillAsync("changed");
        await Expect(studio.Page.GetByText("Draft, 1 change")).ToBeVisibleAsync();
        await editor.AllSavedAsync();

        await studio.Page.ReloadAsync();
        editor = await Pages.EditorPage.ReadyAsync(studio.Page);
        await editor.SelectAsync(step);
        await Expect(editor.Field("greeting")).ToHaveValueAsync("changed");
        await editor.RunAsync("{}");
        var run = await editor.OpenRunAsync();
        await run.Step(step).ClickAsync();
        await Expect(studio.Page.GetByText("Hello there")).ToBeVisibleAsync();
    }
}
