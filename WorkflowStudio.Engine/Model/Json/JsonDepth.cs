using System.Runtime.InteropServices;
using System.Text.Json;

namespace WorkflowStudio.Engine.Model.Json;

/// <summary>How deep values may be nested that come from outside or that a run carries on.</summary>
public static class JsonDepth
{
    /// <summary>The most levels. What is stored wraps a value in up to four more, and every reader takes 64.</summary>
    public const int Most = 60;

    // deeper than whatever makes values allows
    private const int Readable = 1_000;

    /// <summary>Whether a value has more levels of lists and objects than may be. Costs next to nothing for what has few of them.</summary>
    public static bool IsOver(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && IsOver(JsonMarshal.GetRawUtf8Value(value), Most);

    /// <summary>Whether a text goes deeper than so many levels before it ends, or stops being JSON.</summary>
    public static bool IsOver(ReadOnlySpan<byte> utf8, int levels)
    {
        if (utf8.Count((byte)'{') + utf8.Count((byte)'[') <= levels) return false;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Readable });
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= levels) return true;
        }
        catch (JsonException)
        {
            // no JSON from here on, and not too deep until here: whoever parses it says so
        }

        return false;
    }
}
