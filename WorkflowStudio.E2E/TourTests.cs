using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WorkflowStudio.E2E.Pages;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>
/// Does what README's tour says, sentence by sentence, in a studio of its own, and looks whether it comes as the sentence says. A sentence
/// that is not known here, that is missing or that stands elsewhere fails the test: whoever changes the tour changes what is done here.
/// </summary>
public sealed class TourTests(StudioFixture studio) : BrowserTest(studio)
{
    private const string Pipeline = "Intake & Service Recovery Program";
    private const string Intake = "node_ai_intake_1";
    private const string Booking = "node_appointment_booking_service_2";
    private const string Invoice = "node_stripe_payment_connect_3";
    private const string Review = "node_sms_review_generation_4";
    private const string Reminders = "node_unpaid_invoice_chaser_5";
    private const string AddressLine = "STUDIO=http://127.0.0.1:5080";

    private StudioProcess server = null!;
    private Shell shell = null!;
    private StudioPage window = null!;
    private RunPage run = null!;
    private string form = "";
    private string first = "";

    private IReadOnlyList<(string Sentence, Func<string, Task> Do)> Tour =>
    [
        ("Leave the server running, open a second shell (bash or zsh) in the same folder, and have a browser at hand. Every message of the "
            + "tour stays in the studio, and no money moves.", BeginAsync),
        ("Tell the second shell the address of your studio; put another one in when the server named another:", NameAddressAsync),
        ("Open that address in the browser and choose **Sign in as the demo owner**: **Home** greets Dana, who owns the demo practice.",
            SignInAsync),
        ("Choose **Workflows**, then **Intake & Service Recovery Program**: behind its start stand five steps, which read what a client "
            + "wrote, book a time, make an invoice, ask for a review after the visit and remind of an unpaid invoice.", OpenPipelineAsync),
        ("In the second shell, make a key for the API:", MakeKeyAsync),
        ("With the key, ask for the address to which the website of the practice sends its form:", AskForAddressAsync),
        ("Be the website and send what Maria wrote; the answer has the id of the run that was started:", SendFormAsync),
        ("In the browser, choose **Runs** and open the newest one: Maria's message was read, a time booked and an invoice made, and now "
            + "the run waits until two hours after the visit.", OpenNewestRunAsync),
        ("Choose **Wake now**: without a reload the review step turns green, and the run waits until the first reminder.", WakeAsync),
        ("Choose **Outbox**: the newest message is the one that Maria would have got, captured and not sent.", ReadMessageAsync),
        ("Choose **Invoices**, open Maria's, follow **Client's page** and pay there with **Pay**: the page thanks "
            + "her, and her run is done.", PayAsync),
        ("Open the workflow again, choose the step **SMS Google Maps Review Request**, change its **Message** and choose **Publish**: it "
            + "becomes version 2, which the next run takes.", PublishAsync),
        ("Repeat the command of step 6 and open the newest run: it says v2, while Maria's first run keeps v1.", RepeatAsync),
        ("To draw one of your own, choose **Workflows** and **New workflow**, drag **Set values** from the left onto the canvas, pull a "
            + "line to it from the start, add a value on the right, then choose **Publish** and **Run**.", DrawAsync),
    ];

    [Fact]
    public async Task EverySentenceOfTheTour_ComesAsItSays()
    {
        var told = Readme.Chapter("Five minutes");
        Assert.Equal(Tour.Select(t => t.Sentence), told.Select(p => p.Sentence));
        Assert.Equal(Enumerable.Range(0, told.Count), told.Select(p => p.Number));
        await using var practice = new StudioProcess();
        await practice.StartAsync();
        await using var beside = new Shell(practice);
        (server, shell) = (practice, beside);
        foreach (var (passage, (_, act)) in told.Zip(Tour)) await act(passage.Commands);
    }

