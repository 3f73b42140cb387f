using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Writing;

/// <summary>A message to a contact, by the way that reaches them.</summary>
internal static class ContactMessage
{
    private const int LongestSubject = 60;

    /// <summary>The message; null where the contact cannot be reached so.</summary>
    /// <param name="client">Who gets it.</param>
    /// <param name="channel">How.</param>
    /// <param name="subject">The subject of an e-mail; empty for the beginning of the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="sender">The sender of an SMS; empty for the usual one.</param>
    public static OutgoingMessage? To(
        Contact client, SendChannel channel, string subject, string text, string sender = "") => channel switch
        {
            SendChannel.Sms or SendChannel.Auto when client.Phone is { } phone =>
                new OutgoingMessage(MessageChannel.Sms, phone, sender, null, text),
            SendChannel.Email or SendChannel.Auto when client.Email is { } email =>
                new OutgoingMessage(MessageChannel.Email, email, "",
                    ShownText.Fit(ShownText.OneLine(subject.Trim().Length > 0 ? subject : text), LongestSubject), text),
            _ => null,
        };

    /// <summary>The failure of a message that finds no way.</summary>
    public static NodeOutcome NoWay(Contact client, SendChannel channel)
    {
        var (what, how) = channel switch
        {
            SendChannel.Sms => ("phone number", "an SMS"),
            SendChannel.Email => ("e-mail address", "an e-mail"),
            _ => ("phone number and no e-mail address", "a message"),
        };
        return new NodeOutcome.Failed("no_channel",
            $"No {what} of {client.Name} is known, so {how} cannot be sent. Ask for it in the form, or add it to the contact.");
    }
}

/// <summary>How a message finds its way.</summary>
public enum SendChannel
{
    /// <summary>By SMS where a number is known, else by e-mail.</summary>
    Auto,

    /// <summary>By SMS alone.</summary>
    Sms,

    /// <summary>By e-mail alone.</summary>
    Email,
}
