using System.Text;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Regular expressions, always without backtracking: they end in a time that grows with the text and nothing else.</summary>
internal static partial class PatternFunctions
{
    private const int MaxRepetition = 1_000;
    private const int StepsPerMatch = 10;

    public static ExpressionFunction[] All { get; } =
    [
        new("matches", "Whether a regular expression fits somewhere in the text; ^ and $ tie it to the ends.",
            [Text("text"), Text("pattern")], ExpressionType.Boolean, "matches(\"INV-2041\", \"^INV-[0-9]+$\")")
        { Body = a => PatternOf(a) is { } pattern ? Value.Of(pattern.IsMatch(a.Text(0))) : Value.Null },
        new("extract",
            "The first part of the text that a regular expression fits: its group when it has one, else all of it; null when none fits.",
            [Text("text"), Text("pattern")], ExpressionType.Text, "extract(\"Total: $180.00\", \"[0-9.]+\")")
        { Body = Extract },
        new("extract_all", "All parts of the text that a regular expression fits, as with extract.", [Text("text"), Text("pattern")],
            ExpressionType.ListOf(ExpressionType.Text), "extract_all(\"a1 b22\", \"[0-9]+\")")
        { Body = ExtractAll },
        new("replace_pattern", "The text with every part replaced that a regular expression fits; $1 stands for its first group.",
            [Text("text"), Text("pattern"), Text("with")], ExpressionType.Text, "replace_pattern(\"+1 (713) 555\", \"[^0-9]\", \"\")")
        { Body = Replace },
    ];

    private static Value Extract(Arguments a)
    {
        if (PatternOf(a) is not { } pattern) return Value.Null;
        var match = pattern.Match(a.Text(0));
        return match.Success ? Value.Of(Part(match)) : Value.Null;
    }

    private static Value ExtractAll(Arguments a) =>
        PatternOf(a) is { } pattern ? Value.Of(Matches(pattern, a).Select(m => Value.Of(Part(m)))) : Value.Null;

    private static IEnumerable<Match> Matches(Regex pattern, Arguments a)
    {
        for (var match = pattern.Match(a.Text(0)); match.Success
            && a.Frame.Charge(StepsPerMatch, a.Call.Position); match = match.NextMatch()) yield return match;
    }

    private static Value Replace(Arguments a)
    {
        if (PatternOf(a) is not { } pattern) return Value.Null;
        var (text, with, made, copied) = (a.Text(0), a.Text(2), new StringBuilder(), 0);
        foreach (var match in Matches(pattern, a))
        {
            made.Append(text, copied, match.Index - copied);
            Substitute(match, with, made);
            copied = match.Index + match.Length;
            if (made.Length > ExpressionLimits.MaxResultBytes)
                return a.Fail(ExpressionProblemCodes.ResultTooLarge, "The value is larger than 1 MiB. Work on a part of the data.");
        }
        return Value.Of(made.Append(text, copied, text.Length - copied).ToString());
    }

    // $0 to $9 and nothing else, so that no replacement can copy the whole text again and again
    private static void Substitute(Match match, string with, StringBuilder made)
    {
        for (var i = 0; i < with.Length; i++)
        {
            if (with[i] == '$' && i + 1 < with.Length && char.IsAsciiDigit(with[i + 1]))
                made.Append(match.Groups[with[++i] - '0'].ValueSpan);
            else made.Append(with[i]);
        }
    }

    private static string Part(Match match) => match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1].Value : match.Value;

    // a pattern is read once per place of an expression, as long as it stays the same
    private static Regex? PatternOf(Arguments a)
    {
        var written = a.Text(1);
        if (a.Call.Kept is Regex kept && kept.ToString() == written) return kept;
        if (written.Length > ExpressionLimits.MaxPatternLength)
        {
            a.Fail(ExpressionProblemCodes.UnsupportedPattern, "A regular expression can have 500 characters.");
            return null;
        }
        if (Repetitions().Matches(written).Any(m => m.Groups.Values.Skip(1).Any(
            g => g.Success && (g.Length > 4 || int.Parse(g.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) > MaxRepetition))))
        {
            a.Fail(ExpressionProblemCodes.UnsupportedPattern, "A regular expression can repeat a part 1,000 times at most.");
            return null;
        }
        try
        {
            var read = new Regex(written, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            a.Call.Kept = read;
            return read;
        }
        catch (ArgumentException e)
        {
            a.Fail(ExpressionProblemCodes.UnsupportedPattern, $"The regular expression cannot be read: {e.Message}");
        }
        catch (NotSupportedException)
        {
            a.Fail(ExpressionProblemCodes.UnsupportedPattern, "The regular expression looks ahead or behind, refers to its own groups or "
                + "is too large. Only what needs no backtracking can be used.");
        }
        return null;
    }

    [GeneratedRegex("\\{([0-9]+)(?:,([0-9]*))?\\}", RegexOptions.NonBacktracking)]
    private static partial Regex Repetitions();
}