    [Fact]
    public async Task TakenPort_IsToldAsReadmeTells()
    {
        var told = Regex.Match(
            Readme.Text, @"```\n(Port 5080 is in use\. .+ )(http://127\.0\.0\.1:)5081\n```\n\n```sh\n(.+ -- --urls) \2(\d+)\n");
        Assert.True(told.Success, "README does not say what to do when the port is taken.");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var second = new StudioProcess();
        var ended = await second.RunAsync(["--urls", $"http://127.0.0.1:{taken}"]);
        Assert.Matches(
            $"^{Regex.Escape(told.Groups[1].Value.Replace("5080", taken, StringComparison.Ordinal) + told.Groups[2].Value)}[0-9]+\n$",
            ended.Error);
    }

    [Fact]
    public void EveryLinkAndPictureOfReadme_IsThere() =>
        Assert.All(
            Readme.Places, p => Assert.True(Path.Exists(Path.Combine(Checkout.Root, p)), $"README leads to {p}, which is not there."));

    private async Task BeginAsync(string none)
    {
        Assert.Empty(none);
        window = await OpenWindowAsync(server);
    }

    private Task NameAddressAsync(string commands)
    {
        Assert.Equal(AddressLine, commands);
        return shell.EnterAsync("STUDIO=" + server.Address.ToString().TrimEnd('/'));
    }

    private async Task SignInAsync(string none)
    {
        await window.Page.GotoAsync("/studio");
        await ClickAsync(AriaRole.Button, "Sign in as the demo owner");
        await Expect(Heading).ToContainTextAsync("Dana");
        await Expect(Live).ToBeVisibleAsync();
        await PictureAsync("home");
    }

    private async Task OpenPipelineAsync(string none)
    {
        var editor = await OpenWorkflowAsync();
        var kinds = new (string Step, string Kind)[]
        { (Intake, "AI intake"), (Booking, "Booking"), (Invoice, "Invoice"), (Review, "Review SMS"), (Reminders, "Reminders") };
        await Expect(editor.Step("trigger")).ToContainTextAsync("Webhook");
        foreach (var (step, kind) in kinds) await Expect(editor.Step(step)).ToContainTextAsync(kind);
        await Expect(editor.Links).ToHaveCountAsync(kinds.Length);
    }

    private async Task MakeKeyAsync(string commands)
    {
        await shell.EnterAsync(commands);
        Assert.StartsWith("sk_live_", await shell.EnterAsync("echo \"$KEY\""), StringComparison.Ordinal);
    }

    private async Task AskForAddressAsync(string commands) =>
        Assert.Matches($"^{server.Address}api/v1/webhooks/wf_[0-9a-f]{{32}}$", await shell.EnterAsync(commands));

    private async Task SendFormAsync(string commands)
    {
        form = commands;
        first = await SendAsync();
    }

    private async Task OpenNewestRunAsync(string none)
    {
        await OpenNewestAsync();
        await Expect(Heading).ToContainTextAsync("Maria Lopez");
        await Expect(Head.Locator("code")).ToHaveAttributeAsync("title", "run_" + first["exe_".Length..]);
        foreach (var step in new[] { Intake, Booking, Invoice }) await Expect(run.DoneStep(step)).ToHaveCountAsync(1);
        await Expect(run.DoneStep(Review)).ToHaveCountAsync(0);
        await Expect(run.Status).ToContainTextAsync("Waits until");
    }

    private async Task WakeAsync(string none)
    {
        var anew = await window.Page.MarkAsync();
        await run.WakeNowAsync();
        await Expect(run.DoneStep(Review)).ToHaveCountAsync(1);
        await Expect(run.DoneStep(Reminders)).ToHaveCountAsync(0);
        await Expect(run.Status).ToContainTextAsync("Waits until");
        await anew.NotLoadedAsync();
    }

    private async Task ReadMessageAsync(string none)
    {
        await ChooseAsync("Outbox");
        await window.Page.GetByRole(AriaRole.Listitem).Locator("a.row").First.ClickAsync();
        var message = window.Page.GetByRole(AriaRole.Article, new() { Name = "Message" });
        await Expect(message).ToContainTextAsync("Hey Maria! Thanks for visiting us.");
        await Expect(message).ToContainTextAsync("Captured, not sent");
    }

