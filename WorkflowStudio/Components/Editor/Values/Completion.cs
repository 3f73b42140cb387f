namespace WorkflowStudio.Components.Editor.Values;

/// <summary>The list that helps to write an expression. Pure: text and caret in, proposals and the new text out.</summary>
/// <param name="From">Where the word begins that is being written.</param>
/// <param name="Caret">Where it ends.</param>
/// <param name="Proposals">What it may become, the best first.</param>
internal sealed record Completion(int From, int Caret, IReadOnlyList<KnownValue> Proposals)
{
    private const int Most = 8;

    /// <summary>What helps at this place; null when it is not inside of an expression, or nothing fits.</summary>
    public static Completion? At(string text, int caret, IReadOnlyList<KnownValue> values)
    {
        var open = caret < 2 ? -1 : text.LastIndexOf("{{", caret - 2, StringComparison.Ordinal);
        if (open < 0 || text.IndexOf("}}", open, caret - open, StringComparison.Ordinal) >= 0) return null;
        var from = caret;
        while (from > open + 2 && IsWord(text[from - 1])) from--;
        var word = text[from..caret];
        var fitting = values.Where(v => v.Path != word)
            .Select(v => (Value: v, Rank: Rank(v, word))).Where(v => v.Rank < 3)
            .OrderBy(v => v.Rank).Select(v => v.Value).Take(Most).ToList();
        return fitting.Count == 0 ? null : new Completion(from, caret, fitting);
    }

    /// <summary>The text with the word replaced, the expression closed, and where the caret belongs then.</summary>
    public (string Text, int Caret) Accept(string text, KnownValue value)
    {
        var rest = text[Caret..];
        var isClosed = rest.TrimStart().StartsWith("}}", StringComparison.Ordinal);
        var before = text[..From];
        var inserted = (before.EndsWith("{{", StringComparison.Ordinal) ? " " : "") + value.Path + (isClosed ? "" : " }}");
        return (before + inserted + rest, before.Length + inserted.Length);
    }

    /// <summary>The text with an expression put in at the caret.</summary>
    public static string Insert(string text, int caret, KnownValue value) =>
        text.Insert(Math.Min(caret, text.Length), $"{{{{ {value.Path} }}}}");

    /// <summary>
    /// Where the caret stands after an edit: behind what was written. Found by comparing, because the browser does not tell.
    /// </summary>
    public static int CaretAfter(string before, string after)
    {
        var same = 0;
        var most = Math.Min(before.Length, after.Length);
        while (same < most && before[^(same + 1)] == after[^(same + 1)]) same++;
        return after.Length - same;
    }

    private static int Rank(KnownValue value, string word)
    {
        if (value.Path.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return 0;
        var last = value.Path[(value.Path.LastIndexOf('.') + 1)..].TrimStart('$');
        if (last.StartsWith(word.TrimStart('$'), StringComparison.OrdinalIgnoreCase)) return 1;
        return value.Path.Contains(word, StringComparison.OrdinalIgnoreCase)
            || value.Title.Contains(word, StringComparison.OrdinalIgnoreCase) ? 2 : 3;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '.' or '-' or '[' or ']' or '"';
}
