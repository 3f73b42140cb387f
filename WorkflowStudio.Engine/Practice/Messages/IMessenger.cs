using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>Sends messages to clients.</summary>
public interface IMessenger
{
    /// <summary>
    /// Sends a message, or captures it in the outbox (<see cref="EffectPolicy"/>). Problems: <c>no_sms_gateway</c>, <c>no_mail_server</c>,
    /// <c>message_empty</c>, <c>message_too_long</c>, <c>recipient_missing</c>, <c>opted_out</c>; those of
    /// <see cref="Connectors.Mail.IMailServer"/> and of <see cref="Connectors.Sms.ISmsGateway"/>;
    /// <see cref="ConnectorProblem.OutcomeUnknown"/> when the server stopped while the message was under way: it is not sent again by
    /// itself, unless it asks for that; <c>given_up</c> once somebody has decided that it is not sent.
    /// </summary>
    Task<Answer<SentMessage>> SendAsync(Tenant tenant, OutgoingMessage message, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>The ways to reach a client. The numbers are stored.</summary>
public enum MessageChannel
{
    /// <summary>A text message.</summary>
    Sms = 0,

    /// <summary>An e-mail.</summary>
    Email = 1,

    /// <summary>A call to another system: only ever captured, never sent through <see cref="IMessenger"/>.</summary>
    Http = 2,
}

/// <summary>What has become of a message. The numbers are stored.</summary>
public enum MessageStatus
{
    /// <summary>Kept in the outbox; nobody was written to.</summary>
    Captured = 0,

    /// <summary>Handed to the gateway.</summary>
    Sent = 1,

    /// <summary>The gateway refused it, or was not reached: nobody was written to.</summary>
    Failed = 2,

    /// <summary>It is being handed over. What stays so was under way when the server stopped.</summary>
    Sending = 3,

    /// <summary>It was under way when the connection or the server broke: nobody knows whether it went out.</summary>
    Unknown = 4,

    /// <summary>The gateway says that it has reached the phone.</summary>
    Delivered = 5,

    /// <summary>The gateway says that it could not be brought to the phone.</summary>
    Undelivered = 6,

    /// <summary>Nobody knew whether it went out, or it did not, and somebody has decided that it is not sent.</summary>
    GivenUp = 7,
}

/// <summary>A message to send.</summary>
/// <param name="Channel">How.</param>
/// <param name="To">By channel a phone number, or e-mail addresses, separated by commas.</param>
/// <param name="From">The sender people see; empty for the practice's usual one.</param>
/// <param name="Subject">The subject of an e-mail; null for an SMS.</param>
/// <param name="Body">The text, plain; at most <see cref="MaxSms"/> or <see cref="MaxEmail"/> characters.</param>
public sealed record OutgoingMessage(MessageChannel Channel, string To, string From, string? Subject, string Body)
{
    /// <summary>The longest SMS in characters: ten parts.</summary>
    public const int MaxSms = 1_530;

    /// <summary>The longest e-mail in characters.</summary>
    public const int MaxEmail = 100_000;

    /// <summary>Of an e-mail the same as HTML; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Who gets a copy of an e-mail that the others see: addresses, separated by commas.</summary>
    public string Cc { get; init; } = "";

    /// <summary>Who gets a copy of an e-mail that the others do not see: addresses, separated by commas.</summary>
    public string Bcc { get; init; } = "";

    /// <summary>Where answers to an e-mail go; empty for the sender.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>Whether it is sent again where nobody knows whether it went out: then it may arrive twice.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Who writes it by hand; null when a step does.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>The signal that is raised once somebody has decided about the message that was sent with this key.</summary>
    public static string DecidedSignal(string key) => $"message.decided:{key}";
}

/// <summary>A message that was sent or captured.</summary>
public sealed record SentMessage(Guid Id, MessageChannel Channel, string To, string Body, MessageStatus Status, DateTimeOffset At);
