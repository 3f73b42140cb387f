using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Notifications;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Hands a contact to a person of the practice.</summary>
[Step("notify_agent", "Notify agent", NodeGroup.Messaging, "support_agent", HasOutsideEffect = true, HandsOn = true,
    Does = "Tells a person of the practice that a contact needs them: as a notification in the studio and, with an address or a number, "
        + "by e-mail or SMS, too.",
    Example = """{"message":"{{ contact.first_name ?? \"A lead\" }} has answered all questions and wants a showing.","to":""}""")]
public sealed class NotifyAgentNode(INotifications notifications, IMessenger messenger, IContacts contacts)
    : NodeType<NotifyAgentSettings, NotifyAgentOutput>
{
    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Message.Length: > 0 } settings ? Card.Fit(settings.Message.ReplaceLineEndings(" ")) : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        NotifyAgentSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        // whoever is told wants to know of whom; that nobody is known stops nothing
        var client = (await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Value;
        var about = client is null ? "" : $"{client.Name}{Reached(client)}";
        var text = string.Join("\n\n", new[] { settings.Message.Trim(), about }.Where(t => t.Length > 0));
        var title = settings.Title.Trim().Length > 0 ? settings.Title
            : client is null ? $"{input.Run.WorkflowName} needs you"
            : $"{client.Name} needs you";
        var told = await notifications.TellAsync(
            input.Run.Tenant, new NewNotification(title, text, NotificationLevel.Urgent, settings.To, client?.Id), input.Source(),
            cancellationToken);
        if (!told.Has(out var notification, out var refused)) return refused.AsFailure();
        input.Log(NodeLogLevel.Info, $"Told {(settings.To.Trim().Length > 0 ? settings.To.Trim() : "everybody")}: {notification.Title}");
        if (Message(settings, title, text) is not { } message) return Complete(Told(notification, null));
        var answer = await messenger.SendAsync(input.Run.Tenant, message, input.Source(":message"), cancellationToken);
        return answer.Has(out var sent, out var problem) ? Complete(Told(notification, sent)) : problem.AsFailure();
    }

    private static string Reached(Contact client) =>
        string.Join(", ", new[] { client.Phone, client.Email }.OfType<string>()) is { Length: > 0 } ways ? $" ({ways})" : "";

    private static OutgoingMessage? Message(NotifyAgentSettings settings, string title, string text)
    {
        var to = settings.To.Trim();
        if (to.Contains('@', StringComparison.Ordinal))
            return new OutgoingMessage(MessageChannel.Email, to, "", title, text.Length > 0 ? text : title);
        return to.Any(char.IsLetter) || PhoneNumber.Normalize(to) is not { } phone
            ? null
            : new OutgoingMessage(MessageChannel.Sms, phone, "", null, ShownText.Fit($"{title}: {text}", OutgoingMessage.MaxSms));
    }

    private static NotifyAgentOutput Told(Notification told, SentMessage? sent) => new()
    {
        NotificationId = told.Id, Title = told.Title, Message = told.Text, NotifiedAt = told.At, Sent = sent is not null,
        Captured = sent?.Status == MessageStatus.Captured, To = sent?.To,
    };
}

/// <summary>The settings of <see cref="NotifyAgentNode"/>.</summary>
public sealed record NotifyAgentSettings
{
    /// <summary>The message.</summary>
    [Setting("Message", Description = "What the person has to know. Name and ways to reach the contact are added.", Max = 2_000,
        Editor = FieldEditor.MultiLine)]
    public string Message { get; init; } = "";

    /// <summary>The title.</summary>
    [Setting("Title", Description = "In one line. Empty: that the contact needs somebody.", Max = NewNotification.MaxTitle)]
    public string Title { get; init; } = "";

    /// <summary>Who is told.</summary>
    [Setting("Tell", Description = "An e-mail address or phone number, which is written to; or the name of a role. Empty: everybody, in "
        + "the studio alone.", Max = 200)]
    public string To { get; init; } = "";
}

/// <summary>The output of <see cref="NotifyAgentNode"/>.</summary>
public sealed record NotifyAgentOutput
{
    [Setting("Notification id")]
    public required Guid NotificationId { get; init; }

    [Setting("Title")]
    public required string Title { get; init; }

    [Setting("Message", Description = "What the person reads.")]
    public required string Message { get; init; }

    [Setting("Notified at")]
    public required DateTimeOffset NotifiedAt { get; init; }

    [Setting("Sent", Description = "Whether somebody was written to beside the notification, into the outbox too.")]
    public required bool Sent { get; init; }

    [Setting("Captured", Description = "Whether that message stayed in the outbox.")]
    public required bool Captured { get; init; }

    [Setting("To", Description = "Who was written to.")]
    public string? To { get; init; }
}
