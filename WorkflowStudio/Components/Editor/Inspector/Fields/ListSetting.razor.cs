using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>A list: one row per entry, in order.</summary>
public sealed partial class ListSetting
{
    private List<JsonElement> items = [];

    [CascadingParameter]
    private SettingContext Context { get; set; } = SettingContext.None;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public SchemaField Field { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    [Parameter]
    public JsonElement Value { get; set; }

    [Parameter]
    public EventCallback<JsonElement> ValueChanged { get; set; }

    // limits of a list count its entries; unit and choices belong to the entries
    private SchemaField Item =>
        Field with { Kind = Field.Items ?? FieldKind.Any, Items = null, Min = null, Max = null, Default = default, Required = true };

    protected override void OnParametersSet()
    {
        var shown = Value.ValueKind == JsonValueKind.Undefined ? Field.Default : Value;
        items = shown.ValueKind == JsonValueKind.Array ? [.. shown.EnumerateArray()] : [];
    }

    private Task Commit(IEnumerable<JsonElement> changed) => ValueChanged.InvokeAsync(JsonEdit.List([.. changed]));

    // empty: nothing counts as filled that nobody filled
    private Task Add() => Commit(items.Append(Item.Kind switch
    {
        FieldKind.Boolean => JsonEdit.Boolean(false),
        FieldKind.Object => JsonEdit.Map([]),
        _ => JsonEdit.Text(""),
    }));

    private async Task Remove(int index)
    {
        await Moved(at => at == index ? null : at > index ? at - 1 : at);
        await Commit(items.Where((_, at) => at != index));
    }

    private async Task MoveUp(int index)
    {
        List<JsonElement> moved = [.. items];
        (moved[index - 1], moved[index]) = (moved[index], moved[index - 1]);
        await Moved(at => at == index ? index - 1 : at == index - 1 ? index : at);
        await Commit(moved);
    }

    private Task Moved(Func<int, int?> to) => Context.MoveUnread(place =>
    {
        if (!place.StartsWith(Path + "[", StringComparison.Ordinal) || place.IndexOf(']', Path.Length) is not (> 0 and var end))
            return place;
        if (!int.TryParse(place.AsSpan((Path.Length + 1)..end), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return place;
        return to(index) is { } now ? JsonPlace.Item(Path, now) + place[(end + 1)..] : null;
    });

    // an entry that was emptied stays an entry
    private JsonElement Kept(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? JsonEdit.Text("") : value;
}
