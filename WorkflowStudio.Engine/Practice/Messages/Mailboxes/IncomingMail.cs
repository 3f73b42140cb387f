using System.Security.Cryptography;
using System.Text;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Messages.Mailboxes;

/// <summary>What becomes of an e-mail that came.</summary>
internal enum MailOutcome
{
    /// <summary>It is a contact's message, kept and told.</summary>
    Taken,

    /// <summary>It says that one of the studio's own could not be brought.</summary>
    Bounced,

    /// <summary>A program wrote it, or it names no one sender: it is nobody's message.</summary>
    LeftOut,

    /// <summary>The practice wrote it.</summary>
    Own,
}

/// <summary>
/// Makes of an e-mail what it means: somebody's message, the news that one came back, or nothing. The same mail comes to the same, however
/// often it is read.
/// </summary>
internal sealed class IncomingMail(ReceivedMessages received, MessageDeliveries deliveries, OutboxQueries outbox, IConnections connections)
{
    /// <summary>Takes a mail in.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="place">Where it lies, for one that has no id of its own.</param>
    /// <param name="mailbox">Whose mailbox it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<MailOutcome> TakeAsync(
        Tenant tenant, ReceivedMail mail, string place, ImapConnection mailbox, CancellationToken cancellationToken)
    {
        var came = false;
        foreach (var bounce in mail.Bounces) came |= await deliveries.BouncedAsync(tenant, bounce, cancellationToken);
        if (came) return MailOutcome.Bounced;
        if (mail.IsAutomatic || mail.From is not { } from) return MailOutcome.LeftOut;
        if (await IsOwnAsync(tenant, mail, mailbox, cancellationToken)) return MailOutcome.Own;
        await received.ReceiveAsync(
            tenant,
            new IncomingMessage(MessageChannel.Email, from, mail.To, Body(mail), GatewayId: Key(mail, from, place))
            { Subject = mail.Subject.Length > 0 ? mail.Subject : null, Answers = mail.Answers },
            null, cancellationToken);
        return MailOutcome.Taken;
    }

    private static string Body(ReceivedMail mail) => mail.Text.Length > 0 ? mail.Text
        : mail.Subject.Length > 0 ? mail.Subject
        : mail.Attachments.Count > 0 ? $"({string.Join(", ", mail.Attachments)})"
        : "(nothing)";

    // with the sender: nobody keeps a mail of somebody else from being taken by sending its id first
    private static string Key(ReceivedMail mail, string from, string place) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(mail.Id.Length > 0 ? $"{from}\n{mail.Id}" : $"{from}\n\n{place}")));

    private async Task<bool> IsOwnAsync(Tenant tenant, ReceivedMail mail, ImapConnection mailbox, CancellationToken cancellationToken)
    {
        if (mail.From == MailAddresses.Bare(mailbox.User)) return true;
        if (MailId.Read(mail.Id) is { } id && await outbox.FindAsync(tenant, id, cancellationToken) is not null) return true;
        return await connections.FindAsync(tenant, ConnectionKinds.Smtp, cancellationToken) is { } smtp
            && mail.From == MailAddresses.Bare(smtp.Text("from"));
    }
}
