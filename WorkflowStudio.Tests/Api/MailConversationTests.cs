using System.Globalization;
using System.Text.Json;
using MimeKit;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api;

/// <summary>A run that asks by e-mail, over a mail server and a mailbox, and goes on with the answer.</summary>
public sealed class MailConversationTests
{
    private const string Runs = "/api/v1/workflows/runs";

    [Fact]
    public async Task Answer_ThatComesIntoTheMailbox_WakesTheRunThatAsked()
    {
        await using var app = new StudioApp { Settings = { ["STUDIO_ALLOWED_HOSTS"] = "localhost" } };
        await using var mail = new LocalMail();
        await using var mailbox = new LocalImap();
        var practice = await ConnectedAsync(app, mail, mailbox);
        await UntilAsync(() => Task.FromResult(mailbox.Idling == 1 ? "" : "the mailbox is not read"));
        var contact = (await practice.PostAsync("/api/v1/contacts", """{"name":"Maria Lopez","email":"maria@example.test"}""")).Json
            .GetProperty("data").GetProperty("id").GetString()!;
        var first = await StartAsync(practice, contact);
        var asked = await TakenAsync(mail, 1);
        var second = await StartAsync(practice, contact);
        await TakenAsync(mail, 2);

        // out of office first, which is no answer; then one to the run that was started first
        mailbox.Put(Reply(asked, "I am away", "m1", "Auto-Submitted: auto-replied\n"));
        mailbox.Put(Reply(asked, "What?", "m2"));
        var again = await TakenAsync(mail, 3);
        mailbox.Put(Reply(again, "The second one, please", "m3"));

        Assert.Contains("Chose Thursday: The second one, please", await EndedAsync(practice, first), StringComparison.Ordinal);
        Assert.DoesNotContain("away", await LogAsync(practice, first), StringComparison.Ordinal);
        Assert.Equal("active", await StatusAsync(practice, second));
        Assert.Equal(3, mail.Taken.Count);
    }

    private static async Task<TestPractice> ConnectedAsync(StudioApp app, LocalMail mail, LocalImap mailbox)
    {
        var owner = (await app.PracticeAsync()).Owner;
        var live = owner with { Tenant = owner.Tenant with { Environment = StudioEnvironment.Live } };
        await ConnectAsync(
            ConnectionKinds.Smtp, $"\"endpoint\":\"smtp://localhost:{Text(mail.Port)}\",\"from\":\"Desk <desk@practice.test>\"");
        await ConnectAsync(ConnectionKinds.Imap, $"\"endpoint\":\"imap://localhost:{Text(mailbox.Port)}\"");
        return new TestPractice(app, live, await app.KeyAsync(owner, StudioEnvironment.Live));

        async Task ConnectAsync(string kind, string settings)
        {
            var all = JsonElement.Parse($$"""{"user":"desk","encryption":"none",{{settings}}}""");
            var set = await app.Get<SetConnection>().RunAsync(live, new Connection(kind, kind, all, "s3cret"));
            Assert.True(set.Ok, set.Problem?.Message);
        }
    }

    private static async Task<string> StartAsync(TestPractice practice, string contact)
    {
        var made = await practice.PostAsync("/api/v1/workflows", """
            {"name":"Day","triggerType":"manual","introMessage":"Hi","steps":[
             {"type":"ask_choice","config":{"text":"Which day suits you?","choices":["Tuesday","Thursday"],"timeoutDays":2}},
             {"type":"end"}]}
            """);
        Assert.True(made.Status == 201, made.Body);
        var run = await practice.PostAsync(
            Runs, $$"""{"workflowId":"{{made.Json.GetProperty("data").GetProperty("id").GetString()}}","contactId":"{{contact}}"}""");
        Assert.True(run.Status == 201, run.Body);
        return run.Json.GetProperty("data").GetProperty("id").GetString()!;
    }

    private static async Task<MimeMessage> TakenAsync(LocalMail mail, int count)
    {
        await UntilAsync(() => Task.FromResult(mail.Taken.Count >= count ? "" : "the mail is not there"));
        return mail.Taken[count - 1];
    }

    private static string Reply(MimeMessage to, string text, string id, string more = "") =>
        $"From: Maria <maria@example.test>\nTo: {to.From}\nSubject: Re: {to.Subject}\nMessage-ID: <{id}@example.test>\n{more}"
        + $"In-Reply-To: <{to.MessageId}>\n\n{text}\n\nOn Tue, Dec 1, 2026 at 10:14 AM Desk <desk@practice.test> wrote:\n\n> 1. Tuesday\n";

    private static async Task<string> EndedAsync(TestPractice practice, string run)
    {
        await UntilAsync(async () => await StatusAsync(practice, run) == "completed" ? "" : await LogAsync(practice, run));
        return await LogAsync(practice, run);
    }

    private static async Task<string> StatusAsync(TestPractice practice, string run) =>
        (await practice.GetAsync($"{Runs}/{run}")).Json.GetProperty("data").GetProperty("status").GetString()!;

    private static async Task<string> LogAsync(TestPractice practice, string run) => (await practice.GetAsync($"{Runs}/{run}/logs")).Body;

    // what is missing; empty once nothing is
    private static async Task UntilAsync(Func<Task<string>> missing)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (await missing() is { Length: > 0 } said)
        {
            Assert.False(patience.IsCancellationRequested, said);
            await Task.Delay(10);
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
