using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Words;

/// <summary>The line that a step has on its card on the canvas (<see cref="NodeType.Summary"/>).</summary>
internal static class Card
{
    /// <summary>The longest line, in characters.</summary>
    public const int Longest = 40;

    /// <summary>A text cut to what fits on a card.</summary>
    /// <param name="text">The text.</param>
    /// <param name="beside">How many characters stand beside it.</param>
    public static string Fit(string text, int beside = 0) => ShownText.Fit(text, Longest - beside);

    /// <summary>A value as it is written in settings, without the braces of its expression and what everybody knows.</summary>
    public static string Plain(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return value.ValueKind == JsonValueKind.Undefined ? "…" : value.GetRawText();
        var text = value.GetString()!.Trim();
        return text.StartsWith("{{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal)
            ? text[2..^2].Trim().Replace("$initialPayload.", "", StringComparison.Ordinal).Replace("$node.", "", StringComparison.Ordinal)
            : text;
    }
}
