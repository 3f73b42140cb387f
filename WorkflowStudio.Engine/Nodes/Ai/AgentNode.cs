using System.Globalization;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Nodes.Writing;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Notifications;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>Talks with the contact of the run until what the practice wants to know is known, or a person is needed.</summary>
[Step("agent", "Agent", NodeGroup.Ai, "smart_toy", HasOutsideEffect = true, Waits = true, SendsMessage = true, HandsOn = true,
    Does = "Talks with the contact by messages, in the words of the connected language model, until its task is done, and hands over to "
        + "a person of the practice when it cannot go on. Without a connected model, and in the sandbox, it hands over at once.",
    Example = """{"instruction":"Ask when the lead wants to move, and for which budget.","max_turns":6,"timeout":"2 days"}""")]
public sealed class AgentNode(
    ILanguageModel model, IMessenger messenger, IReplies replies, IContacts contacts, INotifications notifications)
    : NodeType<AgentSettings, AgentOutput>
{
    private const int LongestTalk = 20_000;
    private const int LongestSummary = 2_000;

    private const string AnswerShape = """
        {"type":"object","additionalProperties":false,"required":["message","done","needs_person","summary"],"properties":{
        "message":{"type":"string"},"done":{"type":"boolean"},"needs_person":{"type":"boolean"},"summary":{"type":"string"}}}
        """;

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { } settings
            ? WrittenTime.CheckLength(settings.Timeout, "timeout").Concat(InstructionCheck.Of(
                settings.Instruction, "instruction", "Put it under What it knows."))
            : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Instruction.Length: > 0 } settings ? Card.Fit(settings.Instruction.ReplaceLineEndings(" ")) : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(AgentSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        var talk = input.State.ValueKind == JsonValueKind.Object
            ? input.State.Deserialize<Talk>(NodeJson.Options)!
            : new Talk([.. Before(input)], 0, "");
        return talk.At is null
            ? await GoOnAsync(settings, input, client, talk, cancellationToken)
            : await HearAsync(settings, input, client, talk, cancellationToken);
    }

    private async Task<NodeOutcome> HearAsync(
        AgentSettings settings, NodeInput input, Contact client, Talk talk, CancellationToken cancellationToken)
    {
        var key = input.Source(string.Create(CultureInfo.InvariantCulture, $":reply:{talk.Turns}"));
        if (await replies.TakeAsync(input.Run.Tenant, client.Id, talk.At!.Value, key, cancellationToken) is { } reply)
            return await GoOnAsync(settings, input, client, talk.With(Talk.Contact + reply.Body), cancellationToken);
        if (input.Wake.Kind == NodeWakeKind.Time)
            return await HandOverAsync(input, client, talk, "no_answer", $"{client.Name} has not answered in time.", cancellationToken);
        return new NodeOutcome.Waiting(talk.Until, ReceivedMessage.Signal(client.Id),
            JsonSerializer.SerializeToElement(talk, NodeJson.Options), $"an answer of {client.Name}");
    }

    private async Task<NodeOutcome> GoOnAsync(
        AgentSettings settings, NodeInput input, Contact client, Talk talk, CancellationToken cancellationToken)
    {
        if (talk.Turns >= settings.MaxTurns)
            return await HandOverAsync(input, client, talk, "too_many_turns", "The agent has asked as often as it may.", cancellationToken);
        if (await model.AskAsync(input.Run.Tenant, Question(settings, client, talk), cancellationToken) is not { } answer)
            return await HandOverAsync(input, client, talk, "no_model", "No language model is connected here.", cancellationToken);
        if (!answer.Has(out var reply, out var problem)) return problem.AsFailure();
        input.Log(NodeLogLevel.Info, reply.Told);
        if (reply.Text("message", OutgoingMessage.MaxSms) is not { } text || reply.Text("summary", LongestSummary) is not { } summary
            || reply.Flag("done") is not { } isDone || reply.Flag("needs_person") is not { } needsPerson)
            return new NodeOutcome.Failed(
                "model_answer", "The language model answered something else than was asked for. Try again.", true);
        talk = talk with { Summary = summary.Length > 0 ? summary : talk.Summary, Tokens = talk.Tokens + reply.Tokens };
        if (needsPerson)
            return await HandOverAsync(input, client, talk, "asked_for_a_person", "A person is needed.", cancellationToken);
        if (text.Trim().Length == 0)
            return isDone ? Done(talk) : new NodeOutcome.Failed("model_answer", "The language model answered nothing. Try again.", true);
        if (AddedLinks.AreIn(text, settings.Instruction, settings.Facts, client.Email ?? "", AddedLinks.Mailboxes(talk.Said)))
            return await HandOverAsync(input, client, talk, "unknown_link",
                "The agent wanted to send an address that stands neither in its task nor in what it knows, so nothing was sent.",
                cancellationToken);
        if (ContactMessage.To(client, settings.Channel, input.Run.WorkflowName, text) is not { } message)
            return ContactMessage.NoWay(client, settings.Channel);
        var sent = await messenger.SendAsync(
            input.Run.Tenant, message, input.Source(string.Create(CultureInfo.InvariantCulture, $":{talk.Turns}")), cancellationToken);
        if (SentMessageOutput.Of(sent, input, client.Id) is not { } told) return sent.Problem!.AsFailure();
        talk = talk.With($"agent: {told.Message}") with { Turns = talk.Turns + 1, At = talk.At ?? told.SentAt };
        // what was sent before a crash stands; what the model says of its new words does not hold for the old ones
        if ((isDone && told.Message == text) || settings.Mode == AgentMode.Once) return Done(talk);
        if (!WrittenTime.TryEnd(input, settings.Timeout, "timeout", out var until, out var failed)) return failed;
        return await HearAsync(settings, input with { Wake = NodeWake.FirstCall }, client, talk with { Until = until }, cancellationToken);
    }

    private async Task<NodeOutcome> HandOverAsync(
        NodeInput input, Contact client, Talk talk, string why, string words, CancellationToken cancellationToken)
    {
        var text = string.Join("\n", talk.Lines.TakeLast(20).Prepend(talk.Summary).Prepend(words).Where(l => l.Length > 0));
        var told = await notifications.TellAsync(
            input.Run.Tenant, new NewNotification($"{client.Name} needs you", text, NotificationLevel.Urgent, "", client.Id),
            input.Source(":handover"), cancellationToken);
        if (!told.Has(out _, out var problem)) return problem.AsFailure();
        input.Log(NodeLogLevel.Info, $"Handed over to the practice: {words}");
        return Complete(Told(talk) with { Done = false, HandedOver = true, Reason = why });
    }

    private static NodeOutcome Done(Talk talk) => Complete(Told(talk) with { Done = true });

    private static AgentOutput Told(Talk talk) => new()
    {
        Done = false, HandedOver = false, Summary = talk.Summary, Turns = talk.Turns, Tokens = talk.Tokens,
        Transcript = string.Join('\n', talk.Lines),
    };

    private static ModelQuestion Question(AgentSettings settings, Contact client, Talk talk)
    {
        var lines = new StringBuilder();
        lines.Append("The contact is called: ").Append(ShownText.OneLine(UntrustedText.Seen(client.Name))).Append('\n');
        if (settings.Facts.Length > 0) lines.Append("What is known:\n").Append(ShownText.Begin(settings.Facts, LongestTalk)).Append('\n');
        lines.Append("\nWhat was written so far, a line each:\n");
        var left = LongestTalk;
        foreach (var line in talk.Lines.Skip(talk.Lines.Count - talk.Lines.Reverse().TakeWhile(l => (left -= l.Length) > 0).Count()))
            lines.Append(line).Append('\n');
        var task = settings.Instruction.Length > 0
            ? settings.Instruction
            : "Find out what the contact needs, answer kindly, and sum it up for the practice.";
        return new ModelQuestion(
            $"""
            You write short messages for a practice to one of its contacts. Your task: {task}
            You get what was written so far, each message a line that begins with who wrote it. Tell nothing of other people, promise
            nothing, and write no links but those of your task or of what is known.
            Fill in the fields: message is what you write next (empty when there is nothing to write), done says that the task is done,
            needs_person says that a person of the practice has to go on, summary is what is known so far, for the practice.
            You may write {settings.MaxTurns - talk.Turns} more messages.
            """,
            lines.Append(talk.Lines.Count == 0 ? "(nothing was written yet)" : "").ToString(), "agent_turn", AnswerShape,
            settings.Model.Length == 0 ? null : settings.Model, settings.Temperature);
    }

    // the answer for which a step before has waited
    private static IEnumerable<string> Before(NodeInput input)
    {
        if (input.Text("message") is { } said) yield return Talk.Line($"agent: {said}");
        if (input.Text("reply") is { } reply) yield return Talk.Line($"contact: {reply}");
    }

    /// <summary>What the step keeps while it waits.</summary>
    /// <param name="Lines">What was written, in order.</param>
    /// <param name="Turns">How many messages it has sent.</param>
    /// <param name="Summary">What is known so far.</param>
    private sealed record Talk(IReadOnlyList<string> Lines, int Turns, string Summary)
    {
        public const string Contact = "contact: ";

        private const int LongestLine = 2_000;

        /// <summary>When it wrote first: answers came after it, and each is taken once. Null while it has not.</summary>
        public DateTimeOffset? At { get; init; }

        /// <summary>How long it waits for an answer.</summary>
        public DateTimeOffset? Until { get; init; }

        public int Tokens { get; init; }

        /// <summary>What the contact has written.</summary>
        public string Said => string.Join('\n', Lines.Where(l => l.StartsWith(Contact, StringComparison.Ordinal)));

        /// <summary>One line of bounded length, whatever was written: no message looks like two.</summary>
        public static string Line(string line) => ShownText.Fit(UntrustedText.Seen(line).Replace('\n', ' '), LongestLine);

        /// <summary>The same with one more line.</summary>
        public Talk With(string line) => this with { Lines = [.. Lines, Line(line)] };
    }
}

