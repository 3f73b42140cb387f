using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Nodes.Writing;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Asks the contact of the run to choose, and understands the answer.</summary>
[Step("ask_choice", "Ask for a choice", NodeGroup.Messaging, "ballot", HasOutsideEffect = true, Waits = true, SendsMessage = true,
    HandsOn = true, Ports = ["chosen", "unclear", "timeout"],
    Does = "Sends the contact a question with numbered choices and waits for the answer. “2”, “the second” and words of a choice are "
        + "understood; what is not is asked for once more.",
    Example = """{"question":"Which day suits you?","choices":["Tuesday 10:00","Thursday 14:30","None of them"],"timeout":"2 days"}""")]
public sealed class AskChoiceNode(IMessenger messenger, IReplies replies, IContacts contacts) : NodeType<AskChoiceSettings, ChoiceOutput>
{
    private const string Unclear = "unclear";
    private const string Timeout = "timeout";

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { } settings ? WrittenTime.CheckLength(settings.Timeout, "timeout") : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { } settings ? Card.Fit($"{settings.Choices.Count} choices: {settings.Question}") : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        AskChoiceSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        if (input.State.ValueKind != JsonValueKind.Object)
        {
            return WrittenTime.TryEnd(input, settings.Timeout, "timeout", out var until, out var failed)
                ? await AskAsync(settings, input, client, new Asked(0, 0, default, default, until), cancellationToken)
                : failed;
        }

        return await HearAsync(settings, input, client, input.State.Deserialize<Asked>(NodeJson.Options)!, cancellationToken);
    }

    private async Task<NodeOutcome> HearAsync(
        AskChoiceSettings settings, NodeInput input, Contact client, Asked state, CancellationToken cancellationToken)
    {
        var key = input.Source(string.Create(CultureInfo.InvariantCulture, $":reply:{state.Heard}"));
        if (await replies.TakeAsync(input.Run.Tenant, client.Id, state.First, key, cancellationToken) is not { } message)
        {
            if (input.Wake.Kind != NodeWakeKind.Time)
                return new NodeOutcome.Waiting(state.Until, ReceivedMessage.Signal(client.Id),
                    JsonSerializer.SerializeToElement(state, NodeJson.Options), $"the choice of {client.Name}");
            input.Log(NodeLogLevel.Info, "No answer came in time.");
            return Complete(new ChoiceOutput { Chosen = false }, Timeout);
        }

        if (ChoiceReader.Read(message.Body, settings.Choices) is { } place)
        {
            input.Log(NodeLogLevel.Info, $"Chose {settings.Choices[place]}: {ShownText.OneLine(message.Body)}");
            return Complete(Told(message, settings.Choices[place], place + 1), "chosen");
        }

        state = state with { Heard = state.Heard + 1 };
        // what came while it asked once more may be the answer; where it is none, it does not use up a try
        if (message.At <= state.At) return await HearAsync(settings, input, client, state, cancellationToken);
        if (state.Tries <= settings.AskAgain)
        {
            input.Log(NodeLogLevel.Info, $"Not understood: {ShownText.OneLine(message.Body)}");
            return await AskAsync(settings, input, client, state, cancellationToken);
        }

        input.Log(NodeLogLevel.Warning, $"Not understood, and asked for often enough: {ShownText.OneLine(message.Body)}");
        return Complete(Told(message, null, null), Unclear);
    }

    private async Task<NodeOutcome> AskAsync(
        AskChoiceSettings settings, NodeInput input, Contact client, Asked state, CancellationToken cancellationToken)
    {
        var list = string.Join('\n', settings.Choices.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {c}")));
        var body = state.Tries == 0
            ? $"{settings.Question}\n{list}"
            : $"Sorry, that was not clear. Please answer with a number:\n{list}";
        if (ContactMessage.To(client, settings.Channel, settings.Question, body) is not { } message)
            return ContactMessage.NoWay(client, settings.Channel);
        var answer = await messenger.SendAsync(
            input.Run.Tenant, message, input.Source(string.Create(CultureInfo.InvariantCulture, $":{state.Tries}")), cancellationToken);
        if (!answer.Has(out var sent, out var problem)) return problem.AsFailure();
        _ = SentMessageOutput.Of(answer, input, client.Id); // its line in the log
        state = state with { Tries = state.Tries + 1, First = state.Tries == 0 ? sent.At : state.First, At = sent.At };
        return await HearAsync(settings, input with { Wake = NodeWake.FirstCall }, client, state, cancellationToken);
    }

    private static ChoiceOutput Told(ReceivedMessage message, string? choice, int? number) => new()
    {
        Chosen = choice is not null, Choice = choice, Number = number, Reply = message.Body, ContactId = message.ContactId,
        ReceivedAt = message.At,
    };

    /// <summary>What the step keeps while it waits.</summary>
    /// <param name="Tries">How often it has asked.</param>
    /// <param name="Heard">How many answers it has taken.</param>
    /// <param name="First">When it asked first: answers came after it.</param>
    /// <param name="At">When it asked last.</param>
    /// <param name="Until">How long it waits.</param>
    private sealed record Asked(int Tries, int Heard, DateTimeOffset First, DateTimeOffset At, DateTimeOffset? Until);
}

/// <summary>The settings of <see cref="AskChoiceNode"/>.</summary>
public sealed record AskChoiceSettings
{
    /// <summary>The question.</summary>
    [Setting("Question", Description = "Text with expressions; the choices are listed below it, numbered.", Min = 1, Max = 1_000,
        Editor = FieldEditor.Message)]
    public required string Question { get; init; }

    /// <summary>The choices.</summary>
    [Setting("Choices", Description = "2 to 10, as the contact will read them.", Min = 2, Max = 10)]
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>How long.</summary>
    [Setting("At most", Description = "A length of time such as 2 days; then the run goes on through “timeout”. Left out, it waits until "
        + "an answer comes.", Max = 100)]
    public string Timeout { get; init; } = "";

    /// <summary>How often it asks again.</summary>
    [Setting("Ask again", Description = "How often, when an answer is not understood; then the run goes on through “unclear”.", Min = 0,
        Max = 5, Unit = "times")]
    public int AskAgain { get; init; } = 1;

    /// <summary>How.</summary>
    [Setting("By", Description = "SMS where a number is known and else e-mail, or one of them alone.",
        Choices = ["auto=SMS, else e-mail", "sms=SMS", "email=E-mail"])]
    public SendChannel Channel { get; init; } = SendChannel.Auto;
}

/// <summary>The output of <see cref="AskChoiceNode"/>.</summary>
public sealed record ChoiceOutput
{
    [Setting("Chosen", Description = "Whether an answer was understood in time.")]
    public required bool Chosen { get; init; }

    [Setting("Choice", Description = "The text of the choice.")]
    public string? Choice { get; init; }

    [Setting("Number", Description = "Its number, from 1.")]
    public int? Number { get; init; }

    [Setting("Reply", Description = "What the contact wrote.")]
    public string? Reply { get; init; }

    [Setting("Contact id")]
    public Guid? ContactId { get; init; }

    [Setting("Received at")]
    public DateTimeOffset? ReceivedAt { get; init; }
}
