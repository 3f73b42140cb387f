using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Connectors.Mail;

public sealed class ImapMailboxTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task Try_SaysThatItReads()
    {
        await using var server = new LocalImap();
        Assert.Equal("localhost lets the studio read INBOX. E-mail that arrives there from now on is taken at once.",
            (await TryAsync(server)).Value);
        server.CanIdle = false;
        Assert.Equal("localhost lets the studio read Old mails. E-mail that arrives there from now on is taken every minute.",
            (await TryAsync(server, folder: "Old mails")).Value);
    }

    [Fact]
    public async Task Try_WithAWrongPassword_SaysSoWithoutIt()
    {
        await using var server = new LocalImap();
        var problem = (await TryAsync(server, secret: "other")).Problem!;
        Assert.Equal("mail_sign_in", problem.Code);
        Assert.StartsWith("localhost did not let the studio in: name or password is wrong.", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("other", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_AFolderThatIsNotThere_NamesThoseThatAre()
    {
        await using var server = new LocalImap();
        Assert.Equal("localhost knows no folder Nowhere. There are: Answers, INBOX, Old mails.",
            (await TryAsync(server, folder: "Nowhere")).Problem!.Message);
    }

    [Fact]
    public async Task Try_IntoTheOwnNetwork_IsRefused()
    {
        await using var server = new LocalImap();
        Assert.Equal("address_not_allowed", (await TryAsync(server, allowed: [])).Problem!.Code);
        Assert.Empty(server.Heard);
    }

    [Fact]
    public async Task Try_WhereNothingListens_OrNoneThatIsAMailbox_SaysSo()
    {
        Assert.Equal(("mail_unreachable", true), Of(await Mailbox().TryAsync(Connected(LocalMail.FreePort()), default)));
        await using var mail = new LocalMail();
        Assert.Equal(("mail_unreachable", true), Of(await Mailbox().TryAsync(Connected(mail.Port), default)));
    }

    [Fact]
    public async Task Try_WithoutTheEncryptionThatIsAskedFor_SignsNobodyIn()
    {
        await using var server = new LocalImap();
        var problem = (await Mailbox().TryAsync(Connected(server.Port, encryption: "starttls"), default)).Problem!;
        Assert.Equal("mail_settings", problem.Code);
        Assert.DoesNotContain(server.Heard, h => h.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"endpoint":"https://mail.example.test","user":"desk"}""", "no address such as")]
    [InlineData("""{"endpoint":"imaps://mail.example.test"}""", "no user")]
    [InlineData("{}", "no address such as")]
    public async Task Open_WithWrongSettings_SaysWhich(string settings, string expected)
    {
        var connection = new Connection(ConnectionKinds.Imap, "Mailbox", JsonElement.Parse(settings), "s3cret");
        Assert.Contains(expected, (await Mailbox().OpenAsync(connection, default)).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ListsWhatCameLater_TheOldestFirst()
    {
        await using var server = new LocalImap();
        for (var i = 0; i < 4; i++) server.Put($"Subject: {i}\n\nHi");
        await using var mailbox = await OpenAsync(server);

        Assert.Equal((1u, 4u), (mailbox.Validity, mailbox.Last));
        Assert.Equal([2u, 3u], (await mailbox.AfterAsync(1, 2, default)).Value!.Select(m => m.Uid));
        Assert.Empty((await mailbox.AfterAsync(4, 50, default)).Value!);
        Assert.Empty((await mailbox.AfterAsync(uint.MaxValue, 50, default)).Value!);
    }

    [Fact]
    public async Task Read_ChangesNothing()
    {
        await using var server = new LocalImap();
        server.Put("From: maria@example.test\nSubject: Hi\n\nYes");
        await using var mailbox = await OpenAsync(server);
        var listed = Assert.Single((await mailbox.AfterAsync(0, 50, default)).Value!);

        Assert.Equal("Yes", (await mailbox.ReadAsync(listed, default)).Value!.Text);
        Assert.All(server.Heard, h => Assert.DoesNotMatch("(?i)STORE|SELECT|EXPUNGE|APPEND| BODY\\[", h));
    }

    [Fact]
    public async Task Read_OfAHugeMail_ReadsItsBeginning()
    {
        await using var server = new LocalImap();
        var head = Encoding.ASCII.GetBytes("From: maria@example.test\r\nSubject: Photos\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nHere they are\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n");
        server.Put([.. head, .. Enumerable.Repeat((byte)'x', OpenMailbox.MostBytes)]);
        await using var mailbox = await OpenAsync(server);
        var listed = Assert.Single((await mailbox.AfterAsync(0, 50, default)).Value!);

        Assert.Equal("Here they are", (await mailbox.ReadAsync(listed, default)).Value!.Text);
        Assert.Contains(server.Heard, h => h.Contains("BODY.PEEK[]<0.1048576>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_OfWhatTheServerKeepsToItself_IsNone()
    {
        await using var server = new LocalImap();
        server.Put("Subject: Hi\n\nYes");
        await using var mailbox = await OpenAsync(server);
        var listed = Assert.Single((await mailbox.AfterAsync(0, 50, default)).Value!);
        server.Hears = command => command.StartsWith("UID FETCH", StringComparison.Ordinal) ? "TAG NO not this one" : null;

        Assert.Equal((null, null), await mailbox.ReadAsync(listed, default) is var a ? (a.Value, a.Problem) : default);
        server.Hears = null;
        Assert.NotNull((await mailbox.ReadAsync(listed, default)).Value);
    }

    [Fact]
    public async Task Read_OfAMailThatBreaksOff_IsAProblem()
    {
        await using var server = new LocalImap();
        server.Put("Subject: Hi\n\nYes");
        await using var mailbox = await OpenAsync(server);
        server.Hears = command =>
            command.StartsWith("UID FETCH", StringComparison.Ordinal) ? "* 1 FETCH (UID 1 BODY[] {500}\r\nSubj" : null;
        var reading = mailbox.ReadAsync(new ListedMail(1, 10), default);
        await Eventually(() => server.Heard.Any(h => h.Contains("BODY.PEEK", StringComparison.Ordinal)));
        server.Drop();

        Assert.Equal(("mail_unreachable", true), Of(await reading));
    }

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("EXAMINE")]
    public async Task Open_OfAServerThatFallsSilent_IsGivenUp(string command)
    {
        await using var server = new LocalImap { Hears = said => said.StartsWith(command, StringComparison.Ordinal) ? "silence" : null };
        var opening = Mailbox().OpenAsync(Connected(server.Port), default);
        await Eventually(() => server.Heard.Any(h => h.StartsWith(command, StringComparison.Ordinal)));
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(("mail_unreachable", true), Of(await opening));
    }

    [Fact]
    public async Task After_OfAServerThatFallsSilent_IsGivenUp()
    {
        await using var server = new LocalImap();
        await using var mailbox = await OpenAsync(server);
        server.Hears = _ => "silence";
        var asking = mailbox.AfterAsync(0, 50, default);
        await Eventually(() => server.Heard.Any(h => h.StartsWith("UID SEARCH", StringComparison.Ordinal)));
        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(("mail_unreachable", true), Of(await asking));
    }

    [Fact]
    public async Task Read_OfAMailThatIsLongerThanItWasSaidToBe_IsGivenUp()
    {
        await using var server = new LocalImap();
        server.Put([.. "Subject: Hi\r\n\r\n"u8, .. Enumerable.Repeat((byte)'x', OpenMailbox.MostBytes + 2_000_000)]);
        await using var mailbox = await OpenAsync(server);

        Assert.Equal(("mail_unreachable", true), Of(await mailbox.ReadAsync(new ListedMail(1, 100), default)));
    }

    [Fact]
    public async Task Wait_EndsWhenSomethingComes()
    {
        await using var server = new LocalImap();
        await using var mailbox = await OpenAsync(server);
        var waiting = mailbox.WaitAsync(default);
        await Eventually(() => server.Idling == 1);
        server.Put("Subject: Hi\n\nYes");

        Assert.True((await waiting).Value);
        Assert.Single((await mailbox.AfterAsync(0, 50, default)).Value!);
    }

    [Fact]
    public async Task Wait_OfAServerThatTellsNothing_AsksEachMinute()
    {
        await using var server = new LocalImap { CanIdle = false };
        await using var mailbox = await OpenAsync(server);
        var waiting = mailbox.WaitAsync(default);
        Assert.DoesNotContain("NOOP", server.Heard);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await waiting).Value);
        Assert.Contains("NOOP", server.Heard);
    }

    [Fact]
    public async Task Wait_WhereTheServerHangsUp_IsAProblem()
    {
        await using var server = new LocalImap();
        await using var mailbox = await OpenAsync(server);
        var waiting = mailbox.WaitAsync(default);
        await Eventually(() => server.Idling == 1);
        server.Drop();

        Assert.Equal(("mail_unreachable", true), Of(await waiting));
    }

    private async Task<OpenMailbox> OpenAsync(LocalImap server)
    {
        var answer = await Mailbox().OpenAsync(Connected(server.Port), default);
        Assert.Null(answer.Problem);
        return answer.Value!;
    }

    private Task<Answer<string>> TryAsync(LocalImap server, string secret = "s3cret", string folder = "", string[]? allowed = null) =>
        Mailbox(allowed).TryAsync(Connected(server.Port, secret, folder), default);

    private ImapMailbox Mailbox(string[]? allowed = null) =>
        new(new GuardedHttpOptions { AllowedHosts = allowed ?? ["localhost"] }, clock);

    private static (string, bool) Of<T>(Answer<T> answer) => (answer.Problem!.Code, answer.Problem.Retryable);

    private static async Task Eventually(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(5, limit.Token);
    }

    private static Connection Connected(int port, string secret = "s3cret", string folder = "", string encryption = "none") => new(
        ConnectionKinds.Imap, "Mailbox", JsonElement.Parse(string.Create(CultureInfo.InvariantCulture,
            $$"""{"endpoint":"imap://localhost:{{port}}","user":"desk","folder":"{{folder}}","encryption":"{{encryption}}"}""")), secret);
}
