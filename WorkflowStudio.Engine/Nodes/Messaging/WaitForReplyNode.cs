using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Waits until the contact of the run writes.</summary>
[Step("wait_for_reply", "Wait for reply", NodeGroup.Messaging, "mark_chat_unread", HasOutsideEffect = true, Waits = true, HandsOn = true,
    Ports = ["replied", "timeout"],
    Does = "Waits until the contact whom the run is about answers, by whatever way the answer comes. What was written since the last "
        + "message of the run counts.",
    Example = """{"timeout":"24 hours"}""")]
public sealed class WaitForReplyNode(IReplies replies, IContacts contacts) : NodeType<WaitForReplySettings, ReplyOutput>
{
    private const string Timeout = "timeout";

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { } settings ? WrittenTime.CheckLength(settings.Timeout, "timeout") : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Timeout.Length: > 0 } settings ? Card.Fit($"At most {settings.Timeout}") : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        WaitForReplySettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        var wait = input.State.ValueKind == JsonValueKind.Object ? input.State.Deserialize<Wait>(NodeJson.Options) : null;
        if (wait is null)
        {
            if (!WrittenTime.TryEnd(input, settings.Timeout, "timeout", out var until, out var failed)) return failed;
            wait = new Wait(Since(input, client.Id), until);
        }

        // what came at the last moment counts, too
        if (await replies.TakeAsync(input.Run.Tenant, client.Id, wait.Since, input.Source(":reply"), cancellationToken) is { } reply)
            return Complete(Told(reply, input), "replied");
        if (input.Wake.Kind != NodeWakeKind.Time)
            return new NodeOutcome.Waiting(wait.Until, ReceivedMessage.Signal(client.Id),
                JsonSerializer.SerializeToElement(wait, NodeJson.Options), $"an answer of {client.Name}");
        input.Log(NodeLogLevel.Info, "No answer came in time.");
        return Complete(new ReplyOutput { Replied = false }, Timeout);
    }

    // the last message of the run to the contact, else from now on
    private static DateTimeOffset Since(NodeInput input, Guid contactId) => input.Upstream.Select(s => s.Output)
        .Where(o => o.ValueKind == JsonValueKind.Object
            && o.TryGetProperty("contact_id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var to)
            && to == contactId)
        .Select(o => o.TryGetProperty("sent_at", out var at) && at.ValueKind == JsonValueKind.String
            && at.TryGetDateTimeOffset(out var sent) ? sent : (DateTimeOffset?)null)
        .FirstOrDefault(at => at is not null) ?? input.Now;

    private static ReplyOutput Told(ReceivedMessage message, NodeInput input)
    {
        input.Log(NodeLogLevel.Info, $"Answered: {ShownText.OneLine(message.Body)}");
        return new ReplyOutput
        {
            Replied = true, Reply = message.Body, MessageId = message.Id, ContactId = message.ContactId,
            Channel = message.Channel == MessageChannel.Sms ? "sms" : "email", ReceivedAt = message.At,
        };
    }

    /// <summary>What the step keeps while it waits.</summary>
    /// <param name="Since">From when on an answer counts.</param>
    /// <param name="Until">How long it waits; null for ever.</param>
    private sealed record Wait(DateTimeOffset Since, DateTimeOffset? Until);
}

/// <summary>The settings of <see cref="WaitForReplyNode"/>.</summary>
public sealed record WaitForReplySettings
{
    /// <summary>How long.</summary>
    [Setting("At most", Description = "A length of time such as 24 hours; then the run goes on through “timeout”. Left out, it waits until "
        + "an answer comes.", Max = 100)]
    public string Timeout { get; init; } = "";
}

/// <summary>The output of <see cref="WaitForReplyNode"/>.</summary>
public sealed record ReplyOutput
{
    [Setting("Replied", Description = "Whether an answer came in time.")]
    public required bool Replied { get; init; }

    [Setting("Reply", Description = "The text of the answer.")]
    public string? Reply { get; init; }

    [Setting("Message id")]
    public Guid? MessageId { get; init; }

    [Setting("Contact id")]
    public Guid? ContactId { get; init; }

    [Setting("Channel", Description = "sms or email.")]
    public string? Channel { get; init; }

    [Setting("Received at")]
    public DateTimeOffset? ReceivedAt { get; init; }
}
