using System.Text.Json;
using System.Text.Json.Serialization;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support.Fakes;

internal enum ReminderChannel
{
    Sms,
    PlainEmail,
}

/// <summary>Settings with every kind of property that a schema knows.</summary>
internal sealed record ReminderSettings
{
    [Setting("Sender", Description = "Shown to the client.", Min = 3, Max = 11)]
    public required string Sender { get; init; }

    [Setting("Delay", Unit = "hours", Min = 0, Max = 720)]
    public int DelayHours { get; init; } = 2;

    [Setting("Deposit", Min = 0, Default = 12.5)]
    public decimal? Deposit { get; init; }

    [Setting("Charge at once", Advanced = true)]
    public bool ChargeAtOnce { get; init; }

    [Setting("Channel", Choices = ["sms=SMS"])]
    public ReminderChannel Channel { get; init; } = ReminderChannel.PlainEmail;

    [Setting("Currency", Choices = ["usd=US dollar", "eur"])]
    public string Currency { get; init; } = "usd";

    [Setting("Days", Min = 1, Max = 4)]
    public IReadOnlyList<int> Days { get; init; } = [3, 7];

    [Setting("Messages", Editor = FieldEditor.Message)]
    public ReminderMessages? Messages { get; init; }

    [Setting("Mappings")]
    public IReadOnlyDictionary<string, JsonElement>? Mappings { get; init; }

    public IReadOnlyList<ReminderMessages> OtherMessages { get; init; } = [];

    public DateTimeOffset? NotBefore { get; init; }

    public JsonElement Extra { get; init; }

    [JsonIgnore]
    public string Computed => Sender + DelayHours;
}

internal sealed record ReminderMessages
{
    public string? Sms { get; init; }

    [JsonPropertyName("e_mail")]
    public string? Email { get; init; }
}

internal sealed record ReminderOutput(string SentTo, int Count);

/// <summary>A step type with bound settings: answers what it was given.</summary>
[Step("reminder", "Reminder", NodeGroup.Messaging, "sms", Waits = true, SendsMessage = true, Ports = ["sent", "refused"],
    Does = "Reminds.", Example = """{"sender":"PRACTICE"}""")]
internal sealed class ReminderNode : NodeType<ReminderSettings, ReminderOutput>
{
    public override IReadOnlyList<AmbientValue> Ambients { get; } = [new("$review_url", "Where to review.", _ => default)];

    public ReminderSettings? Got { get; private set; }

    public override ValueTask<NodeOutcome> ExecuteAsync(ReminderSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        Got = settings;
        return ValueTask.FromResult(Complete(new ReminderOutput(settings.Sender, settings.Days.Count), "sent"));
    }
}
