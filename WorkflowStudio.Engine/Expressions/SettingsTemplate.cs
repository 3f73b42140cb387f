using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>
/// The settings of a step with the templates of every text in them read once. Immutable and safe for all threads; made once per version,
/// resolved for every call of the step. Names of properties are never templates.
/// </summary>
public sealed class SettingsTemplate
{
    private static readonly JsonElement NoSettings = JsonElement.Parse("{}");

    private readonly JsonElement config;
    private readonly byte[][] between;
    private readonly TemplateSetting[] templates;

    private SettingsTemplate(JsonElement config, byte[][] between, TemplateSetting[] templates)
    {
        (this.config, this.between, this.templates) = (config, between, templates);
        Problems = [.. templates.Where(t => t.Template.Problem is not null).Select(t => new SettingsProblem(t.Path, t.Template.Problem!))];
    }

    /// <summary>The texts that hold expressions, in the order of the settings.</summary>
    public IReadOnlyList<TemplateSetting> Templates => templates;

    /// <summary>The templates that cannot be read. With any of them <see cref="Resolve"/> always answers problems.</summary>
    public IReadOnlyList<SettingsProblem> Problems { get; }

    /// <summary>Reads all templates of a settings object; undefined and null count as an empty object.</summary>
    /// <param name="config">The settings as stored.</param>
    /// <param name="verbatim">The settings, by name, that are handed on as they are stored.</param>
    /// <param name="mayBeMissing">Whether a template of one expression at this place is null where its reference has no value, instead of a
    /// problem.</param>
    public static SettingsTemplate Compile(
        JsonElement config, IReadOnlyCollection<string>? verbatim = null, Func<string, bool>? mayBeMissing = null)
    {
        if (config.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) config = NoSettings;
        using var json = new JsonBytes();
        using var writer = new Utf8JsonWriter(json);
        var compiler = new SettingsCompiler(json, writer, verbatim ?? [], mayBeMissing ?? (_ => false));
        compiler.Walk(config, "");
        return new SettingsTemplate(config, compiler.Between(), [.. compiler.Templates]);
    }

    /// <summary>
    /// The settings with every template replaced by its value, or all problems. Without templates: the same element, at no cost.
    /// </summary>
    public SettingsResolution Resolve(IScope scope)
    {
        if (templates.Length == 0) return new SettingsResolution(config, []);
        using var json = new JsonBytes();
        List<SettingsProblem>? problems = null;
        for (var i = 0; i < templates.Length; i++)
        {
            json.Raw(between[i]);
            var start = json.Length;
            if (!templates[i].Template.TryAppend(json, scope, out var problem))
            {
                if (templates[i].MayBeMissing && problem!.Code == ExpressionProblemCodes.MissingValue && json.Length == start)
                    json.Raw("null"u8);
                else (problems ??= []).Add(new SettingsProblem(templates[i].Path, problem!));
            }

            if (json.Length > ExpressionLimits.MaxResultBytes) return TooLarge(templates[i]);
        }
        if (problems is not null) return new SettingsResolution(default, problems);
        json.Raw(between[^1]);
        try
        {
            return new SettingsResolution(
                JsonElement.Parse(json.Written, new JsonDocumentOptions { MaxDepth = ExpressionLimits.MaxDepth }), []);
        }
        catch (JsonException)
        {
            return TooDeep(); // the parts are valid JSON each, so only their nesting can be refused
        }
    }

    private static SettingsResolution TooLarge(TemplateSetting at) =>
        Whole(at, "With their values the settings of this step are larger than 1 MiB. Refer to a part of the data.");

    private SettingsResolution TooDeep() =>
        Whole(templates[0], "With their values the settings of this step are nested deeper than 64 levels. Refer to a part of the data.");

    private static SettingsResolution Whole(TemplateSetting at, string message) =>
        new(default,
            [new SettingsProblem(at.Path, new ExpressionProblem(ExpressionProblemCodes.ResultTooLarge, message, 0, at.Template.Text))]);
}

/// <summary>A setting whose text holds expressions.</summary>
/// <param name="Path">The place below <c>config</c>: <c>message_templates.sms</c>.</param>
/// <param name="Template">The text.</param>
/// <param name="MayBeMissing">Whether it is null where its only reference has no value.</param>
public sealed record TemplateSetting(string Path, Template Template, bool MayBeMissing = false);

/// <summary>A problem of one setting.</summary>
/// <param name="Path">The place below <c>config</c>.</param>
/// <param name="Problem">What is wrong in its text.</param>
public sealed record SettingsProblem(string Path, ExpressionProblem Problem);

/// <summary>What settings resolved to.</summary>
/// <param name="Value">The settings; undefined when there are problems.</param>
/// <param name="Problems">Why there is no value; empty when there is.</param>
public readonly record struct SettingsResolution(JsonElement Value, IReadOnlyList<SettingsProblem> Problems)
{
    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => Problems.Count == 0;
}

/// <summary>Cuts settings into the templates and the JSON between them.</summary>
internal sealed class SettingsCompiler(
    JsonBytes json, Utf8JsonWriter writer, IReadOnlyCollection<string> verbatim, Func<string, bool> mayBeMissing)
{
    private readonly List<byte[]> between = [];
    private int from;

    public List<TemplateSetting> Templates { get; } = [];

    /// <summary>Goes through a value; the nesting is bounded by that of the parsed document.</summary>
    public void Walk(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case var _ when verbatim.Contains(path):
                value.WriteTo(writer);
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Walk(property.Value, JsonPlace.Property(path, property.Name));
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in value.EnumerateArray()) Walk(item, JsonPlace.Item(path, index++));
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString() is { } text && Template.Contains(text):
                Cut(new TemplateSetting(path, Template.Parse(text), mayBeMissing(path)));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>The JSON before, between and after the templates: one piece more than there are templates.</summary>
    public byte[][] Between()
    {
        writer.Flush();
        return [.. between, json.Written[from..].ToArray()];
    }

    // the writer is given a value of one byte, so that it sets its commas, and that byte is left out
    private void Cut(TemplateSetting setting)
    {
        writer.WriteNumberValue(0);
        writer.Flush();
        between.Add(json.Written[from..(json.Length - 1)].ToArray());
        from = json.Length;
        Templates.Add(setting);
    }
}
