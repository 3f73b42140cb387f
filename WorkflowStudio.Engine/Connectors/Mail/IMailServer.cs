using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>Sends e-mail through the mail server that a workspace has connected.</summary>
public interface IMailServer
{
    /// <summary>Whether a mail server is connected.</summary>
    Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Hands a message over; the value is what the server said to it. Problems: <c>mail_settings</c>, <c>mail_address</c>,
    /// <c>mail_sign_in</c>, <c>mail_refused</c> (another try can help where the server says so), <c>address_not_allowed</c>,
    /// <c>certificate_not_trusted</c>, <c>mail_unreachable</c>; and <see cref="ConnectorProblem.OutcomeUnknown"/> when the connection broke
    /// after the message was given and before it was acknowledged.
    /// </summary>
    Task<Answer<string>> SendAsync(Tenant tenant, MailToSend mail, CancellationToken cancellationToken);
}

/// <summary>An e-mail.</summary>
/// <param name="Id">Made once for the message: its <c>Message-ID</c>, by which receivers know it again.</param>
/// <param name="From">The sender's name, an address, or both; empty for that of the connection.</param>
/// <param name="To">Who gets it, at least one address.</param>
/// <param name="Subject">Its subject; may be empty.</param>
/// <param name="Text">The text, plain.</param>
public sealed record MailToSend(Guid Id, string From, IReadOnlyList<string> To, string Subject, string Text)
{
    /// <summary>The same as HTML; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Who gets a copy that the others see.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>Who gets a copy that the others do not see.</summary>
    public IReadOnlyList<string> Bcc { get; init; } = [];

    /// <summary>Where answers go; null for the sender.</summary>
    public string? ReplyTo { get; init; }
}
