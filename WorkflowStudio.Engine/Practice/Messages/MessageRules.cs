using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What a message may be, and what is said of one that cannot go out.</summary>
public static class MessageRules
{
    /// <summary>The problem of an SMS or e-mail that is refused.</summary>
    public static ConnectorProblem NoGateway(MessageChannel channel) => channel == MessageChannel.Sms
        ? new("no_sms_gateway", "Connect an SMS gateway under Connections, or switch this workflow to the sandbox.")
        : new("no_mail_server", "Connect a mail server under Connections, or switch this workflow to the sandbox.");

    /// <summary>The first thing wrong with a message, or null.</summary>
    internal static ConnectorProblem? Check(OutgoingMessage message)
    {
        var (what, max) = message.Channel == MessageChannel.Sms ? ("SMS", OutgoingMessage.MaxSms) : ("e-mail", OutgoingMessage.MaxEmail);
        if (string.IsNullOrWhiteSpace(message.To)) return new("recipient_missing", $"The {what} has no recipient.");
        if (string.IsNullOrWhiteSpace(message.Body))
            return new("message_empty", $"The {what} to {message.To} is empty. Write its message in the step's settings.");
        return message.Body.Length > max
            ? new("message_too_long", $"The {what} to {message.To} has {message.Body.Length} characters, at most {max} are possible. "
                + "Shorten the message in the step's settings.")
            : null;
    }
}
