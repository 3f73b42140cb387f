using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// Between the templates of this dialect and the model. What changes what a run does lies with the version: steps, exit conditions, configs
/// of questions and of completion, the first message; the rest beside it.
/// </summary>
internal static class SequencesTranslator
{
    // instead of all that the model knows
    private const string Known = " Known: send_message, wait, wait_for_reply, condition, ask_choice, switch, update_contact, notify_agent, "
        + "agent, property_match, end; and the other types of the studio, see /api/v1/node-types.";

    private static readonly string Dialect = SequencesDialect.Instance.Name;

    /// <summary>The workflow that a whole body makes; problems where its steps lead nowhere.</summary>
    public static NewWorkflow New(TemplateBody body, out IReadOnlyList<WorkflowProblem> problems)
    {
        var word = body.TriggerType!;
        var definition = new WorkflowDefinition { Trigger = SequenceTriggers.Read(word, body.TriggerConfig) };
        definition = SequenceSteps.Read(definition, body.Steps, Text(body.IntroMessage), out problems);
        foreach (var (field, value) in Versioned(body)) definition = With(definition, field, value);
        var beside = new JsonObject { ["triggerType"] = word };
        Set(beside, "triggerConfig", body.TriggerConfig);
        Set(beside, "voiceConfig", body.VoiceConfig);
        beside["isPublic"] = body.IsPublic ?? false;
        return new NewWorkflow(
            body.Name!, body.Description ?? "", body.IsActive ?? true ? WorkflowStatus.Active : WorkflowStatus.Paused, definition,
            EditorState.None, Dialect)
        { Fields = KeptFields.With("{}", Dialect, JsonElement.Parse(beside.ToJsonString())) };
    }

    /// <summary>What becomes of a template by the fields that are given.</summary>
    public static Result<WorkflowUpdate> Change(DefinedWorkflow present, TemplateBody body)
    {
        var (workflow, before) = present;
        var (definition, shown) = (before, new Template(present));
        var isSnapshot = false;
        var intro = body.IntroMessage.ValueKind == JsonValueKind.Undefined ? Intro(before) : Text(body.IntroMessage);
        var areNew = body.Steps.ValueKind == JsonValueKind.Array && !JsonElement.DeepEquals(body.Steps, shown.Steps);
        if (!areNew && intro != Intro(before)) definition = SequenceSteps.WithIntro(definition, Intro(before), intro);
        if (areNew)
        {
            definition = SequenceSteps.Read(definition, body.Steps, intro, out var problems);
            if (problems.Count > 0) return new OperationProblem.Invalid("The workflow cannot be stored as it is.", problems);
            isSnapshot = true;
        }

        foreach (var (field, value) in Versioned(body).Where(f => !Same(f.Value, shown.Versioned(f.Field))))
        {
            definition = With(definition, field, value);
            isSnapshot = true;
        }

        var beside = shown.Beside;
        definition = Started(definition, shown, body, beside);
        if (body.IsPublic is { } isPublic) beside["isPublic"] = isPublic;
        if (body.VoiceConfig.ValueKind != JsonValueKind.Undefined) Set(beside, "voiceConfig", body.VoiceConfig);
        var fields = KeptFields.With(workflow.Fields, Dialect, JsonElement.Parse(beside.ToJsonString()));
        return new WorkflowUpdate
        {
            Name = body.Name,
            Description = body.Description,
            Status = Status(workflow.Status, body.IsActive),
            Definition = ReferenceEquals(definition, before) ? null : definition,
            Fields = Same(JsonElement.Parse(fields), JsonElement.Parse(workflow.Fields)) ? null : fields,
            IsSnapshot = isSnapshot || ReferenceEquals(definition, before),
        };
    }

    /// <summary>A refusal whose places are those of the body.</summary>
    public static OperationProblem Told(OperationProblem problem) => problem is OperationProblem.Invalid invalid
        ? new OperationProblem.Invalid(invalid.Why, [.. invalid.Problems.Select(Told)])
        : problem;

