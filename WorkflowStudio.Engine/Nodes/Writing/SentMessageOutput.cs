using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Writing;

/// <summary>What a step that has written to somebody tells later ones.</summary>
public sealed record SentMessageOutput
{
    [Setting("Sent", Description = "Whether the message went out, into the outbox too.")]
    public required bool Sent { get; init; }

    [Setting("Captured", Description = "Whether it stayed in the outbox and nobody was written to.")]
    public required bool Captured { get; init; }

    [Setting("Message id")]
    public required Guid MessageId { get; init; }

    [Setting("Channel", Description = "sms or email.")]
    public required string Channel { get; init; }

    [Setting("To", Description = "The address or the phone number.")]
    public required string To { get; init; }

    [Setting("Contact id", Description = "The contact who was written to; missing where an address was given.")]
    public Guid? ContactId { get; init; }

    [Setting("Message", Description = "The text as it went out.")]
    public required string Message { get; init; }

    [Setting("Sent at")]
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The output, with its line in the log; null where nothing was sent.</summary>
    /// <param name="answer">What became of the message.</param>
    /// <param name="input">The call.</param>
    /// <param name="contactId">The contact who was written to; null where an address was given.</param>
    internal static SentMessageOutput? Of(Answer<SentMessage> answer, NodeInput input, Guid? contactId)
    {
        if (!answer.Has(out var sent, out _)) return null;
        var (captured, what) = (sent.Status == MessageStatus.Captured, sent.Channel == MessageChannel.Sms ? "SMS" : "e-mail");
        input.Log(NodeLogLevel.Info, captured
            ? $"The {what} to {sent.To} is in the outbox; nobody was written to."
            : $"Sent an {what} to {sent.To}");
        return new SentMessageOutput
        {
            Sent = true, Captured = captured, MessageId = sent.Id, Channel = sent.Channel == MessageChannel.Sms ? "sms" : "email",
            To = sent.To, ContactId = contactId, Message = sent.Body, SentAt = sent.At,
        };
    }
}
