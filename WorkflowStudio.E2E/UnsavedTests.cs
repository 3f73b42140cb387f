using Microsoft.Playwright;
using WorkflowStudio.E2E.Pages;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>
/// What is typed in the editor is never lost, and the head says what is true, whatever becomes of the server or the window.
/// </summary>
public sealed class UnsavedTests(StudioFixture studio) : BrowserTest(studio)
{
    private const string Pipeline = "Intake & Service Recovery Program";
    private const string Step = "node_sms_review_generation_4";

    [Fact]
    public async Task ServerIsAway_WhatIsTypedIsKept_AndOfferedToItsOwnWindowAfterTheReload()
    {
        await using var server = new StudioProcess();
        await server.StartAsync();
        var first = await OpenWindowAsync(server);
        await first.SignInAsDemoOwnerAsync();
        var one = await first.OpenWorkflowAsync(Pipeline);
        await one.SelectAsync(Step);
        await one.AllSavedAsync();
        var second = await first.AnotherTabAsync();
        var two = await second.OpenWorkflowAsync(Pipeline);
        await two.SelectAsync(Step);
        await Expect(two.Field("Message")).ToBeVisibleAsync();
        await two.AllSavedAsync();
        // what Blazor itself says of an event between the cut and its notice
        Forgive("Cannot send data if the connection is not in the 'Connected' State");

        await server.KillAsync();
        await Expect(one.Connection).ToBeVisibleAsync();
        await Expect(two.Connection).ToBeVisibleAsync();
        await one.Field("Message").FillAsync("From the first window");
        await two.Field("Message").FillAsync("From the second window");
        await Expect(one.State)
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Offline, 1 change kept here"), new() { UseInnerText = true });
        await server.StartAsync();

        // the dead page's own button loads it again
        await one.LoadAgainAsync();
        one = await EditorPage.ReadyAsync(first.Page);
        Assert.EndsWith("/editor", new Uri(first.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await Expect(one.Offer).ToContainTextAsync("1 change was not saved");
        await one.BringBackAsync();
        await Expect(one.Field("Message")).ToHaveValueAsync("From the first window");
        await one.AllSavedAsync();

        await two.LoadAgainAsync();
        two = await EditorPage.ReadyAsync(second.Page);
        await two.BringBackAsync();
        await Expect(two.Field("Message")).ToHaveValueAsync("From the second window");
        await two.AllSavedAsync();
        await first.Page.ReloadAsync();
        one = await EditorPage.ReadyAsync(first.Page);
        await one.SelectAsync(Step);
        await Expect(one.Field("Message")).ToHaveValueAsync("From the second window");
        await Expect(one.OffersAsked).ToBeVisibleAsync();
        await Expect(one.Offer).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task ServerIsAway_WhatIsTypedOfTheWorkflowItself_IsKept()
    {
        await using var server = new StudioProcess();
        await server.StartAsync();
        var studio = await OpenWindowAsync(server);
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.OpenWorkflowAsync(Pipeline);
        await Expect(editor.OffersAsked).ToBeVisibleAsync();
        await editor.StartRenamingAsync();
        Forgive("Cannot send data if the connection is not in the 'Connected' State");
        Forgive("No interop methods are registered for renderer");

        await server.KillAsync();
        await Expect(editor.Connection).ToBeVisibleAsync();
        await editor.Name.FillAsync("Intake of the north");
        await editor.Field("Runs at once optional").FillAsync("7");
        await Expect(editor.State)
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Offline, 2 changes kept here"), new() { UseInnerText = true });
        await editor.Step(Step).ClickAsync(); // whose settings nobody can show now
        await studio.Page.Keyboard.PressAsync("Delete");
        await Expect(editor.Connection).ToContainTextAsync("“Delete” was not done.");
        await server.StartAsync();
        await editor.LoadAgainAsync();
        editor = await EditorPage.ReadyAsync(studio.Page);
        await editor.BringBackAsync();

        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Intake of the north" })).ToBeVisibleAsync();
        await Expect(editor.Field("Runs at once optional")).ToHaveValueAsync("7");
        await editor.AllSavedAsync();
    }

    [Fact]
    public async Task NetworkThatIsGone_IsSaidAtOnce_AndWhatWasTypedIsSavedWhenItIsBack()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.OpenWorkflowAsync(Pipeline);
        await Expect(editor.OffersAsked).ToBeVisibleAsync();
        await editor.SelectAsync(Step);
        await studio.Page.Context.SetOfflineAsync(true);
        await Expect(editor.Connection).ToBeVisibleAsync();
        await editor.Field("Message").FillAsync("Thank you for coming, {{ $node.intake.client.first_name }}.");
        await editor.Field("Message").BlurAsync();
        await Expect(editor.State).ToContainTextAsync("Offline, 1 change kept here");

        await studio.Page.Context.SetOfflineAsync(false);
        await Expect(editor.Connection).ToBeHiddenAsync();
        await editor.AllSavedAsync();
        await studio.Page.ReloadAsync();
        editor = await EditorPage.ReadyAsync(studio.Page);
        await editor.SelectAsync(Step);
        await Expect(editor.Field("Message")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Thank you for coming"));
    }

    [Fact]
    public async Task Typing_IsNotSavedFromTheFirstKey_AndLeavingAsks()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.OpenWorkflowAsync(Pipeline);
        await editor.SelectAsync(Step);
        await editor.AllSavedAsync();
        var asked = new TaskCompletionSource();
        studio.Page.Dialog += async (_, dialog) =>
        {
            if (dialog.Type == DialogType.BeforeUnload) asked.TrySetResult();
            await dialog.AcceptAsync();
        };

        await editor.Field("Message").FillAsync("The last letters");
        await Expect(editor.State)
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Not saved yet"), new() { UseInnerText = true });
        await editor.Field("Message").FillAsync("The very last letters");
        await studio.Page.ReloadAsync();

        await asked.Task;
        editor = await EditorPage.ReadyAsync(studio.Page);
        await Expect(editor.OffersAsked).ToBeVisibleAsync();
        if (await editor.Offer.CountAsync() > 0) await editor.BringBackAsync();
        else
        {
            // the page that was left had it saved, perhaps a moment after this one was read
            await studio.Page.ReloadAsync();
            editor = await EditorPage.ReadyAsync(studio.Page);
            await editor.SelectAsync(Step);
        }

        await Expect(editor.Field("Message")).ToHaveValueAsync("The very last letters");
    }

    [Fact]
    public async Task AField_SavedByKeyAndChangedBackBeforeItIsLeft_IsStoredAsItStands()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        await Expect(editor.OffersAsked).ToBeVisibleAsync();
        await editor.Field("Runs at once optional").FillAsync("7");
        await studio.Page.Keyboard.PressAsync("Control+s");
        await Expect(studio.Page.GetByLabel("A start beyond that")).ToBeVisibleAsync();
        await editor.Field("Runs at once optional").FillAsync("");
        await editor.Field("Runs at once optional").BlurAsync();

        await Expect(studio.Page.GetByLabel("A start beyond that")).ToHaveCountAsync(0);
        await editor.AllSavedAsync();
    }

    [Fact]
    public async Task LastLetters_ThenALinkOfTheStudio_AreSaved()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.OpenWorkflowAsync(Pipeline);
        await editor.SelectAsync(Step);
        await editor.Field("Message").FillAsync("Before the link");

        await studio.LeaveByLinkAsync("Workflows");

        editor = await studio.OpenWorkflowAsync(Pipeline);
        await editor.SelectAsync(Step);
        await Expect(editor.Field("Message")).ToHaveValueAsync("Before the link");
        await Expect(editor.OffersAsked).ToBeVisibleAsync();
        await Expect(editor.Offer).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task AFieldThatCannotBeRead_StaysAsTyped_AndBlocksPublishing()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        var step = await editor.DropNewAsync("HTTP request", 300, 200);
        await editor.ConnectAsync("trigger", step);
        await editor.SelectAsync(step);
        await Expect(editor.Problems).ToContainTextAsync("Address is missing");
        await editor.Field("Address").FillAsync("https://api.example.test/orders");
        await editor.Field("Body").FillAsync("""{"line": {{ $initialPayload.line }""");
        await editor.Field("Body").BlurAsync();

        await Expect(editor.Problems).ToContainTextAsync("Body: Line 1 cannot be read as JSON");
        await Expect(editor.Publish).ToBeDisabledAsync();
        await editor.SelectAsync("trigger");
        await editor.SelectAsync(step);
        await Expect(editor.Field("Body")).ToHaveValueAsync("""{"line": {{ $initialPayload.line }""");
        await editor.AllSavedAsync();
        await studio.Page.ReloadAsync();
        editor = await EditorPage.ReadyAsync(studio.Page);
        await editor.SelectAsync(step);
        await Expect(editor.Field("Body")).ToHaveValueAsync("""{"line": {{ $initialPayload.line }""");
        await Expect(editor.Publish).ToBeDisabledAsync();

        await editor.Field("Body").FillAsync("""{"line": {{ $initialPayload.line }}}""");
        await Expect(editor.Problems).Not.ToContainTextAsync("cannot be read");
        await editor.PublishAsync();
        await editor.SelectAsync("trigger");
        await editor.SelectAsync(step);
        await Expect(editor.Field("Body"))
            .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("\"line\": \"{{ \\$initialPayload.line }}\""));
    }

    [Fact]
    public async Task Keys_RunFromAField_FindAStep_AndOpenItsSettings()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.OpenWorkflowAsync(Pipeline);
        await editor.SelectAsync(Step);
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(editor.FocusedField).ToBeVisibleAsync();
        await studio.Page.Keyboard.PressAsync("Control+Enter");
        await studio.Page.GetByRole(AriaRole.Dialog, new() { Name = "Run the workflow" }).CloseByEscapeAsync();

        await editor.SelectAsync("trigger");
        await studio.Page.Keyboard.PressAsync("Control+f");
        await studio.Page.Keyboard.TypeAsync("sms");
        await Expect(editor.FoundSteps).ToHaveCountAsync(1);
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(editor.Field("Message")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dialog_FromTheMomentItIsDrawn_HasTheFocusAndHearsEscapeAndGivesTheFocusBack()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenWorkflowAsync(Pipeline);
        await studio.Page.EvaluateAsync("""
            () => new MutationObserver((_, observer) => {
              const data = document.querySelector('[role=dialog] textarea');
              if (!data) return;
              observer.disconnect();
              window.hadFocus = document.activeElement === data;
              document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
            }).observe(document.body, { childList: true, subtree: true })
            """);
        var run = studio.Page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true });
        await run.FocusAsync();
        await studio.Page.Keyboard.PressAsync("Enter");

        await studio.Page.WaitForFunctionAsync("() => 'hadFocus' in window");
        await Expect(studio.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.True(await studio.Page.EvaluateAsync<bool>("() => window.hadFocus"));
        await Expect(run).ToBeFocusedAsync();
    }

    [Fact]
    public async Task ANewWorkflow_LeftUntouched_IsGone()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var editor = await studio.NewWorkflowAsync();
        var address = $"/studio/workflows/{editor.WorkflowId}/editor";
        await studio.LeaveByLinkAsync("Workflows");
        await studio.OpenAsync("/studio/runs");

        await studio.Page.GotoAsync(address);

        await Expect(studio.Page.GetByText("The workflow cannot be opened")).ToBeVisibleAsync();
    }
}