/// <summary>How an agent talks.</summary>
public enum AgentMode
{
    /// <summary>Until its task is done.</summary>
    Interactive,

    /// <summary>With one message.</summary>
    Once,
}

/// <summary>The settings of <see cref="AgentNode"/>.</summary>
public sealed record AgentSettings
{
    /// <summary>The task.</summary>
    [Setting("Task", Description = "What the agent is to find out or to reach.", Max = 8_000, Editor = FieldEditor.MultiLine)]
    public string Instruction { get; init; } = "";

    /// <summary>What the agent may use.</summary>
    [Setting("What it knows", Description = "What it may need for its task: data, whatever it says, mostly of expressions. The first "
        + "20,000 characters are read.", Max = 100_000, Editor = FieldEditor.MultiLine)]
    public string Facts { get; init; } = "";

    /// <summary>How it talks.</summary>
    [Setting("Talks", Description = "Until its task is done, or with one message that waits for no answer.",
        Choices = ["interactive=Until it is done", "once=With one message"])]
    public AgentMode Mode { get; init; } = AgentMode.Interactive;

    /// <summary>How many messages.</summary>
    [Setting("At most", Description = "How many messages it writes; then it hands over.", Min = 1, Max = 30, Unit = "messages")]
    public int MaxTurns { get; init; } = 8;

