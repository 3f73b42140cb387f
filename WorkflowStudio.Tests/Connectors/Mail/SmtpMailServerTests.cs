using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmtpServer.Protocol;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Connectors.Mail;

public sealed class SmtpMailServerTests
{
    private static readonly Tenant Tenant = new(NewIds.Next(), StudioEnvironment.Live);

    private static readonly MailToSend Mail = new(NewIds.Next(), "", ["maria@example.test"], "Grüße", "Hello Maria,\nüber alles 👋");

    [Fact]
    public async Task Send_AMail_ArrivesAsItWasWritten()
    {
        await using var server = new LocalMail();
        var answer = await SendAsync(server.Port, Mail with
        { Html = "<p>Hello</p>", Cc = ["Desk <desk@example.test>"], Bcc = ["boss@example.test"], ReplyTo = "answers@example.test" });

        Assert.Null(answer.Problem);
        var taken = Assert.Single(server.Taken);
        Assert.Equal(("Grüße", "\"Practice\" <practice@example.test>", "maria@example.test", "\"Desk\" <desk@example.test>", ""),
            (taken.Subject, taken.From.ToString(), taken.To.ToString(), taken.Cc.ToString(), taken.Bcc.ToString()));
        Assert.Equal(("Hello Maria,\nüber alles 👋", "<p>Hello</p>", "answers@example.test", $"{Mail.Id:N}@example.test"),
            (taken.TextBody!.ReplaceLineEndings("\n").TrimEnd(), taken.HtmlBody!.TrimEnd(), taken.ReplyTo.ToString(), taken.MessageId));
    }

    [Theory]
    [InlineData("Front desk", "\"Front desk\" <practice@example.test>")]
    [InlineData("Front desk <front@example.test>", "\"Front desk\" <front@example.test>")]
    public async Task Send_FromANameOrAnAddress_SaysSo(string from, string expected)
    {
        await using var server = new LocalMail();
        await SendAsync(server.Port, Mail with { From = from });

        Assert.Equal(expected, Assert.Single(server.Taken).From.ToString());
    }

    [Fact]
    public async Task Send_ASubjectOfSeveralLines_BeginsNoHeader()
    {
        await using var server = new LocalMail();
        await SendAsync(server.Port, Mail with { Subject = "Hi\r\nBcc: all@example.test" });

        Assert.Empty(Assert.Single(server.Taken).Bcc);
    }

    [Fact]
    public async Task Send_ToWhomTheServerDoesNotKnow_IsRefusedForGood()
    {
        await using var server = new LocalMail(knows: to => to != "maria@example.test");
        var problem = (await SendAsync(server.Port, Mail)).Problem!;

        Assert.Equal(("mail_refused", false), (problem.Code, problem.Retryable));
        Assert.Contains("for maria@example.test: 550", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_RefusedForNow_IsTriedAgain()
    {
        await using var server = new LocalMail(says: () => new SmtpResponse((SmtpReplyCode)451, "come back later"));
        var problem = (await SendAsync(server.Port, Mail)).Problem!;

        Assert.Equal(("mail_refused", true), (problem.Code, problem.Retryable));
        Assert.Contains("come back later", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WithAWrongPassword_SaysWhatToCorrect()
    {
        await using var server = new LocalMail();
        var problem = (await SendAsync(server.Port, Mail, secret: "other")).Problem!;

        Assert.Equal(("mail_sign_in", false), (problem.Code, problem.Retryable));
        Assert.DoesNotContain("other", problem.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task Send_WhereNothingListens_IsTriedAgain()
    {
        var problem = (await SendAsync(LocalMail.FreePort(), Mail)).Problem!;

        Assert.Equal(("mail_unreachable", true), (problem.Code, problem.Retryable));
    }

    [Fact]
    public async Task Send_IntoTheOwnNetwork_IsRefused()
    {
        await using var server = new LocalMail();
        var problem = (await SendAsync(server.Port, Mail, allowed: [])).Problem!;

        Assert.Equal("address_not_allowed", problem.Code);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task Send_ConnectionThatBreaksAfterTheMail_LeavesTheOutcomeUnknown()
    {
        using var server = new BreakingServer();
        var problem = (await SendAsync(server.Port, Mail, user: false)).Problem!;

        Assert.Equal((ConnectorProblem.OutcomeUnknown, false), (problem.Code, problem.Retryable));
    }

    [Theory]
    [InlineData("""{"endpoint":"https://mail.example.test","from":"a@example.test"}""", "no address such as")]
    [InlineData("""{"endpoint":"smtp://mail.example.test","from":"nobody"}""", "no sender such as")]
    [InlineData("{}", "no address such as")]
    public async Task Send_WithWrongSettings_SaysWhich(string settings, string expected)
    {
        var mail = new SmtpMailServer(new FakeConnections(ConnectionKinds.Smtp, settings, null), new GuardedHttpOptions());

        Assert.Contains(expected, (await mail.SendAsync(Tenant, Mail, default)).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_SignsInAndSendsNothing()
    {
        await using var server = new LocalMail();

        Assert.Equal("localhost takes mail from here.", (await Server(server.Port).TryAsync(Connected(server.Port), default)).Value);
        Assert.Empty(server.Taken);
    }

    private static async Task<Answer<string>> SendAsync(
        int port, MailToSend mail, string secret = "s3cret", string[]? allowed = null, bool user = true) =>
        await Server(port, secret, allowed, user).SendAsync(Tenant, mail, default);

    private static SmtpMailServer Server(int port, string secret = "s3cret", string[]? allowed = null, bool user = true) => new(
        new FakeConnections(ConnectionKinds.Smtp, Settings(port, user), secret),
        new GuardedHttpOptions { AllowedHosts = allowed ?? ["localhost"] });

    private static Connection Connected(int port) =>
        new(ConnectionKinds.Smtp, "Mail server", JsonElement.Parse(Settings(port, user: true)), "s3cret");

    private static string Settings(int port, bool user) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"endpoint":"smtp://localhost:{{port}}","from":"Practice <practice@example.test>","encryption":"none"{{(user ? ",\"user\":\"desk\"" : "")}}}
        """);

    /// <summary>Takes a whole mail, and goes away instead of saying so.</summary>
    private sealed class BreakingServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public BreakingServer()
        {
            listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 localhost");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line == ".") return;
                if (line == "DATA") await writer.WriteLineAsync("354 go on");
                else if (line.StartsWith("EHLO", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal)
                    || line.StartsWith("RCPT", StringComparison.Ordinal)) await writer.WriteLineAsync("250 ok");
            }
        }
    }
}