    private static WorkflowProblem Told(WorkflowProblem problem) => problem with
    {
        Path = problem.Path switch
        {
            _ when problem.Path.StartsWith("nodes", StringComparison.Ordinal) => "steps" + problem.Path["nodes".Length..],
            _ when problem.Path.StartsWith("link_connections", StringComparison.Ordinal) => "steps",
            _ when problem.Path.StartsWith("trigger.", StringComparison.Ordinal) => SequenceTriggers.PathOf(problem.Path),
            _ when problem.Path.StartsWith("settings.exit_conditions", StringComparison.Ordinal) => "exitConditions",
            var same => same,
        },
        Message = problem.Code == WorkflowProblemCodes.UnknownNodeType
            ? problem.Message.Split(" Known: ")[0] + Known
            : problem.Message.Replace("nodes[", "steps[", StringComparison.Ordinal),
    };

    /// <summary>A field of the version; undefined for none.</summary>
    public static JsonElement Of(WorkflowDefinition definition, string field)
    {
        var kept = KeptFields.Of(definition, Dialect) is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(field, out var value)
            ? value
            : default;
        if (field != Template.ExitConditions || Exit(kept) == definition.Settings.Exit) return kept;
        // it was changed elsewhere
        var exit = new JsonObject();
        if (definition.Settings.Exit?.MaxMessages is { } messages) exit["maxMessages"] = messages;
        if (definition.Settings.Exit?.TimeoutDays is { } days) exit["timeoutDays"] = days;
        return definition.Settings.Exit is null ? default : JsonElement.Parse(exit.ToJsonString());
    }

    /// <summary>The first message of a sequence; null for none.</summary>
    public static string? Intro(WorkflowDefinition definition) => Text(Of(definition, Template.IntroMessage));

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static WorkflowDefinition Started(WorkflowDefinition definition, Template shown, TemplateBody body, JsonObject beside)
    {
        if (body.TriggerType is null && body.TriggerConfig.ValueKind == JsonValueKind.Undefined) return definition;
        var word = body.TriggerType ?? shown.TriggerType;
        var config = body.TriggerConfig.ValueKind == JsonValueKind.Undefined ? shown.TriggerConfig : body.TriggerConfig;
        if (word == shown.TriggerType && Same(config, shown.TriggerConfig)) return definition;
        beside["triggerType"] = word;
        Set(beside, "triggerConfig", config);
        return definition with { Trigger = SequenceTriggers.Read(word, config) };
    }

    // what is neither on nor off yet is turned off only where it was on
    private static WorkflowStatus? Status(WorkflowStatus present, bool? isActive) => isActive switch
    {
        true when present != WorkflowStatus.Active => WorkflowStatus.Active,
        false when present == WorkflowStatus.Active => WorkflowStatus.Paused,
        _ => null,
    };

    private static IEnumerable<(string Field, JsonElement Value)> Versioned(TemplateBody body) => new[]
    {
        (Template.ExitConditions, body.ExitConditions), (Template.QuestionConfig, body.QuestionConfig),
        (Template.CompletionConfig, body.CompletionConfig), (Template.IntroMessage, body.IntroMessage),
    }.Where(f => f.Item2.ValueKind != JsonValueKind.Undefined);

    private static WorkflowDefinition With(WorkflowDefinition definition, string field, JsonElement value)
    {
        var kept = KeptFields.Of(definition, Dialect) is { ValueKind: JsonValueKind.Object } all
            ? JsonNode.Parse(all.GetRawText())!.AsObject()
            : [];
        Set(kept, field, value);
        if (field == Template.ExitConditions)
            definition = definition with { Settings = definition.Settings with { Exit = Exit(value) } };
        return KeptFields.With(definition, Dialect, JsonElement.Parse(kept.ToJsonString()));
    }

    private static ExitConditions? Exit(JsonElement given)
    {
        var (messages, days) = (Number("maxMessages"), Number("timeoutDays"));
        return messages is null && days is null ? null : new ExitConditions(messages, days);

        int? Number(string field) => given.ValueKind == JsonValueKind.Object && given.TryGetProperty(field, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
    }

    private static void Set(JsonObject fields, string field, JsonElement value)
    {
        fields.Remove(field);
        if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)) fields[field] = JsonNode.Parse(value.GetRawText());
    }

    private static bool Same(JsonElement one, JsonElement other) => (IsNone(one) && IsNone(other))
        || (!IsNone(one) && !IsNone(other) && JsonElement.DeepEquals(one, other));

    private static bool IsNone(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}
