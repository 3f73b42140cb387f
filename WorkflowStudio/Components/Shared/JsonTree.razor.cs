using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Shared;

/// <summary>A JSON value as a tree that opens and closes by itself. Long texts and lists are cut; the JSON view shows them whole.</summary>
public sealed partial class JsonTree
{
    private const int MostItems = 100;
    private const int MostCharacters = 400;

    [Parameter, EditorRequired]
    public JsonElement Value { get; set; }

    /// <summary>The field or the place in the list; null for the whole value.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    public int Depth { get; set; }

    private string Count => Value.ValueKind == JsonValueKind.Array
        ? StudioFormat.Count(Value.GetArrayLength(), "item", "items")
        : StudioFormat.Count(Value.EnumerateObject().Count(), "field", "fields");

    private string Kind => Value.ValueKind switch
    { JsonValueKind.String => "text", JsonValueKind.Number => "number", JsonValueKind.True or JsonValueKind.False => "bool", _ => "none" };

    private string Text => Value.ValueKind switch
    {
        JsonValueKind.String =>
            Value.GetString() is { } text && text.Length > MostCharacters ? $"\"{text[..MostCharacters]}…\"" : $"\"{Value.GetString()}\"",
        JsonValueKind.Null or JsonValueKind.Undefined => "empty",
        JsonValueKind.Object or JsonValueKind.Array => "empty",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => Value.GetRawText(),
    };

    private RenderFragment Children => builder =>
    {
        var items = Value.ValueKind == JsonValueKind.Array
            ? Value.EnumerateArray().Select((item, i) => (Name: $"[{i}]", Value: item))
            : Value.EnumerateObject().Select(one => (one.Name, one.Value));
        var shown = 0;
        foreach (var (name, value) in items.Take(MostItems + 1))
        {
            if (shown++ == MostItems)
            {
                builder.AddMarkupContent(4, "<p class=\"ws-json-count\">More in the JSON view</p>");
                break;
            }

            builder.OpenComponent<JsonTree>(0);
            builder.SetKey(name);
            builder.AddComponentParameter(1, nameof(Name), name);
            builder.AddComponentParameter(2, nameof(Value), value);
            builder.AddComponentParameter(3, nameof(Depth), Depth + 1);
            builder.CloseComponent();
        }
    };
}
