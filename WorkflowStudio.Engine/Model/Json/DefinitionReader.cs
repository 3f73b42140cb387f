using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Model.Json;

/// <summary>Reads a definition from its canonical JSON.</summary>
internal sealed partial class DefinitionReader
{
    private readonly FieldReader fields = new();

    public IReadOnlyList<WorkflowProblem> Problems => fields.Problems;

    public WorkflowDefinition Definition(JsonElement value)
    {
        if (!fields.IsObject(value, "")) return WorkflowDefinition.Empty;
        return new WorkflowDefinition
        {
            Trigger = Trigger(value),
            Nodes = [.. fields.List(value, "", "nodes").Select(i => Node(i.Value, i.Path))],
            Links = [.. fields.List(value, "", "link_connections").Select(i => Link(i.Value, i.Path))],
            Settings = Settings(fields.Object(value, "", "settings")),
            Extensions = fields.Object(value, "", "extensions").Own(),
        };
    }

    private WorkflowTrigger Trigger(JsonElement value)
    {
        if (FieldReader.Field(value, "trigger").ValueKind == JsonValueKind.Undefined) fields.Required(value, "", "trigger", "an object");
        var trigger = fields.Object(value, "", "trigger");
        if (trigger.ValueKind == JsonValueKind.Undefined) return WorkflowDefinition.Empty.Trigger;
        fields.Only(trigger, "trigger", BodyFields.Names(BodyFields.Trigger));
        return new WorkflowTrigger
        {
            Type = fields.Text(trigger, "trigger", "type"),
            Event = fields.OptionalText(trigger, "trigger", "event"),
            Config = fields.Object(trigger, "trigger", "config").Own(),
            Constraints = FieldReader.Field(trigger, "constraints").Own(),
        };
    }

    private WorkflowNode Node(JsonElement value, string path)
    {
        fields.Only(value, path, BodyFields.Names(BodyFields.Node));
        return new WorkflowNode
        {
            Id = fields.Text(value, path, "id"),
            Type = fields.Text(value, path, "type"),
            Name = fields.OptionalText(value, path, "name") ?? "",
            Config = fields.Object(value, path, "config").Own(),
            OnError = OnErrorOf(value, path),
            Retry = fields.Object(value, path, "retry") is { ValueKind: JsonValueKind.Object } retry ? Retry(retry, path + ".retry") : null,
            Timeout = OptionalDuration(value, path, "timeout"),
            Disabled = fields.Flag(value, path, "disabled"),
        };
    }

    private OnError OnErrorOf(JsonElement value, string path)
    {
        if (FieldReader.Field(value, "on_error") is not { ValueKind: not JsonValueKind.Undefined } field) return OnError.Fail;
        var word = field.ValueKind == JsonValueKind.String ? field.GetString() : null;
        if (word is not ("fail" or "continue" or "error_port")) fields.Required(value, path, "on_error", "fail, continue or error_port");
        return word switch { "continue" => OnError.Continue, "error_port" => OnError.Port, _ => OnError.Fail };
    }

    private RetryPolicy Retry(JsonElement value, string path)
    {
        fields.Only(value, path, BodyFields.Names(BodyFields.Retry));
        return new RetryPolicy(fields.Integer(value, path, "attempts"), OptionalDuration(value, path, "delay") ?? RetryPolicy.UsualDelay,
            fields.Flag(value, path, "exponential"))
        {
            Jitter = fields.Flag(value, path, "jitter"),
            Codes = [.. fields.Texts(value, path, "codes")],
        };
    }

    private TimeSpan? OptionalDuration(JsonElement value, string path, string name)
    {
        if (FieldReader.Field(value, name).ValueKind == JsonValueKind.Undefined) return null;
        if (FieldReader.Field(value, name) is { ValueKind: JsonValueKind.String } field
            && TryDuration(field.GetString()!, out var duration)) return duration;
        fields.Required(value, path, name, "a duration such as PT30S, PT5M or P1D");
        return default;
    }

    private LinkConnection Link(JsonElement value, string path)
    {
        fields.Only(value, path, BodyFields.Names(BodyFields.Link));
        return new LinkConnection(
            fields.Text(value, path, "from"), fields.OptionalText(value, path, "from_port"), fields.Text(value, path, "to"))
        {
            MaxRounds = fields.OptionalInteger(value, path, "max_rounds"),
        };
    }

    private WorkflowSettings Settings(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return WorkflowSettings.None;
        const string path = "settings";
        fields.Only(value, path, BodyFields.Names(BodyFields.Settings));
        return new WorkflowSettings
        {
            TimeZone = fields.OptionalText(value, path, "timezone"),
            Timeout = OptionalDuration(value, path, "timeout"),
            Concurrency = fields.Object(value, path, "concurrency") is { ValueKind: JsonValueKind.Object } concurrency
                ? Concurrency(concurrency, path + ".concurrency")
                : null,
            Exit = fields.Object(value, path, "exit_conditions") is { ValueKind: JsonValueKind.Object } exit
                ? Exit(exit, path + ".exit_conditions")
                : null,
            ErrorWorkflow = fields.OptionalText(value, path, "error_workflow"),
            Variables = fields.Object(value, path, "variables").Own(),
        };
    }

    private ConcurrencyRule Concurrency(JsonElement value, string path)
    {
        fields.Only(value, path, BodyFields.Names(BodyFields.Concurrency));
        var word = fields.OptionalText(value, path, "beyond") ?? "queue";
        if (word is not ("queue" or "skip" or "replace")) fields.Required(value, path, "beyond", "queue, skip or replace");
        return new ConcurrencyRule(
            fields.Integer(value, path, "max"),
            word switch { "skip" => BeyondConcurrency.Skip, "replace" => BeyondConcurrency.Replace, _ => BeyondConcurrency.Queue });
    }

    private ExitConditions Exit(JsonElement value, string path)
    {
        fields.Only(value, path, BodyFields.Names(BodyFields.Exit));
        return new ExitConditions(fields.OptionalInteger(value, path, "max_messages"), fields.OptionalInteger(value, path, "timeout_days"));
    }

    // days to seconds only: months and years have no fixed length
    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var match = DurationForm().Match(text);
        if (!match.Success || text[^1] is 'P' or 'T') return false;
        var seconds = Part("days") * 86_400 + Part("hours") * 3_600 + Part("minutes") * 60 + Part("seconds");
        var ticks = seconds * TimeSpan.TicksPerSecond * (match.Groups["minus"].Success ? -1 : 1);
        if (ticks is < long.MinValue or > long.MaxValue) return false;
        duration = new TimeSpan((long)ticks);
        return true;

        decimal Part(string name) => match.Groups[name] is { Success: true } group
            ? decimal.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;
    }

    [GeneratedRegex(@"^(?<minus>-)?P(?:(?<days>\d{1,10})D)?(?:T(?:(?<hours>\d{1,10})H)?(?:(?<minutes>\d{1,10})M)?(?:(?<seconds>\d{1,"
        + @"10}(?:\.\d{1,7})?)S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationForm();
}

/// <summary>Gives a definition its own JSON, so that it does not keep a whole request alive.</summary>
internal static class OwnedJson
{
    public static JsonElement Own(this JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? value : value.Clone();
}
