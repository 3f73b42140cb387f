namespace WorkflowStudio.Engine.Model;

/// <summary>Finds the name somebody probably meant.</summary>
public static class NearestName
{
    private const int LongestCompared = 100;

    /// <summary>
    /// The known name that needs the fewest changed characters, or null when none is near: at most a third of the word, at least 2.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestCompared) return null;
        var limit = Math.Max(2, word.Length / 3);
        string? nearest = null;
        foreach (var name in known)
        {
            if (name.Length > LongestCompared || Math.Abs(name.Length - word.Length) > limit
                || Distance(word, name) is var distance && (distance > limit || distance >= name.Length)) continue;
            (nearest, limit) = (name, distance - 1);
            if (limit < 0) break;
        }
        return nearest;
    }

    /// <summary>" Did you mean x?" or nothing: the end of a message.</summary>
    public static string Hint(string word, IEnumerable<string> known) => Of(word, known) is { } name ? $" Did you mean {name}?" : "";

    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestCompared + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
