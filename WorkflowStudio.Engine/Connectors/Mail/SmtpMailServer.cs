using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>
/// The mail server behind the workspace's <c>smtp</c> connection. A connection for each message, made like every other one.
/// </summary>
internal sealed class SmtpMailServer(IConnections connections, GuardedHttpOptions options) : IMailServer
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public async Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken) =>
        await connections.FindAsync(tenant, ConnectionKinds.Smtp, cancellationToken) is not null;

    /// <summary>Signs in with a connection and sends nothing; the same problems as <see cref="SendAsync"/>.</summary>
    public Task<Answer<string>> TryAsync(Connection connection, CancellationToken cancellationToken) => WithAsync(
        connection, static (_, settings, _) => Task.FromResult<Answer<string>>($"{settings.Host} takes mail from here."),
        cancellationToken);

    public async Task<Answer<string>> SendAsync(Tenant tenant, MailToSend mail, CancellationToken cancellationToken)
    {
        if (await connections.FindAsync(tenant, ConnectionKinds.Smtp, cancellationToken) is not { } connection)
            return new ConnectorProblem("no_mail_server", "No mail server is connected. Connect one under Connections.");
        return await WithAsync(
            connection,
            async (client, settings, stop) =>
            {
                if (!TryMessage(mail, settings, out var message, out var problem)) return problem!;
                using (message) return await GiveAsync(client, settings.Host, message!, stop);
            },
            cancellationToken);
    }

    private async Task<Answer<string>> WithAsync(
        Connection connection, Func<SmtpClient, SmtpConnection, CancellationToken, Task<Answer<string>>> work,
        CancellationToken cancellationToken)
    {
        if (!SmtpConnection.TryRead(connection, out var settings, out var wrong)) return wrong;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
#pragma warning disable CA5359 // it throws, with the reason, where others return false
        using var client = new SmtpClient
        {
            ServerCertificateValidationCallback = HttpCertificates.Check, CheckCertificateRevocation = false,
            Timeout = (int)Longest.TotalMilliseconds,
        };
#pragma warning restore CA5359
        try
        {
            await ConnectAsync(client, settings, limit.Token);
        }
        catch (Exception e) when (Problem(settings.Host, e, cancellationToken) is { } problem)
        {
            return problem;
        }

        var done = await work(client, settings, limit.Token);
        await LeaveAsync(client, limit.Token);
        return done;
    }

    private async Task ConnectAsync(SmtpClient client, SmtpConnection settings, CancellationToken stop)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        soon.CancelAfter(options.ConnectTimeout);
        var socket = await GuardedSocket.ConnectAsync(options, settings.Host, settings.Port, soon.Token);
        await client.ConnectAsync(socket, settings.Host, settings.Port, settings.Security, stop);
        if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", stop);
    }

    private static async Task<Answer<string>> GiveAsync(SmtpClient client, string host, MimeMessage message, CancellationToken stop)
    {
        try
        {
            return await client.SendAsync(message, stop);
        }
        catch (SmtpCommandException e)
        {
            var isLater = (int)e.StatusCode is >= 400 and < 500;
            var who = e.Mailbox is { } mailbox ? $" for {mailbox.Address}" : "";
            return new ConnectorProblem(
                "mail_refused", $"{host} did not take the e-mail{who}: {(int)e.StatusCode} {ShownText.OneLine(e.Message)}. "
                    + (isLater ? "It may take it later."
                    : "See whether the address is right, and whether the server lets this sender in."),
                isLater);
        }
        catch (ServiceNotAuthenticatedException)
        {
            return new ConnectorProblem(
                "mail_sign_in", $"{host} takes mail only from who signs in. Connect it with a user and a password under Connections.");
        }
        catch (NotSupportedException)
        {
            return new ConnectorProblem("mail_address", $"{host} cannot send to an address with letters such as ü or ñ. Use another one.");
        }
        catch (Exception e) when (e is IOException or ProtocolException or OperationCanceledException or SocketException)
        {
            // it was given, and nobody said that it was taken
            return new ConnectorProblem(
                ConnectorProblem.OutcomeUnknown, $"The connection to {host} broke while the e-mail was handed over, so it may have gone "
                    + "out and may not. Ask whoever was to get it, or look into the server's log, before it is sent again.");
        }
    }

    private static async Task LeaveAsync(SmtpClient client, CancellationToken stop)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stop);
        }
        catch (Exception e)
            when (e is IOException or ProtocolException or CommandException or OperationCanceledException or SocketException)
        {
            // what was sent is sent
        }
    }

    private static bool TryMessage(MailToSend mail, SmtpConnection settings, out MimeMessage? message, out ConnectorProblem? problem)
    {
        (message, problem) = (null, null);
        var made = new MimeMessage { Subject = mail.Subject, MessageId = MailId.Of(mail.Id, settings.From.Domain) };
        foreach (var (list, addresses) in new[] { (made.To, mail.To), (made.Cc, mail.Cc), (made.Bcc, mail.Bcc) })
            foreach (var address in addresses)
                if (MailAddresses.TryOne(address, out var one)) list.Add(one);
                else problem ??= WrongAddress(address);
        made.From.Add(MailAddresses.TryOne(mail.From, out var sender) ? sender
            : mail.From.Trim().Length > 0 ? new MailboxAddress(mail.From.Trim(), settings.From.Address)
            : settings.From);
        if (mail.ReplyTo is { } reply)
            if (MailAddresses.TryOne(reply, out var answers)) made.ReplyTo.Add(answers);
            else problem ??= WrongAddress(reply);
        made.Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody();
        if (problem is null) message = made;
        else made.Dispose();
        return problem is null;
    }

    private static ConnectorProblem WrongAddress(string address) =>
        new("mail_address", $"{address} is no e-mail address. Correct it in the step's settings or at the contact.");

    // nothing was handed over yet
    private static ConnectorProblem? Problem(string host, Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        _ when CallProblem.CauseOf<CallRefusedException>(e) is { } refused => refused.Problem,
        AddressNotAllowedException hidden => new ConnectorProblem("address_not_allowed", hidden.Message),
        AuthenticationException => new ConnectorProblem("mail_sign_in",
            $"{host} did not let the studio in: name or password is wrong. Correct them under Connections."),
        SslHandshakeException => new ConnectorProblem("mail_unreachable", $"No encrypted connection to {host} can be made. See whether the "
            + "port is right: smtps:// is for servers that encrypt from the start (465), smtp:// for those with STARTTLS (587)."),
        NotSupportedException => new ConnectorProblem("mail_settings", $"{host} offers no encryption (STARTTLS) or no way to sign in, so "
            + "nothing is sent. Correct its address under Connections."),
        SmtpCommandException c => new ConnectorProblem("mail_refused",
            $"{host} did not let the studio in: {(int)c.StatusCode} {ShownText.OneLine(c.Message)}.", (int)c.StatusCode < 500),
        SocketException or IOException or ProtocolException or OperationCanceledException => new ConnectorProblem("mail_unreachable",
            $"The mail server {host} cannot be reached, or what answers there is none. See whether address and port are right.", true),
        _ => null,
    };
}
