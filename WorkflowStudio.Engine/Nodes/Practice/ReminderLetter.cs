using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>A reminder of an invoice, by the first channel that has a text and reaches the client.</summary>
internal static class ReminderLetter
{
    /// <summary>The message. Problem: <c>no_channel</c>.</summary>
    public static Answer<OutgoingMessage> Of(
        Contact client, Invoice invoice, IReadOnlyList<ReminderChannel> channels, ReminderMessages texts)
    {
        foreach (var channel in channels)
        {
            switch (channel)
            {
                case ReminderChannel.Sms when client.Phone is { } phone && texts.Sms is { Length: > 0 } text:
                    return new OutgoingMessage(MessageChannel.Sms, phone, "", null, text);
                case ReminderChannel.Email when client.Email is { } email && texts.Email is { Length: > 0 } text:
                    return new OutgoingMessage(
                        MessageChannel.Email, email, "", $"Invoice {invoice.Number}, {invoice.Balance}, due {invoice.DueOn.InFull()}",
                        text);
                default:
                    continue;
            }
        }

        return new ConnectorProblem("no_channel",
            $"{client.Name} cannot be reached: none of "
            + $"{string.Join(", ", channels.Select(c => c == ReminderChannel.Sms ? "SMS" : "e-mail"))} has both a message in this step and "
            + "an address or number of the contact. Add what is missing, then try again.");
    }
}

/// <summary>The ways to remind a client.</summary>
public enum ReminderChannel
{
    /// <summary>A text message.</summary>
    Sms,

    /// <summary>An e-mail.</summary>
    Email,
}

/// <summary>The messages of a step that reminds, one for each channel.</summary>
public sealed record ReminderMessages
{
    /// <summary>The SMS.</summary>
    [Setting("SMS", Description = "Text with expressions, as the client will read it.", Max = OutgoingMessage.MaxSms,
        Editor = FieldEditor.Message)]
    public string? Sms { get; init; }

    /// <summary>The e-mail.</summary>
    [Setting("E-mail", Description = "Text with expressions, as the client will read it.", Max = OutgoingMessage.MaxEmail,
        Editor = FieldEditor.Message)]
    public string? Email { get; init; }
}
