using System.Globalization;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Documents;

/// <summary>Sorts a text into one of several classes, by the words that it holds.</summary>
[Step("classify", "Classify a text", NodeGroup.Documents, "document_scanner", HandsOn = true,
    Does = "Sorts a text into one of your classes, by the words and phrases that it holds: the class of which most are found. "
        + "A switch step behind it can take another way for each class.",
    Example = """
        {"text":"{{ $initialPayload.message ?? \"\" }}",
        "classes":[{"name":"billing","words":"invoice*, refund, insurance"},{"name":"booking","words":"appointment*, come in"}]}
        """)]
public sealed class ClassifyNode : ComputingNode<ClassifySettings, ClassifyOutput>
{
    private const char AnyEnding = '*';

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => ReadOrNull(config) is { } settings ? Problems(settings) : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Classes.Count: > 0 } settings ? Card.Fit(string.Join(", ", settings.Classes.Select(c => c.Name))) : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(ClassifySettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (Problems(settings).FirstOrDefault() is { } problem) return SettingsFailure.Of(problem);
        var text = Spaced(settings.Text);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var (best, most) = (settings.Otherwise, Array.Empty<string>());
        foreach (var each in settings.Classes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string[] found = [.. WordsOf(each).Where(word => IsIn(text, word))];
            counts[each.Name] = found.Length;
            if (found.Length >= settings.AtLeast && found.Length > most.Length) (best, most) = (each.Name, found);
        }

        input.Log(NodeLogLevel.Info, most.Length > 0
            ? $"{best}: found {string.Join(", ", most)}"
            : $"No class has enough of its words in the text, so it is {best}.");
        return Complete(new ClassifyOutput { Class = best, Found = most, Counts = counts });
    }

    private static IEnumerable<SettingProblem> Problems(ClassifySettings settings)
    {
        for (var i = 0; i < settings.Classes.Count; i++)
        {
            var each = settings.Classes[i];
            if (settings.Classes.Take(i).Any(before => before.Name == each.Name) && !Template.Contains(each.Name))
                yield return Wrong(
                    i, "name", $"There is a class {each.Name} already. Give each its own name, or put their words into one.");
            if (Template.Contains(each.Words)) continue;
            if (WordsOf(each).DefaultIfEmpty(each.Words).FirstOrDefault(word => Spaced(word).Trim().Length == 0) is { } empty)
                yield return Wrong(i, "words", $"“{empty}” has no letter and no digit, so it is never found. Take it out.");
        }

        static SettingProblem Wrong(int at, string setting, string message) => SettingProblem.Wrong($"classes[{at}].{setting}", message);
    }

    private static string[] WordsOf(TextClass each)
    {
        var words = each.Words.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static bool IsIn(string text, string word)
    {
        var spaced = Spaced(word);
        return text.Contains(word.EndsWith(AnyEnding) ? spaced.TrimEnd(' ') : spaced, StringComparison.Ordinal);
    }

    // the words in small letters, each between two spaces; an accent belongs to its letter however it was typed
    private static string Spaced(string text)
    {
        var words = new StringBuilder(text.Length + 2).Append(' ');
        foreach (var c in UnicodeForm.Of(text, NormalizationForm.FormKC))
        {
            if (IsOfWord(c)) words.Append(char.ToLowerInvariant(c));
            else if (words[^1] != ' ') words.Append(' ');
        }

        return (words[^1] == ' ' ? words : words.Append(' ')).ToString();
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

/// <summary>The settings of <see cref="ClassifyNode"/>.</summary>
public sealed record ClassifySettings
{
    /// <summary>The text.</summary>
    [Setting("Text", Description = "What is sorted, mostly an expression such as {{ $initialPayload.message }}. It may be empty.",
        Max = 100_000, Editor = FieldEditor.MultiLine)]
    public required string Text { get; init; }

    /// <summary>The classes.</summary>
    [Setting("Classes", Description = "Where as many words of several are found, the one further up is taken.", Min = 1, Max = 20)]
    public required IReadOnlyList<TextClass> Classes { get; init; }

    /// <summary>The class of a text that fits none.</summary>
    [Setting("Otherwise", Description = "The class of a text that fits none of these.", Min = 1, Max = 60, Logged = true)]
    public string Otherwise { get; init; } = "other";

    /// <summary>How many words make a class.</summary>
    [Setting(
        "At least", Description = "How many words of a class the text has to hold.", Unit = "words", Min = 1, Max = 100, Advanced = true)]
    public int AtLeast { get; init; } = 1;
}

/// <summary>A class of a <see cref="ClassifyNode"/>.</summary>
public sealed record TextClass
{
    /// <summary>The name.</summary>
    [Setting("Name", Description = "What later steps compare with.", Min = 1, Max = 60, Logged = true)]
    public required string Name { get; init; }

    /// <summary>The words.</summary>
    [Setting(
        "Words", Description = "Words and phrases, separated by commas. Whole words are found, in capital or small letters; invoice* also "
            + "finds invoices.", Min = 1, Max = 2_000, Logged = true)]
    public required string Words { get; init; }
}

/// <summary>The output of <see cref="ClassifyNode"/>.</summary>
public sealed record ClassifyOutput
{
    [Setting("Class", Description = "The name of the class.")]
    public required string Class { get; init; }

    [Setting("Found", Description = "The words of that class that the text holds, as they stand in the settings.")]
    public required IReadOnlyList<string> Found { get; init; }

    [Setting("Counts", Description = "How many words of each class the text holds, under the names of the classes.")]
    public required IReadOnlyDictionary<string, int> Counts { get; init; }
}
