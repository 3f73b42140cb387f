using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Editing;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>What the fields of one step's form share.</summary>
internal sealed record SettingContext
{
    /// <summary>A form that knows nothing around it.</summary>
    public static SettingContext None { get; } = new();

    /// <summary>The step, or the start.</summary>
    public string StepId { get; init; } = "";

    /// <summary>Whether texts may hold expressions: not in the start, which runs before there are values.</summary>
    public bool Expressions { get; init; } = true;

    /// <summary>Whether messages of this step go out as SMS, whose length is counted.</summary>
    public bool Sms { get; init; }

    /// <summary>What expressions may name.</summary>
    public IReadOnlyList<KnownValue> Values { get; init; } = [];

    /// <summary>The last run; null before the first.</summary>
    public RunSample? Sample { get; init; }

    /// <summary>What can be chosen that lies outside of the workflow.</summary>
    public OutsideChoices Outside { get; init; } = OutsideChoices.None;

    /// <summary>The problems of this step.</summary>
    public IReadOnlyList<StepProblem> Problems { get; init; } = [];

    /// <summary>Settings of a working step: shown in empty fields, never filled in.</summary>
    public JsonElement Example { get; init; }

    /// <summary>What was typed into fields of this step and could not be read.</summary>
    public IReadOnlyList<UnreadText> Unread { get; init; } = [];

    /// <summary>Keeps a text that cannot be read for the setting at a place, with the reason; null forgets it.</summary>
    public Func<string, string?, string, Task> KeepUnread { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>The next change brings the value of the setting at a place, whose text could be read.</summary>
    public Action<string> TakeUnread { get; init; } = _ => { };

    /// <summary>Texts that are typed and not reported yet.</summary>
    public TypedTexts Typed { get; init; } = new();

    /// <summary>The words of the fix of a problem, or null.</summary>
    public Func<StepProblem, string?> FixOf { get; init; } = _ => null;

    /// <summary>Applies the fix.</summary>
    public EventCallback<StepProblem> OnFix { get; init; }

    /// <summary>The problem of the setting at this place, errors first.</summary>
    public StepProblem? ProblemAt(string path) => Problems.FirstOrDefault(p => p.Setting == path);

    /// <summary>What was typed for the setting at this place and could not be read; null when there is no such text.</summary>
    public UnreadText? UnreadAt(string path) => Unread.FirstOrDefault(u => u.Setting == path);

    /// <summary>What the setting at this place could be, for an empty field; null when there is no example.</summary>
    public string? ExampleAt(string path) => SettingText.At(Example, path) switch
    {
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } several => JsonEdit.Compact(several),
        var one => SettingText.Write(one) is { Length: > 0 } text ? text : null,
    };

    /// <summary>The same with the unread texts of a part of the document: a step, the start, or, with an empty id, the workflow.</summary>
    public SettingContext WithUnread(EditorDocument document, string id, EventCallback<EditOutcome> onEdit) => this with
    {
        Unread = [.. document.Unread.Where(u => u.Id == id)],
        TakeUnread = place => document.TakeUnread(id, place),
        KeepUnread = (place, text, why) => document.KeepUnread(id, place, text, why) is { Patch: not null } kept
            ? onEdit.InvokeAsync(kept)
            : Task.CompletedTask,
    };

    /// <summary>
    /// Unread texts follow what they belong to, as an entry of a list that moves; where there is no new place they are forgotten.
    /// </summary>
    public async Task MoveUnread(Func<string, string?> to)
    {
        var moved = Unread.Select(u => (Text: u, To: to(u.Setting))).Where(m => m.To != m.Text.Setting).ToList();
        foreach (var (text, _) in moved) await KeepUnread(text.Setting, null, "");
        foreach (var (text, place) in moved.Where(m => m.To is not null)) await KeepUnread(place!, text.Text, text.Why);
    }

    /// <summary>The id of the field at this place.</summary>
    public string IdOf(string path) =>
        $"setting-{StepId}-{string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-'))}";
}
