using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>Reads JSON that people have written.</summary>
internal static class JsonReading
{
    // a definition puts settings some levels deeper, and nothing reads more than 64
    private static readonly JsonDocumentOptions Kind = new()
    { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 56 };

    /// <summary>The object, or why the text is none.</summary>
    public static bool TryReadObject(string text, out JsonElement value, out string? problem)
    {
        if (!TryRead(text, out value, out problem)) return false;
        if (value.ValueKind != JsonValueKind.Object) problem = "The data has to be an object, written { \"name\": value, … }.";
        return problem is null;
    }

    /// <summary>The value, or the line on which it cannot be read.</summary>
    public static bool TryRead(string text, out JsonElement value, out string? problem)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Kind);
            (value, problem) = (document.RootElement.Clone(), null);
            return true;
        }
        catch (JsonException e)
        {
            value = default;
            problem = $"Line {(e.LineNumber ?? 0) + 1} cannot be read as JSON: look for a missing quote, comma or bracket at character "
                + $"{ShownText.Character(Encoding.UTF8.GetBytes(text), e)}.";
            return false;
        }
    }
}
