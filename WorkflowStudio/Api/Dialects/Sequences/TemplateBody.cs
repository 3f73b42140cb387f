using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// What the body of a POST or a PATCH gives of a template. A value that is undefined was not given, null takes away what there is.
/// </summary>
internal sealed class TemplateBody : FieldsRead
{
    public const int MaxName = 100;
    public const int MaxDescription = 500;
    public const int MaxIntro = 2_000;
    public const int MaxSteps = 20;
    public const int MaxMessages = 50;
    public const int MaxDays = 90;

    private readonly JsonElement body;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isWhole">Whether it makes a template: then what every template has is needed, and null counts as not given.</param>
    public TemplateBody(JsonElement body, bool isWhole)
    {
        this.body = body;
        if (isWhole)
            foreach (var needed in new[] { "name", "steps", "triggerType" }.Where(f => !IsGiven(f) || IsNull(f))) Missing(needed);
        Name = Text("name", MaxName, isWhole);
        Description = IsNull("description") ? isWhole ? null : "" : Text("description", MaxDescription, isWhole);
        TriggerType = Word(isWhole);
        (IsPublic, IsActive) = (Flag("isPublic", isWhole), Flag("isActive", isWhole));
        TriggerConfig = Object("triggerConfig", isWhole);
        QuestionConfig = Object("questionConfig", isWhole);
        CompletionConfig = Object("completionConfig", isWhole);
        VoiceConfig = Object("voiceConfig", isWhole);
        ExitConditions = Object("exitConditions", isWhole);
        Exit("maxMessages", MaxMessages);
        Exit("timeoutDays", MaxDays);
        IntroMessage = Intro(isWhole);
        Steps = StepList(isWhole);
    }

    public string? Name { get; }

    /// <summary>Empty for none; null when nothing is said.</summary>
    public string? Description { get; }

    public string? TriggerType { get; }

    public bool? IsPublic { get; }

    public bool? IsActive { get; }

    public JsonElement TriggerConfig { get; }

    public JsonElement ExitConditions { get; }

    public JsonElement QuestionConfig { get; }

    public JsonElement CompletionConfig { get; }

    public JsonElement IntroMessage { get; }

    public JsonElement VoiceConfig { get; }

    /// <summary>A list of 1 to 20 objects, each with a type.</summary>
    public JsonElement Steps { get; }

    private bool IsGiven(string field) => body.TryGetProperty(field, out _);

    private bool IsNull(string field) => Field(field).ValueKind == JsonValueKind.Null;

    private JsonElement Field(string field) => body.TryGetProperty(field, out var value) ? value : default;

    private bool IsLeftOut(string field, bool isWhole) => !IsGiven(field) || (isWhole && IsNull(field));

    private string? Text(string field, int most, bool isWhole)
    {
        if (IsLeftOut(field, isWhole)) return null;
        if (Field(field).ValueKind != JsonValueKind.String)
        {
            Wrong(field, $"The field {field} has to be text.");
            return null;
        }

        var text = Field(field).GetString()!;
        var length = ShownText.Length(text.Trim());
        if (length > most) Wrong(field, $"The {field} has {length} characters, at most {most} are possible.");
        return text;
    }

    private string? Word(bool isWhole)
    {
        if (IsLeftOut("triggerType", isWhole)) return null;
        var word = Field("triggerType").ValueKind == JsonValueKind.String ? Field("triggerType").GetString()! : "";
        if (SequenceTriggers.Words.Contains(word)) return word;
        Wrong("triggerType", $"The triggerType has to be {SequenceTriggers.InWords}.");
        return null;
    }

    private bool? Flag(string field, bool isWhole)
    {
        if (IsLeftOut(field, isWhole)) return null;
        if (Field(field).ValueKind is JsonValueKind.True or JsonValueKind.False) return Field(field).GetBoolean();
        Wrong(field, $"The field {field} has to be true or false.");
        return null;
    }

    private JsonElement Object(string field, bool isWhole)
    {
        if (IsLeftOut(field, isWhole)) return default;
        if (Field(field).ValueKind is JsonValueKind.Object or JsonValueKind.Null) return Field(field);
        Wrong(field, $"The field {field} has to be an object.");
        return default;
    }

    private JsonElement Intro(bool isWhole)
    {
        if (IsLeftOut("introMessage", isWhole)) return default;
        if (!IsNull("introMessage")) Text("introMessage", MaxIntro, isWhole);
        return Field("introMessage");
    }

    private void Exit(string field, int most)
    {
        if (ExitConditions.ValueKind != JsonValueKind.Object || !ExitConditions.TryGetProperty(field, out var value)
            || value.ValueKind == JsonValueKind.Null) return;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < 1 || number > most)
            Wrong($"exitConditions.{field}", $"The {field} has to be a whole number from 1 to {most}.");
    }

    private JsonElement StepList(bool isWhole)
    {
        var steps = Field("steps");
        if (IsLeftOut("steps", isWhole)) return default;
        if (steps.ValueKind != JsonValueKind.Array) Wrong("steps", "The steps have to be a list.");
        else if (steps.GetArrayLength() is 0 or > MaxSteps)
            Wrong("steps", $"A workflow has 1 to {MaxSteps} steps, but {steps.GetArrayLength()} were given.");
        else
        {
            var before = Problems.Count;
            for (var i = 0; i < steps.GetArrayLength(); i++) Step(steps[i], $"steps[{i}]");
            return Problems.Count == before ? steps : default;
        }

        return default;
    }

    private void Step(JsonElement step, string path)
    {
        if (step.ValueKind != JsonValueKind.Object) Wrong(path, "A step has to be an object with a type and a config.");
        else if (!step.TryGetProperty("type", out var type)) Missing($"{path}.type");
        else if (type.ValueKind != JsonValueKind.String) Wrong($"{path}.type", "The type of a step has to be text.");
        else if (step.TryGetProperty("config", out var config) && config.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            Wrong($"{path}.config", "The config of a step has to be an object.");
        else if (step.TryGetProperty("id", out var id) && id.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            Wrong($"{path}.id", "The id of a step has to be text.");
    }
}
