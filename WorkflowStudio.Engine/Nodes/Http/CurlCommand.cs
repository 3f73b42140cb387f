using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>What a curl command asks for, as settings of the step <c>http_request</c>.</summary>
/// <param name="Settings">The settings that it gives.</param>
/// <param name="Notes">What whoever pasted it should know, as sentences.</param>
public sealed record CurlCommand(JsonElement Settings, IReadOnlyList<string> Notes)
{
    /// <summary>The step type whose settings it gives.</summary>
    public const string StepType = "http_request";

    /// <summary>The longest command in characters.</summary>
    public const int MaxLength = 64 * 1024;

    // what the command says even where it says nothing of it
    private static readonly string[] Own = ["method", "url", "query", "headers", "secret_headers", "body", "body_format"];

    /// <summary>
    /// Reads a command as browsers copy it ("Copy as cURL (bash)") and as documentation of APIs has it. Nothing is run and no file is read.
    /// False with a sentence that names what cannot be read.
    /// </summary>
    public static bool TryRead(string text, out CurlCommand? command, out string problem)
    {
        command = null;
        if (text.Length > MaxLength)
        {
            problem = "The command is longer than 64 KiB. Paste it without its body, and give that in the settings.";
            return false;
        }

        if (ShellWords.Read(text, out problem) is not { } shell) return false;
        var words = shell.Words.Count > 0 && shell.Words[0] == "$" ? shell.Words.Skip(1).ToList() : shell.Words; // a prompt, copied along
        if (words.Count == 0 || Program(words[0]) is not ("curl" or "curl.exe"))
        {
            problem = words.Count == 0 ? "There is no command. Paste one that begins with curl."
                : $"The command begins with {Shown(words[0])}. Paste one that begins with curl.";
            return false;
        }

        if (!words.All(IsText))
        {
            problem = "The command holds half of a letter or a character of code 0, which no text can. Copy it again.";
            return false;
        }

        if (!CurlOption.TryRead([.. words.Skip(1)], out var options, out problem)) return false;
        var reading = new CurlReading();
        if (!reading.TryTake(options, out problem) || !reading.TryWrite(out var settings, out problem)) return false;
        if (shell.HoldsVariable)
            reading.Notes.Add("A variable of the shell ($…) stands in the command and was taken as text. Put its value there.");
        command = new CurlCommand(JsonElement.Parse(settings.ToJsonString(NodeJson.Options)), reading.Notes);
        return true;
    }

    /// <summary>The settings of a step with these in the place of its own; what a command cannot say stays.</summary>
    public JsonElement Onto(JsonElement config)
    {
        var result = new JsonObject();
        if (config.ValueKind == JsonValueKind.Object)
            foreach (var kept in config.EnumerateObject().Where(p => !Sets(p.Name)))
                result[kept.Name] = JsonNode.Parse(kept.Value.GetRawText());
        foreach (var mine in Settings.EnumerateObject()) result[mine.Name] = JsonNode.Parse(mine.Value.GetRawText());
        return JsonElement.Parse(result.ToJsonString(NodeJson.Options));
    }

    /// <summary>Whether a command decides this setting, also by saying nothing of it.</summary>
    public static bool Sets(string setting) => Own.Contains(setting);

    /// <summary>A word of the command in a sentence: short, and on one line.</summary>
    internal static string Shown(string word)
    {
        var text = string.Concat(word.EnumerateRunes().Take(40).Select(r => Rune.IsControl(r) ? "\ufffd" : r.ToString()));
        return $"“{text}{(word.Length > 40 ? "…" : "")}”";
    }

    private static string Program(string word) => word[(word.LastIndexOf('/') + 1)..];

    private static bool IsText(string word)
    {
        for (var at = 0; at < word.Length;)
        {
            var read = Rune.DecodeFromUtf16(word.AsSpan(at), out var rune, out var length);
            if (read != OperationStatus.Done || rune.Value == 0) return false;
            at += length;
        }

        return true;
    }
}
