using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>
/// Addresses of e-mail as people write them (RFC 5322): <c>maria@example.com</c>, <c>Maria &lt;maria@example.com&gt;</c>.
/// </summary>
public static class MailAddresses
{
    /// <summary>How many a message may go to.</summary>
    public const int Most = 50;

    /// <summary>The longest address, in characters (RFC 5321, 4.5.3.1.3).</summary>
    private const int Longest = 254;

    /// <summary>Several, separated by commas or semicolons; false with the first that is none.</summary>
    public static bool TryRead(string text, out IReadOnlyList<string> addresses, out string wrong)
    {
        (addresses, wrong) = ([], "");
        if (string.IsNullOrWhiteSpace(text)) return true;
        var found = new List<string>();
        foreach (var part in Parts(text))
        {
            if (!TryOne(part, out var one))
            {
                wrong = part.Trim();
                return false;
            }

            found.Add(one.ToString());
        }

        addresses = found;
        return true;
    }

    /// <summary>The address alone of one that may have a name, in small letters; null when it is none.</summary>
    public static string? Bare(string text) => TryOne(text, out var one) ? one.Address.ToLowerInvariant() : null;

    /// <summary>The addresses alone of several lists, in small letters; what is none is left out.</summary>
    public static IReadOnlyList<string> BareOnes(params string[] lists) =>
        [.. lists.SelectMany(Parts).Select(Bare).OfType<string>().Distinct()];

    internal static bool TryOne(string? text, [NotNullWhen(true)] out MailboxAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl)) return false;
        return MailboxAddress.TryParse(text.Trim(), out address) && address.Address is { Length: > 0 and <= Longest } bare
            && bare.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < bare.Length - 1
            && !bare.Contains(' ', StringComparison.Ordinal);
    }

    // a comma inside quotes belongs to a name
    private static IEnumerable<string> Parts(string text)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (quoted || text[i] is not (',' or ';')) continue;
            if (text[start..i].Trim().Length > 0) yield return text[start..i];
            start = i + 1;
        }

        if (text[start..].Trim().Length > 0) yield return text[start..];
    }
}
