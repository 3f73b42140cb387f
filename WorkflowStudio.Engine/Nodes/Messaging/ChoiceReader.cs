using System.Globalization;
using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Messaging;

/// <summary>Reads which of some choices an answer means, as a person would: “2”, “the second”, “b”, “thursday”, “yes please”.</summary>
internal static class ChoiceReader
{
    private static readonly string[][] Numbers =
    [
        ["1", "one", "first", "a", "uno", "primero", "primera"], ["2", "two", "second", "b", "dos", "segundo", "segunda"],
        ["3", "three", "third", "c", "tres", "tercero", "tercera"], ["4", "four", "fourth", "d", "cuatro", "cuarto", "cuarta"],
        ["5", "five", "fifth", "e", "cinco", "quinto", "quinta"], ["6", "six", "sixth", "f", "seis", "sexto", "sexta"],
        ["7", "seven", "seventh", "g", "siete"], ["8", "eight", "eighth", "h", "ocho"], ["9", "nine", "ninth", "i", "nueve"],
        ["10", "ten", "tenth", "j", "diez"],
    ];

    // what surrounds the word that counts
    private static readonly HashSet<string> Padding =
    [
        "the", "one", "please", "option", "number", "no", "nr", "choice", "i", "ill", "d", "would", "like", "take", "want", "pick",
        "choose", "prefer", "id", "ll", "thanks", "thank", "you", "it", "its", "is", "answer",
        "my", "lets", "do", "go", "with", "for", "el", "la",
        "por", "favor", "opcion", "numero",
    ];

    private static readonly HashSet<string> Yes =
        ["yes", "yeah", "yep", "yup", "sure", "ok", "okay", "y", "absolutely", "definitely", "correct", "si", "claro", "vale"];

    private static readonly HashSet<string> No = ["no", "nope", "nah", "n"];

    private static readonly HashSet<string> Denials =
    [
        "not", "dont", "cant", "cannot", "wont", "doesnt", "isnt", "never", "except", "but", "neither", "nor", "none", "without", "nunca",
        "tampoco", "pero",
    ];

    /// <summary>The place of the choice that is meant, from 0; null when it is not clear.</summary>
    public static int? Read(string answer, IReadOnlyList<string> choices)
    {
        var said = Words(answer);
        if (said.Count == 0) return null;
        var all = choices.Select(Words).ToList();
        if (Only(all, c => c.SequenceEqual(said)) is { } whole) return whole;
        // "not Thursday", "no problem, yes": what is denied, or said both ways, is not chosen; "not yet" can be a choice
        if (said.Any(Denials.Contains) || (said.Any(Yes.Contains) && said.Any(No.Contains)))
            return Only(all, c => c.Any(Denials.Contains) && Holds(said, c));
        return ByNumber(said, choices.Count)
            ?? Only(all, c => c.Count > 0 && Holds(said, c))
            ?? ByYesOrNo(said, all)
            ?? ByWords(said, all);
    }

    // "2", "2.", "the second one", "option b", "last"
    private static int? ByNumber(List<string> said, int count)
    {
        var meant = said.Where(w => !Padding.Contains(w)).ToList();
        if (meant.Count == 0 && said.Count == 1) meant = said;
        if (meant is ["last" or "ultimo" or "ultima"]) return count - 1;
        // "one" and "i" pad other words, and count alone
        if (meant.Count == 0) meant = said.Where(w => w is "one").Take(1).ToList();
        if (meant is not [var word]) return null;
        var place = Array.FindIndex(Numbers, n => n.Contains(word));
        if (place < 0 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) place = number - 1;
        return place >= 0 && place < count ? place : null;
    }

    private static int? ByYesOrNo(List<string> said, List<List<string>> choices)
    {
        if (Yes.Contains(said[0])) return Only(choices, c => c.Count > 0 && Yes.Contains(c[0]));
        if (!No.Contains(said[0])) return null;
        return Only(choices, c => c is [var only] && No.Contains(only)) ?? Only(choices, c => c.Count > 0 && No.Contains(c[0]));
    }

    // the choice with the most words of the answer, if no other has as many
    private static int? ByWords(List<string> said, List<List<string>> choices)
    {
        var meant = said.Where(w => w.Length > 1 && !Padding.Contains(w)).ToHashSet();
        var counts = choices.Select(c => c.Distinct().Count(w => meant.Any(m => Begins(w, m)))).ToList();
        var most = counts.Count == 0 ? 0 : counts.Max();
        return most > 0 && counts.Count(c => c == most) == 1 ? counts.IndexOf(most) : null;
    }

    private static bool Begins(string word, string meant) =>
        word == meant || (meant.Length >= 3 && word.StartsWith(meant, StringComparison.Ordinal));

    private static int? Only(List<List<string>> choices, Func<List<string>, bool> fits)
    {
        var found = Enumerable.Range(0, choices.Count).Where(i => fits(choices[i])).Take(2).ToList();
        return found is [var only] ? only : null;
    }

    private static bool Holds(List<string> said, List<string> choice) =>
        Enumerable.Range(0, Math.Max(0, said.Count - choice.Count + 1)).Any(i => said.Skip(i).Take(choice.Count).SequenceEqual(choice));

    // small letters without accents; digits stay together: "10:30" is two words, in an answer as in a choice
    private static List<string> Words(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in UnicodeForm.Of(text, NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '\'' or '’') continue;
            plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
