using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Nodes.Writing;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Asks for a review by SMS, some hours after the visit.</summary>
[Step("google_reviews_sms", "Review SMS", NodeGroup.Messaging, "reviews", HasOutsideEffect = true, Waits = true, SendsMessage = true,
    Does = "Waits until some hours after the visit, then asks for a review on Google Maps by SMS.",
    Example = """
        {"delay_after_appointment_hours":2,"google_place_id":"ChIJ_place","sms_sender_id":"PRACTICE",
        "message_template":"Thank you for your visit. Would you leave us a review? {{ $google_review_url }}"}
        """)]
public sealed class ReviewSmsNode(IMessenger messenger, IContacts contacts, ICalendar calendar)
    : NodeType<ReviewSmsSettings, ReviewSmsOutput>
{
    private const string ReviewUrl = "$google_review_url";

    /// <inheritdoc/>
    public override IReadOnlyList<AmbientValue> Ambients { get; } =
    [
        new AmbientValue(ReviewUrl, "The page on which the client can write a review of the place.", ReviewUrlOf),
    ];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config)?.DelayAfterAppointmentHours switch
    {
        null => null,
        0 => "Right after the visit",
        1 => "1 hour after the visit",
        var hours => $"{hours} hours after the visit",
    };

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        ReviewSmsSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var visit = await VisitAsync(input, cancellationToken);
        if (visit is { Status: AppointmentStatus.Canceled or AppointmentStatus.Missed })
        {
            input.Log(NodeLogLevel.Info, "The visit did not take place, so no review is asked for.");
            return Complete(new ReviewSmsOutput { Sent = false, Reason = "no_visit" });
        }

        // a number that is missing is told now, not after the visit
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        if (client.Phone is not { } phone)
        {
            return new NodeOutcome.Failed("no_phone",
                $"No phone number of {client.Name} is known, so no SMS can be sent. Ask for it in the form, or add it to the "
                + "contact, then try again.");
        }

        if (input.Wake.Kind == NodeWakeKind.FirstCall && WaitFor(settings, input, visit) is { } wait) return wait;
        return await SendAsync(settings, input, phone, cancellationToken);
    }

    private async Task<Appointment?> VisitAsync(NodeInput input, CancellationToken cancellationToken) =>
        input.Id("appointment_id") is { } id ? await calendar.FindAsync(input.Run.Tenant, id, cancellationToken) : null;

    private static NodeOutcome.Waiting? WaitFor(ReviewSmsSettings settings, NodeInput input, Appointment? visit)
    {
        var after = visit?.EndsAt ?? input.Time("ends_at");
        var until = (after ?? input.Now).AddHours(settings.DelayAfterAppointmentHours);
        if (until <= input.Now) return null;
        var hours = settings.DelayAfterAppointmentHours == 1 ? "1 hour" : $"{settings.DelayAfterAppointmentHours} hours";
        var caption = settings.DelayAfterAppointmentHours == 0 ? "the end of the visit"
            : after is null ? $"{hours} from the start of this step"
            : $"{hours} after the visit";
        input.Log(NodeLogLevel.Info, $"Waits until {until.On(input.Run.TimeZone).InShort()}: {caption}");
        return new NodeOutcome.Waiting(until, null, default, caption);
    }

    private async Task<NodeOutcome> SendAsync(
        ReviewSmsSettings settings, NodeInput input, string phone, CancellationToken cancellationToken)
    {
        var message = new OutgoingMessage(MessageChannel.Sms, phone, settings.SmsSenderId, null, settings.MessageTemplate)
        { MayRepeat = settings.OnUnknown == OnUnknown.Repeat };
        var answer = await messenger.SendAsync(input.Run.Tenant, message, input.Source(), cancellationToken);
        if (!answer.Has(out var sent, out var problem)) return UnknownMessage.Of(problem, input, settings.OnUnknown);
        var captured = sent.Status == MessageStatus.Captured;
        input.Log(
            NodeLogLevel.Info, captured ? $"The SMS to {sent.To} is in the outbox; nobody was written to." : $"Sent an SMS to {sent.To}");
        return Complete(new ReviewSmsOutput
        { Sent = true, Captured = captured, MessageId = sent.Id, To = sent.To, Message = sent.Body, SentAt = sent.At });
    }

    private static JsonElement ReviewUrlOf(JsonElement config) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty("google_place_id", out var place)
            && place.ValueKind == JsonValueKind.String && place.GetString() is { Length: > 0 } id
            ? JsonSerializer.SerializeToElement($"https://search.google.com/local/writereview?placeid={Uri.EscapeDataString(id)}")
            : default;
}

/// <summary>The settings of <see cref="ReviewSmsNode"/>.</summary>
public sealed record ReviewSmsSettings
{
    /// <summary>Hours after the end of the appointment.</summary>
    [Setting("Wait after the visit", Description = "Counted from the end of the appointment; without one, from the start of this step.",
        Unit = "hours", Min = 0, Max = 720)]
    public int DelayAfterAppointmentHours { get; init; } = 2;

    /// <summary>The place on Google Maps.</summary>
    [Setting("Google place", Description = "The place id of the practice on Google Maps; the message can name the review page "
        + "as $google_review_url.", Min = 1, Max = 300)]
    public required string GooglePlaceId { get; init; }

    /// <summary>What becomes of it where nobody knows whether it went out.</summary>
    [Setting(UnknownMessage.Label, Description = UnknownMessage.Explained, Choices = [UnknownMessage.Ask, UnknownMessage.Repeat,
        UnknownMessage.GiveUp], Advanced = true)]
    public OnUnknown OnUnknown { get; init; } = OnUnknown.Ask;

    /// <summary>The sender.</summary>
    [Setting("Sender name", Description = "What the client sees as the sender: up to 11 letters and digits, or a phone number.", Max = 20)]
    public string SmsSenderId { get; init; } = "";

    /// <summary>The message.</summary>
    [Setting("Message", Description = "Text with expressions, as the client will read it.", Min = 1, Max = OutgoingMessage.MaxSms,
        Editor = FieldEditor.Message)]
    public required string MessageTemplate { get; init; }
}

/// <summary>The output of <see cref="ReviewSmsNode"/>.</summary>
public sealed record ReviewSmsOutput
{
    [Setting("Sent", Description = "Whether the message went out, into the outbox too.")]
    public required bool Sent { get; init; }

    [Setting("Captured", Description = "Whether it stayed in the outbox and nobody was written to.")]
    public bool Captured { get; init; }

    [Setting("Message id")]
    public Guid? MessageId { get; init; }

    [Setting("To", Description = "The phone number.")]
    public string? To { get; init; }

    [Setting("Message", Description = "The text as it went out.")]
    public string? Message { get; init; }

    [Setting("Sent at")]
    public DateTimeOffset? SentAt { get; init; }

    [Setting("Reason", Description = "Why nothing was sent: no_visit when the appointment was canceled or missed.")]
    public string? Reason { get; init; }
}
