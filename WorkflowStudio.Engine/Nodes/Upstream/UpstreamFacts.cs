using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Upstream;

/// <summary>
/// What the steps before have found out, by the names of their output fields: the newest output that has the field counts.
/// </summary>
internal static class UpstreamFacts
{
    /// <summary>The text of a field, or null.</summary>
    public static string? Text(this NodeInput input, string field) =>
        input.Fact(field) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The id in a field, or null.</summary>
    public static Guid? Id(this NodeInput input, string field) => Guid.TryParse(input.Text(field), out var id) ? id : null;

    /// <summary>The time in a field, or null.</summary>
    public static DateTimeOffset? Time(this NodeInput input, string field) =>
        input.Fact(field) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) ? time : null;

    /// <summary>The day in a field, or null.</summary>
    public static DateOnly? Day(this NodeInput input, string field) =>
        DateOnly.TryParseExact(input.Text(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <summary>The whole number in a field, or null.</summary>
    public static long? Whole(this NodeInput input, string field) =>
        input.Fact(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>
    /// What was said in a field, a number or yes and no as text too: in the newest output that has it, else in the payload; or null.
    /// </summary>
    public static string? Said(this NodeInput input, string field)
    {
        var body = PostedPayload.BodyOf(input.Payload);
        var value = input.Fact(field)
            ?? (body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var told) ? told : default);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => null,
        };
    }

    private static JsonElement? Fact(this NodeInput input, string field)
    {
        foreach (var step in input.Upstream)
        {
            if (step.Output.ValueKind == JsonValueKind.Object && step.Output.TryGetProperty(field, out var value)
                && value.ValueKind != JsonValueKind.Null) return value;
        }

        return null;
    }
}
