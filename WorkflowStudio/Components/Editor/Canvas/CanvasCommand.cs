using System.Text.Json.Serialization;

namespace WorkflowStudio.Components.Editor.Canvas;

/// <summary>
/// Something that people can ask for on the canvas, by key, mouse or button. The canvas does its own (<see cref="CanvasKeys"/>) and tells
/// the page of the others. Mirrors wwwroot-assets/src/contract/wire.ts, change both together.
/// </summary>
/// <param name="Name">What the canvas and its page call it.</param>
/// <param name="Words">What people call it.</param>
/// <param name="Keys">Its keys, as "Ctrl+Shift+Z": the first is shown. The command key of a Mac counts as Ctrl.</param>
public record CanvasCommand(string Name, string Words, params IReadOnlyList<string> Keys)
{
    /// <summary>Where its keys have to be pressed.</summary>
    public KeyReach Reach { get; init; }

    /// <summary>Whether it changes the workflow; a canvas for looking only has no keys for it.</summary>
    public bool Edits { get; init; }

    /// <summary>Whether the page answers with a field that gets the focus: what is typed meanwhile is meant for that.</summary>
    public bool BringsField { get; init; }

    /// <summary>Its words and its key, as they stand on buttons.</summary>
    public string Title => TitleOf(Words);

    /// <summary>The key, each part by itself.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Shown { get => field ?? [.. PartsOf(Keys[0]).Select(p => p == "-" ? "−" : p)]; init; }

    /// <summary>What a button says that speaks of more than the command, with its key.</summary>
    public string TitleOf(string words) => $"{words} ({string.Join('+', Shown)})";

    private static string[] PartsOf(string key) => key == "+" ? [key] : key.Split('+');
}

/// <summary>Where a key has to be pressed to count.</summary>
[JsonConverter(typeof(CanvasWord<KeyReach>))]
public enum KeyReach
{
    /// <summary>On the canvas.</summary>
    Canvas,

    /// <summary>Anywhere but in fields and dialogs.</summary>
    View,

    /// <summary>Anywhere, in fields too.</summary>
    Page,
}
