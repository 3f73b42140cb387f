using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>
/// Reads a client's message: who writes, what is wanted, how urgent it is and when it suits. By a language model when one is connected,
/// else by rules.
/// </summary>
[Step("ai_agent_intake", "AI intake", NodeGroup.Ai, "smart_toy", HasOutsideEffect = true, HandsOn = true,
    Does = "Reads a client's message: who writes, what is wanted, how urgent it is and when it suits.",
    Example = """
        {"agent_name":"Front desk","system_instruction":"You are the friendly coordinator of our practice.","temperature":0.2,
        "input_mappings":{"raw_body":"{{ $initialPayload.form_message }}"}}
        """)]
public sealed class AiIntakeNode(ILanguageModel model, IContacts contacts) : NodeType<IntakeSettings, IntakeOutput>
{
    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => ReadOrNull(config) is { } settings
        ? InstructionCheck.Of(settings.SystemInstruction, "system_instruction", "Put it into the message.") : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config)?.AgentName switch
    {
        null or "" => null,
        var name => Card.Fit(name),
    };

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(IntakeSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var message = settings.InputMappings.RawBody;
        if (message.Length > RulesReader.MaxLength)
        {
            input.Log(NodeLogLevel.Warning, $"The message has {message.Length} characters; the first {RulesReader.MaxLength} are read.");
            message = ShownText.Begin(message, RulesReader.MaxLength);
        }

        var today = DateOnly.FromDateTime(input.Now.On(input.Run.TimeZone).DateTime);
        var reading = RulesReader.Read(message, today);
        ModelReply? reply = null;
        if (await model.AskAsync(
            input.Run.Tenant, IntakeQuestion.Of(settings, message, today, input.Run.TimeZone), cancellationToken) is { } answer)
        {
            if (!answer.Has(out reply, out var problem)) return problem.AsFailure();
            reading = IntakeQuestion.Read(reply, message, reading, today);
        }

        var told = ContactFields.FromPayload(input.Payload).Or(reading.Contact);
        Contact? contact = null;
        if (told.IsEmpty)
            input.Log(NodeLogLevel.Warning, "The message and the data that started the run name nobody, so no contact is kept.");
        else if (!(await contacts.UpsertAsync(input.Run.Tenant, told, input.Source(":contact"), cancellationToken))
            .Has(out contact, out var failed)) return failed.AsFailure();

        var output = Report(settings, message, reading, told, contact, reply, today);
        input.Log(NodeLogLevel.Info, $"Intent {output.Intent}, urgency {output.Urgency} of 10, "
            + $"{(reply is null ? "read by rules" : reply.Told)}");
        return Complete(output);
    }

    private static IntakeOutput Report(IntakeSettings settings, string message, IntakeReading reading, ContactFields told, Contact? contact,
        ModelReply? reply, DateOnly today)
    {
        var when = reading.Wish?.InWords(today);
        return new IntakeOutput
        {
            Reader = reply is null ? "rules" : "model",
            Model = reply?.Model,
            Tokens = reply?.Tokens ?? 0,
            Agent = settings.AgentName,
            Intent = reading.Intent,
            Urgency = reading.Urgency,
            Summary = reading.Summary ?? RulesReader.Summarize(told.Name, reading.Intent, when, message),
            Message = message,
            ContactId = contact?.Id,
            Name = told.Name,
            FirstName = told.FirstName,
            LastName = told.LastName,
            Email = told.Email ?? contact?.Email,
            Phone = told.Phone ?? contact?.Phone,
            Preferred = when,
            PreferredFrom = reading.Wish?.FirstDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PreferredTo = reading.Wish?.LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PreferredPart = reading.Wish?.Part,
            PreferredTime = reading.Wish?.Time?.ToString("HH:mm", CultureInfo.InvariantCulture),
        };
    }
}

/// <summary>The settings of <see cref="AiIntakeNode"/>.</summary>
public sealed record IntakeSettings
{
    /// <summary>What the agent is called.</summary>
    [Setting("Agent name", Description = "What colleagues call this agent.", Max = 60)]
    public string AgentName { get; init; } = "Intake agent";

    /// <summary>What the language model is told.</summary>
    [Setting("Instruction", Description = "What a connected language model is told about its task. The rules reader does not use it.",
        Max = 8_000, Editor = FieldEditor.MultiLine)]
    public string SystemInstruction { get; init; } = "";

    /// <summary>The model.</summary>
    [Setting("Model", Description = "Used when the AI connection names no model of its own.", Max = 100, Advanced = true)]
    public string Model { get; init; } = "";

    /// <summary>How freely the model answers.</summary>
    [Setting("Temperature", Description = "0 answers the same way every time, 2 most freely.", Min = 0, Max = 2, Advanced = true)]
    public double Temperature { get; init; } = 0.2;

    /// <summary>What is read.</summary>
    [Setting("Input", Description = "Where the message comes from.")]
    public required IntakeInput InputMappings { get; init; }
}

/// <summary>The input of <see cref="AiIntakeNode"/>.</summary>
public sealed record IntakeInput
{
    /// <summary>The message.</summary>
    [Setting("Message", Description = "The client's own words. At most 10,000 characters are read.", Editor = FieldEditor.MultiLine)]
    public required string RawBody { get; init; }
}

/// <summary>The output of <see cref="AiIntakeNode"/>.</summary>
public sealed record IntakeOutput
{
    [Setting("Read by", Description = "rules, or model when a language model is connected.", Choices = ["rules", "model"])]
    public required string Reader { get; init; }

    [Setting("Model", Description = "The model that read the message; missing when rules did.")]
    public string? Model { get; init; }

    [Setting("Tokens", Description = "How many tokens the model took; 0 when rules read.")]
    public required int Tokens { get; init; }

    [Setting("Agent", Description = "The agent's name.")]
    public required string Agent { get; init; }

    [Setting("Intent", Description = "What is wanted.",
        Choices = ["booking", "reschedule", "cancel", "billing", "prescription", "results", "complaint", "question", "other"])]
    public required string Intent { get; init; }

    [Setting("Urgency", Description = "1 can wait, 10 is now.", Min = 1, Max = 10)]
    public required int Urgency { get; init; }

    [Setting("Summary", Description = "One sentence.")]
    public required string Summary { get; init; }

    [Setting("Message", Description = "The client's own words.")]
    public required string Message { get; init; }

    [Setting("Contact", Description = "The client's id; missing when nobody is named.")]
    public Guid? ContactId { get; init; }

    [Setting("Name")]
    public string? Name { get; init; }

    [Setting("First name")]
    public string? FirstName { get; init; }

    [Setting("Last name")]
    public string? LastName { get; init; }

    [Setting("E-mail")]
    public string? Email { get; init; }

    [Setting("Phone", Description = "With country code where it is known: +17135550142.")]
    public string? Phone { get; init; }

    [Setting("Preferred time in words", Description = "For example: next week, in the morning. Missing when nothing was said.")]
    public string? Preferred { get; init; }

    [Setting("Preferred from", Description = "The first day that would do: 2026-11-30.")]
    public string? PreferredFrom { get; init; }

    [Setting("Preferred to", Description = "The last day that would do.")]
    public string? PreferredTo { get; init; }

    [Setting("Preferred part of the day", Choices = ["morning", "afternoon", "evening"])]
    public string? PreferredPart { get; init; }

    [Setting("Preferred time", Description = "On a 24 hour clock: 15:00.")]
    public string? PreferredTime { get; init; }
}
