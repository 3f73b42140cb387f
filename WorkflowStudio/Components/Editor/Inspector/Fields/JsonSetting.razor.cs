using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>A value as JSON, in a field or as text.</summary>
public sealed partial class JsonSetting
{
    private (string Text, JsonElement Value)? written;

    [CascadingParameter]
    private SettingContext Context { get; set; } = SettingContext.None;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The place of the setting.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>What people call it.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    public string? DescribedBy { get; set; }

    [Parameter]
    public JsonElement Value { get; set; }

    [Parameter]
    public EventCallback<JsonElement> ValueChanged { get; set; }

    private Engine.Model.UnreadText? Kept => Context.UnreadAt(Path);

    // as it was written, while it means the same
    private string Text =>
        Kept?.Text ?? (written is { } typed && SettingText.Same(typed.Value, Value) ? typed.Text : JsonEdit.Pretty(Value));

    private async Task Change(ChangeEventArgs args)
    {
        var typed = args.Value?.ToString() ?? "";
        JsonElement value = default;
        if (!string.IsNullOrWhiteSpace(typed) && !JsonReading.TryRead(typed, out value, out var problem))
        {
            await Context.KeepUnread(Path, typed, $"{Name}: {problem}");
            return;
        }
        written = (typed, value);
        Context.TakeUnread(Path);
        await ValueChanged.InvokeAsync(value);
    }
}
