using System.Collections.Frozen;

namespace WorkflowStudio.Identity;

/// <summary>The passwords that are tried first, because many people have them.</summary>
internal static class CommonPasswords
{
    private const int FewestKinds = 5;

    private static readonly Lazy<FrozenSet<string>> Words = new(Read);

    /// <summary>
    /// Whether a password is among them: as it is, with digits and signs around a known one ("Password2024!"), with digits in the place of
    /// letters, a known one several times, few characters over and over, or all characters in a row.
    /// </summary>
    public static bool Has(string password)
    {
        var small = password.Trim().ToLowerInvariant();
        if (small.Distinct().Count() < FewestKinds || IsRow(small)) return true;
        return IsKnown(small) || IsKnown(Core(small)) || IsKnown(Core(Spelled(small))) || IsKnown(Spelled(Core(small)));
    }

    private static bool IsKnown(string word) => Words.Value.Contains(word)
        || Enumerable.Range(2, 3).Any(n => word.Length > 0 && word.Length % n == 0 && Words.Value.Contains(word[..(word.Length / n)])
            && string.Concat(Enumerable.Repeat(word[..(word.Length / n)], n)) == word);

    private static bool IsRow(string text) =>
        Enumerable.Range(1, text.Length - 1).All(i => text[i] - text[i - 1] == 1 || (text[i - 1], text[i]) is ('9', '0'));

    private static string Core(string text)
    {
        var (from, to) = (Array.FindIndex([.. text], char.IsLetter), Array.FindLastIndex([.. text], char.IsLetter));
        return from < 0 ? "" : text[from..(to + 1)];
    }

    private static string Spelled(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    }));

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').ToFrozenSet();
    }
}
