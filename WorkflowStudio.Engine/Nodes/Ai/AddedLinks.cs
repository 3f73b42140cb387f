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

    private static HashSet<string> Known(ReadOnlySpan<string> given)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in given)
            known.UnionWith(Address().Matches(text).Select(m => m.Value.TrimEnd(Ends)));
        return known;
    }

    // every repetition is bounded, so the work is linear in the text
    [GeneratedRegex(@"(?:\b[a-z][a-z0-9+.\-]{1,20}://|\bwww\.|\b(?:mailto|javascript|data|tel|sms):)\S{1,2000}"
        + @"|(?:[a-z0-9._%+\-]{1,64}@)?\b(?:[a-z0-9\-]{1,63}\.){1,8}[a-z][a-z0-9\-]{1,23}\b(?:[/?#:]\S{0,2000})?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
