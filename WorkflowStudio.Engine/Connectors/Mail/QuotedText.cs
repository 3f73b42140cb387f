using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>
/// Takes away from the text of an e-mail what its program has put below or around what was written: the mail that it answers, and the
/// signature. Where nothing would be left, all is kept.
/// </summary>
internal static class QuotedText
{
    private const int LongestLine = 500;
    private const int MostWrapped = 3;
    private const int HeadWithin = 8;
    private const int LongestFooter = 80;

    private const RegexOptions How = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Wrote = @"\b(wrote|schrieb|escribió|a écrit|ha scritto|escreveu|schreef|skrev|napisał)";

    // On Tue, Dec 1, 2026 at 10:14 AM Practice <desk@example.com> wrote:
    private static readonly Regex Attribution = new(
        @"^(on|am|el|le|il|em|op|den|w dniu)\b.*\d.*" + Wrote + @"\b.{0,200}:$", How);

    // Practice <desk@example.com> schrieb am Di., 1. Dez. 2026 um 10:14:
    private static readonly Regex NamedAttribution = new(
        "^.{1,200}" + Wrote + @"\b.{0,20}\d.{0,100}:$" + @"|^.{0,200}\S+@\S+.{0,40}" + Wrote + @"\s?:$"
            + @"|^\d{4}-\d\d-\d\d .{0,200}<\S+@\S+>:$", How);

    // -----Original Message-----
    private static readonly Regex Separator = new(
        @"^[-_*\s]*(original message|original appointment|forwarded message|ursprüngliche nachricht|originalnachricht|original-nachricht"
            + "|weitergeleitete nachricht|mensaje original|mensaje reenviado|message d'origine|message transféré|messaggio originale"
            + @"|mensagem original|oorspronkelijk bericht)[-_*\s]*:?$", How);

    private static readonly Regex Begun = new(
        "^(begin forwarded message|anfang der weitergeleiteten nachricht|inicio del mensaje reenviado):$", How);

    // the head of the mail before, as Outlook shows it
    private static readonly Regex HeadFrom = new(@"^\*?(from|von|de|da|van|expéditeur)\s?:\*?\s?\S.*$", How);

    private static readonly Regex HeadOther = new(
        @"^\*?(sent|date|to|cc|subject|gesendet|datum|an|betreff|enviado|enviado el|fecha|para|asunto|envoyé|à|objet|inviato|a|oggetto|data"
            + @"|assunto|verzonden|aan|onderwerp)\s?:\*?(\s.*)?$", How);

    private static readonly Regex Footer = new(
        "^(sent from|get outlook for|sent via|sent with|von meinem .* gesendet|gesendet (mit|von)|diese nachricht wurde von .* gesendet"
            + "|enviado desde|obtener outlook|enviado con|envoyé (de|à partir de)|inviato da|outlook für|holen sie sich outlook)"
            + @"\b.*$", How);

    private static readonly Regex Rule = new(@"^[_]{5,}$|^-{20,}$", How);

    /// <summary>The text without them. Lines end in line feeds.</summary>
    public static string Without(string text)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd()).ToList();
        var kept = WithoutQuotes(lines);
        var written = string.Join('\n', WithoutFooter(kept[..End(kept)])).Trim();
        return written.Length > 0 ? written : text.Trim();
    }

    // a block of marked lines with what introduces it: what stands below it may be the answer
    private static List<string> WithoutQuotes(List<string> lines)
    {
        var kept = new List<string>();
        foreach (var line in lines)
        {
            if (!IsQuoted(line))
            {
                kept.Add(line);
                continue;
            }

            while (kept.Count > 0 && kept[^1].Length == 0) kept.RemoveAt(kept.Count - 1);
            if (Introduction(kept, kept.Count) is { } from) kept.RemoveRange(from, kept.Count - from);

            if (kept.Count > 0 && kept[^1].Length > 0) kept.Add("");
        }

        return kept;
    }

    // where what was written ends
    private static int End(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Length is 0 or > LongestLine) continue;
            if (line is "--" or "\u2014" || Is(Separator, line) || Is(Begun, line)) return i;
            if (IsHead(lines, i)) return i > 0 && LastBefore(lines, i) is { } rule && Rule.IsMatch(lines[rule]) ? rule : i;
            if (line.EndsWith(':') && Introduction(lines, i + 1) is { } from) return from;
        }

        return lines.Count;
    }

    private static int? LastBefore(List<string> lines, int at)
    {
        for (var i = at - 1; i >= 0; i--)
            if (lines[i].Length > 0) return i;
        return null;
    }

    // From: and two more of its kind close to it
    private static bool IsHead(List<string> lines, int at) => Is(HeadFrom, lines[at])
        && lines.Skip(at + 1).Take(HeadWithin).Count(l => Is(HeadOther, l)) >= 2;

    private static List<string> WithoutFooter(List<string> lines)
    {
        while (lines.Count > 0 && (lines[^1].Length == 0 || Rule.IsMatch(lines[^1])
            || (lines[^1].Length <= LongestFooter && Is(Footer, lines[^1])))) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static bool IsQuoted(string line) => line.StartsWith('>') || line.StartsWith(" >", StringComparison.Ordinal);

    // where the lines begin that say who wrote what follows, and end before this one; several are one that was wrapped
    private static int? Introduction(List<string> lines, int end)
    {
        for (var from = end - 1; from >= 0 && from >= end - MostWrapped && lines[from].Length > 0; from--)
            if (string.Join(' ', lines.GetRange(from, end - from)) is var line && line.EndsWith(':') && Is(Attribution, line)) return from;
        return end > 0 && lines[end - 1].EndsWith(':') && Is(NamedAttribution, lines[end - 1]) ? end - 1 : null;
    }

    private static bool Is(Regex pattern, string line) => line.Length <= LongestLine && pattern.IsMatch(line.Trim());
}
