using System.Globalization;
using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>Names for new steps: an id that reads well in expressions (<c>review_sms_1</c>), and a name that no other step has.</summary>
internal static class FreeNames
{
    private const int LongestWord = 60;

    /// <summary>The first of <c>word_1</c>, <c>word_2</c> … that is free.</summary>
    public static string Id(string title, IReadOnlySet<string> taken)
    {
        var word = Word(title);
        var number = 1;
        while (taken.Contains(Numbered(word, number))) number++;
        return Numbered(word, number);
    }

    /// <summary>The name itself if it is free, else "Name 2", "Name 3" …; a number that the name ends in is counted on.</summary>
    public static string Name(string name, IReadOnlySet<string> taken)
    {
        if (!taken.Contains(name)) return name;
        var space = name.LastIndexOf(' ');
        var stem = space > 0 && int.TryParse(name.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? name[..space]
            : name;
        var number = 2;
        while (taken.Contains($"{stem} {number}")) number++;
        return $"{stem} {number}";
    }

    /// <summary>The ids that a new step cannot have.</summary>
    public static HashSet<string> TakenIds(WorkflowDefinition definition) =>
        [.. definition.Nodes.Select(n => n.Id), WorkflowDefinition.TriggerId];

    /// <summary>The names that steps have.</summary>
    public static HashSet<string> TakenNames(WorkflowDefinition definition) => [.. definition.Nodes.Select(n => n.Name)];

    private static string Numbered(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word}_{number}");

    private static string Word(string title)
    {
        var word = new StringBuilder();
        foreach (var c in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) word.Append(c);
            else if (word.Length > 0 && word[^1] != '_') word.Append('_');
        }
        var text = word.ToString().Trim('_');
        return text.Length == 0 ? "step" : text[..Math.Min(text.Length, LongestWord)].TrimEnd('_');
    }
}
