using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What a message may be, and what is said of one that cannot go out.</summary>
public static class MessageRules
{
    /// <summary>The problem of an SMS or e-mail that is refused.</summary>
    public static ConnectorProblem NoGateway(MessageChannel channel) => channel == MessageChannel.Sms
        ? new("no_sms_gateway", "Connect an SMS gateway under Connections, or switch this workflow to the sandbox.")
        : new("no_mail_server", "Connect a mail server under Connections, or switch this workflow to the sandbox.");

    /// <summary>What is said of a message to somebody who has asked for no more.</summary>
    internal static ConnectorProblem OptedOut(OutgoingMessage message, string address, string word) => new("opted_out",
        $"{(message.Channel == MessageChannel.Sms ? message.To : address)} has written {word.ToUpperInvariant()} and gets no "
        + (message.Channel == MessageChannel.Sms ? "SMS. Write an e-mail, or call. " : "e-mail. Write an SMS, or call. ")
        + "Whoever writes START gets them again.");

    /// <summary>What is said of a message that was under way when the server stopped.</summary>
    internal static ConnectorProblem Unknown(OutgoingMessage message) => new(ConnectorProblem.OutcomeUnknown,
        $"The {(message.Channel == MessageChannel.Sms ? "SMS" : "e-mail")} to {message.To} was under way when the server stopped, so it "
        + "may have gone out and may not. Ask whoever was to get it, then run this step again or go on without it.");

    /// <summary>The first thing wrong with a message, or null.</summary>
    internal static ConnectorProblem? Check(OutgoingMessage message)
    {
        var (what, max) = message.Channel == MessageChannel.Sms ? ("SMS", OutgoingMessage.MaxSms) : ("e-mail", OutgoingMessage.MaxEmail);
        if (string.IsNullOrWhiteSpace(message.To)) return new("recipient_missing", $"The {what} has no recipient.");
        if (string.IsNullOrWhiteSpace(message.Body))
            return new("message_empty", $"The {what} to {message.To} is empty. Write its message in the step's settings.");
        if (message.Channel == MessageChannel.Email && Addresses(message) is { } wrong) return wrong;
        return message.Body.Length > max
            ? new("message_too_long", $"The {what} to {message.To} has {message.Body.Length} characters, at most {max} are possible. "
                + "Shorten the message in the step's settings.")
            : null;
    }

    private static ConnectorProblem? Addresses(OutgoingMessage message)
    {
        foreach (var given in new[] { message.To, message.Cc, message.Bcc, message.ReplyTo })
        {
            if (!MailAddresses.TryRead(given, out var addresses, out var wrong))
                return new("mail_address", $"{wrong} is no e-mail address. Correct it in the step's settings or at the contact.");
            if (ReferenceEquals(given, message.To) && addresses.Count == 0)
                return new("recipient_missing", "The e-mail has no recipient.");
            if (ReferenceEquals(given, message.ReplyTo) && addresses.Count > 1)
                return new("mail_address", "Answers to an e-mail go to one address alone. Leave one in the step's settings.");
            if (addresses.Count > MailAddresses.Most)
                return new("mail_address", $"An e-mail goes to at most {MailAddresses.Most} addresses, but {addresses.Count} are given.");
        }

        return null;
    }
}