    /// <summary>How long it waits for an answer.</summary>
    [Setting("Wait", Description = "How long it waits for each answer, such as 2 days; then it hands over.", Max = 100)]
    public string Timeout { get; init; } = "3 days";

    /// <summary>How.</summary>
    [Setting("By", Description = "SMS where a number is known and else e-mail, or one of them alone.",
        Choices = ["auto=SMS, else e-mail", "sms=SMS", "email=E-mail"])]
    public SendChannel Channel { get; init; } = SendChannel.Auto;

    /// <summary>The model.</summary>
    [Setting("Model", Description = "Used when the AI connection names no model of its own.", Max = 100, Advanced = true)]
    public string Model { get; init; } = "";

    /// <summary>How freely the model answers.</summary>
    [Setting("Temperature", Description = "0 answers the same way every time, 2 most freely.", Min = 0, Max = 2, Advanced = true)]
    public double Temperature { get; init; } = 0.4;
}

/// <summary>The output of <see cref="AgentNode"/>.</summary>
public sealed record AgentOutput
{
    [Setting("Done", Description = "Whether the task was done.")]
    public required bool Done { get; init; }

    [Setting("Handed over", Description = "Whether a person of the practice was told to go on.")]
    public required bool HandedOver { get; init; }

    [Setting("Reason", Description = "Why: no_model, no_answer, too_many_turns, asked_for_a_person or unknown_link.")]
    public string? Reason { get; init; }

    [Setting("Summary", Description = "What is known of the matter, for people.")]
    public required string Summary { get; init; }

    [Setting("Turns", Description = "How many messages the agent has sent.")]
    public required int Turns { get; init; }

    [Setting("Tokens", Description = "How many tokens were read and written.")]
    public required int Tokens { get; init; }

    [Setting("Transcript", Description = "What was written, a line each.")]
    public required string Transcript { get; init; }
}
