using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>
/// Addresses that a language model writes though nobody gave it them: pages, pictures, mailboxes. Who reads them would be led astray, and
/// what stands in them would be told to others.
/// </summary>
internal static partial class AddedLinks
{
    private static readonly char[] Ends = ['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '>', '”', '’'];

    /// <summary>Whether a text holds an address that stands in none of the given ones.</summary>
    public static bool AreIn(string said, params ReadOnlySpan<string> given)
    {
        var known = Known(given);
        return Address().Matches(said).Any(m => !known.Contains(m.Value.TrimEnd(Ends)));
    }

    /// <summary>The text without the addresses that stand in none of the given ones.</summary>
    public static string Without(string said, params ReadOnlySpan<string> given)
    {
        var known = Known(given);
        return Address().Replace(said, m => known.Contains(m.Value.TrimEnd(Ends)) ? m.Value : "(link removed)");
    }

    /// <summary>The mailboxes that a text names, each behind a blank: those that a contact has given may be said again.</summary>
    public static string Mailboxes(string text) =>
        string.Join(' ', Address().Matches(text).Select(m => m.Value).Where(v => v.Contains('@', StringComparison.Ordinal)
            && !v.Contains(':', StringComparison.Ordinal) && !v.Contains('/', StringComparison.Ordinal)));

    private static HashSet<string> Known(ReadOnlySpan<string> given)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in given)
            known.UnionWith(Address().Matches(text).Select(m => m.Value.TrimEnd(Ends)));
        return known;
    }

    // Phones make links of names of all alphabets, and of numbers. Every repetition is bounded, so the work is linear in the text.
    [GeneratedRegex(@"(?:\b[a-z][a-z0-9+.\-]{1,20}://|\bwww\.|\b(?:mailto|javascript|data|tel|sms):)\S{1,2000}"
        + @"|(?:[\p{L}\p{N}._%+\-]{1,64}@)?(?<![\p{L}\p{N}])(?:[\p{L}\p{N}\-]{1,63}[.。]){1,8}\p{L}[\p{L}\p{N}\-]{1,23}(?![\p{L}\p{N}])"
        + @"(?:[/?#:]\S{0,2000})?|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])(?:[/?#:]\S{0,2000})?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
