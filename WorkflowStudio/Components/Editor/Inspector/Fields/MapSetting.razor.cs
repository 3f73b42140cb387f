using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Palette;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>Values under free names.</summary>
public sealed partial class MapSetting
{
    private List<KeyValuePair<string, JsonElement>> entries = [];

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

    // values of any kind are written as text; what is not text already stays as JSON
    private SchemaField Item => Field with
    {
        Kind = Field.Items is null or FieldKind.Any ? FieldKind.Text : Field.Items.Value,
        Items = null,
        Min = null,
        Max = null,
        Default = default,
        Required = true,
    };

    protected override void OnParametersSet()
    {
        var shown = Value.ValueKind == JsonValueKind.Undefined ? Field.Default : Value;
        entries =
            shown.ValueKind == JsonValueKind.Object ? [.. shown.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value))] : [];
    }

    private Task Commit(IEnumerable<KeyValuePair<string, JsonElement>> changed) => ValueChanged.InvokeAsync(JsonEdit.Map([.. changed]));

    private string NamePlace(string key) => JsonPlace.Property(Path, key) + "#name";

    private async Task Rename(int index, string typed)
    {
        var (name, old) = (typed.Trim(), entries[index].Key);
        if (entries.Where((_, at) => at != index).Any(e => e.Key == name))
        {
            await Context.KeepUnread(NamePlace(old), typed, $"There is a value named {name} already. Choose another name.");
            return;
        }
        await Context.KeepUnread(NamePlace(old), null, "");
        await Moved(old, name);
        await Commit(entries.Select((e, at) => at == index ? KeyValuePair.Create(name, e.Value) : e));
    }

    private async Task Remove(int index)
    {
        await Moved(entries[index].Key, null);
        await Commit(entries.Where((_, at) => at != index));
    }

    // what could not be read in an entry goes where the entry goes
    private Task Moved(string from, string? to)
    {
        var old = JsonPlace.Property(Path, from);
        return Context.MoveUnread(place => !place.StartsWith(old, StringComparison.Ordinal)
            || place[old.Length..] is [not ('.' or '[' or '#'), ..] ? place
            : to is null ? null : JsonPlace.Property(Path, to) + place[old.Length..]);
    }

    private Task Add()
    {
        var number = 1;
        while (entries.Exists(e => e.Key == $"value_{number}")) number++;
        return Commit(entries.Append(KeyValuePair.Create($"value_{number}", Item.Kind switch
        {
            FieldKind.Boolean => JsonEdit.Boolean(false),
            FieldKind.List => JsonEdit.List([]),
            FieldKind.Object or FieldKind.Map => JsonEdit.Map([]),
            _ => JsonEdit.Text(""),
        })));
    }

    private JsonElement Kept(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? JsonEdit.Text("") : value;
}
