using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Words;

/// <summary>Values as the log and the reasons of failures show them.</summary>
internal static class Quote
{
    /// <summary>A value for people: at most 80 characters, texts in quotes, of lists and objects what they are.</summary>
    public static string Value(JsonElement value) => ShownText.Fit(
        value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => "nothing",
            JsonValueKind.String => $"“{value.GetString()}”",
            JsonValueKind.Array => value.GetArrayLength() == 1 ? "a list of 1" : $"a list of {value.GetArrayLength()}",
            JsonValueKind.Object => "an object",
            _ => value.GetRawText(),
        },
        80);

    /// <summary>A value as it was written, as JSON of at most 40 characters.</summary>
    public static string Json(JsonElement value) => ShownText.Fit(value.GetRawText(), 40);
}