    private async Task PayAsync(string none)
    {
        await ChooseAsync("Invoices");
        await window.Page.Locator("tbody tr").Filter(new() { HasText = "Maria Lopez" }).First.GetByRole(AriaRole.Link).ClickAsync();
        var client = await window.Page.RunAndWaitForPopupAsync(() => ClickAsync(AriaRole.Link, "Client's page"));
        await new InvoicePage(client).PayAsync();
        await Expect(client.GetByText("Thank you.").First).ToBeVisibleAsync();
        await client.CloseAsync();
        await window.OpenRunAsync(first);
        await Expect(run.DoneStep(Reminders)).ToHaveCountAsync(1);
        await Expect(run.Status).ToHaveTextAsync(new Regex("Done$"));
    }

    private async Task PublishAsync(string none)
    {
        var editor = await OpenWorkflowAsync();
        await editor.SelectAsync(Review);
        await Expect(editor.Field("Message")).ToBeVisibleAsync();
        await PictureAsync("editor");
        await editor.Field("Message").FillAsync("Dear {{ $initialPayload.first_name }}, how was it? {{ $google_review_url }}");
        await editor.PublishAsync();
        await Expect(editor.Published).ToContainTextAsync("Published v2");
    }

    private async Task RepeatAsync(string none)
    {
        await SendAsync();
        await OpenNewestAsync();
        await Expect(Head).ToContainTextAsync("· v2 ·");
        await run.WakeNowAsync();
        await Expect(run.DoneStep(Review)).ToHaveCountAsync(1);
        Assert.Contains("Dear Maria, how was it?", await window.NewestMessageAsync(), StringComparison.Ordinal);
        await window.OpenRunAsync(first);
        await Expect(Head).ToContainTextAsync("· v1 ·");
    }

    private async Task DrawAsync(string none)
    {
        await ChooseAsync("Workflows");
        await ClickAsync(AriaRole.Button, "New workflow");
        var editor = await EditorPage.ReadyAsync(window.Page);
        var step = await editor.DropNewAsync("Set values", 300, 200);
        await editor.ConnectAsync("trigger", step);
        await editor.SelectAsync(step);
        await editor.AddValueAsync("greeting", "Hello");
        await editor.PublishAsync();
        await editor.RunAsync("{}");
        await Expect(editor.DoneStep(step)).ToHaveCountAsync(1);
    }

    private ILocator Heading => window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    // what is drawn before the circuit stands does not answer to clicks
    private ILocator Live => window.Page.Locator("[data-live=true]");

    private ILocator Head => window.Page.Locator("header.head");

    private Task ClickAsync(AriaRole role, string name) =>
        window.Page.GetByRole(role, new() { Name = name, Exact = true }).First.ClickAsync();

    // the sidebar, or the rail of pages that need the room
    private async Task ChooseAsync(string place)
    {
        await window.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = place, Exact = true }).First.ClickAsync();
        await Expect(Heading).ToHaveTextAsync(place);
        await Expect(Live).ToBeVisibleAsync();
    }

    private async Task<EditorPage> OpenWorkflowAsync()
    {
        await ChooseAsync("Workflows");
        await ClickAsync(AriaRole.Link, Pipeline);
        return await EditorPage.ReadyAsync(window.Page);
    }

    private async Task OpenNewestAsync()
    {
        await ChooseAsync("Runs");
        await Expect(window.Runs.First).ToContainTextAsync("Maria Lopez");
        await Expect(window.Runs.First).ToContainTextAsync("Waits until");
        await PictureAsync("runs");
        await window.Runs.First.GetByRole(AriaRole.Link).First.ClickAsync();
        run = new RunPage(window.Page);
        await Expect(run.Log).ToBeVisibleAsync();
    }

    // the pictures of README, when a folder for them is named
    private Task PictureAsync(string name) => Environment.GetEnvironmentVariable("STUDIO_TEST_PICTURES") is { Length: > 0 } folder
        ? window.Page.ScreenshotAsync(new() { Path = Path.Combine(Checkout.Root, folder, $"{name}-light.png") })
        : Task.CompletedTask;

    private async Task<string> SendAsync()
    {
        using var answer = JsonDocument.Parse(await shell.EnterAsync(form));
        return answer.RootElement.GetProperty("execution_id").GetString()!;
    }
}
