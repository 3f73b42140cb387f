using System.Runtime.InteropServices;
using System.Text.Json;

namespace WorkflowStudio.Engine.Model.Json;

/// <summary>How deep values may be nested that a run carries on.</summary>
public static class JsonDepth
{
    /// <summary>The most levels. What is stored wraps a value in up to four more, and every reader takes 64.</summary>
    public const int Most = 60;

    // deeper than whatever makes values allows
    private const int Readable = 1_000;

    /// <summary>Whether a value has more levels of lists and objects than may be. Costs next to nothing for what has few of them.</summary>
    public static bool IsOver(JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return false;
        var utf8 = JsonMarshal.GetRawUtf8Value(value);
        if (utf8.Count((byte)'{') + utf8.Count((byte)'[') <= Most) return false;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Readable });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= Most) return true;
        return false;
    }
}
