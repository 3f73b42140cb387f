using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using WorkflowStudio.E2E.Pages;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>A run asks somebody outside of the studio, who decides with nothing but the link.</summary>
public sealed class ApprovalTests(StudioFixture studio) : BrowserTest(studio)
{
    private const string Flow = """
        {"name":"Discounts","status":"active","trigger":{"type":"webhook","event":"asked","config":{}},
        "nodes":[
          {"id":"ask","type":"approval","name":"Ask the boss","config":{"title":"Give a discount of 10 %?","message":"For Maria.","to":"boss@example.test","approve_label":"Give it","reject_label":"Keep the price"}},
          {"id":"yes","type":"set","name":"Approved","config":{"values":{"said":"{{ $node.ask.comment }}"}}},
          {"id":"no","type":"set","name":"Rejected","config":{"values":{"n":0}}}],
        "link_connections":[{"from":"trigger","to":"ask"},{"from":"ask","from_port":"approved","to":"yes"},{"from":"ask","from_port":"rejected","to":"no"}]}
        """;

    [Fact]
    public async Task Approval_OpenedDecidedAndDecidedAgain_CountsOnce()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();
        var started = await SendAsync(await MakeAsync());
        var run = await studio.OpenRunAsync(started);
        await Expect(run.Status).ToContainTextAsync("Waits");
        var second = await OpenWindowAsync();
        await second.SignInAsDemoOwnerAsync();
        var link = Regex.Match(await second.NewestMessageAsync(), "Decide here: http://[^/]+(/approvals/[A-Za-z0-9_-]+)").Groups[1].Value;
        Assert.NotEmpty(link);

        // opening the link, and once more, decides nothing: mail programs do that by themselves
        var boss = await (await OpenWindowAsync()).OpenApprovalAsync(link);
        var late = await (await OpenWindowAsync()).OpenApprovalAsync(link);
        await Expect(boss.Question).ToHaveTextAsync("Give a discount of 10 %?");
        await boss.ReloadAsync();
        await Expect(boss.Buttons).ToHaveCountAsync(2);
        await Expect(run.Status).ToContainTextAsync("Waits");

        await boss.Comment.FillAsync("Only this time.");
        await boss.DecideAsync("Give it");
        await Expect(boss.Outcome).ToContainTextAsync("Approved by boss@example.test");
        await Expect(run.DoneStep("yes")).ToHaveCountAsync(1);
        await Expect(run.DoneStep("no")).ToHaveCountAsync(0);
        await Expect(run.Status).ToHaveTextAsync(new Regex("Done$"));

        // whoever had the page open and decides otherwise is told, and changes nothing
        await late.DecideAsync("Keep the price");
        await Expect(late.Refusal).ToHaveTextAsync(new Regex("This is decided already: approved by boss@example.test\\."));
        await Expect(late.Buttons).ToHaveCountAsync(0);
        await Expect(late.Outcome).ToContainTextAsync("Approved by boss@example.test");
        await Expect(run.DoneStep("no")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Answer_ClickedWhileTheServerIsAway_IsSaidToBeLostAndCountsOnceItIsGivenAgain()
    {
        await using var server = new StudioProcess();
        await server.StartAsync();
        await SendAsync(await MakeAsync(server), server);
        var studio = await OpenWindowAsync(server);
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/approvals");
        var give = studio.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Give it" });
        await Expect(give).ToBeVisibleAsync();

        // what Blazor itself says of a click while the server is away
        Forgive("No interop methods are registered for renderer");
        Forgive("Cannot send data if the connection is not in the 'Connected' State");
        var anew = await studio.Page.MarkAsync();
        await server.KillAsync();
        await Expect(studio.Page.GetByText("Reconnecting")).ToBeVisibleAsync();
        await give.ClickAsync();
        // the card of the demo's own question says nothing
        await Expect(studio.Page.GetByText("Your answer did not arrive").Filter(new() { Visible = true })).ToHaveCountAsync(1);
        await Expect(studio.Page.GetByText("“Give it” was not done.")).ToBeVisibleAsync();
        await server.StartAsync();

        // the page has loaded itself again, and still knows
        await anew.LoadedAsync();
        await Expect(studio.Page.Locator("[data-live=true]")).ToBeVisibleAsync();
        await Expect(studio.Page.GetByText("was not done.")).ToHaveCountAsync(0);
        // the card of the demo's own question says nothing
        await Expect(studio.Page.GetByText("Your answer did not arrive").Filter(new() { Visible = true })).ToHaveCountAsync(1);
        await give.ClickAsync();
        await Expect(give).ToHaveCountAsync(0);
        await Expect(studio.Page.GetByText("Approved by").First).ToBeVisibleAsync();
    }

    private async Task<string> MakeAsync(StudioProcess? server = null)
    {
        server ??= Server;
        var key = await server.CommandAsync("keys", "create", "--workspace", "demo", "--environment", "live", "--scopes", "all");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workflows")
        { Content = new StringContent(Flow, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    private async Task<string> SendAsync(string workflow, StudioProcess? server = null)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await (server ?? Server).Http.PostAsync($"/api/v1/webhooks/{workflow}", body);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("execution_id").GetString()!;
    }
}
