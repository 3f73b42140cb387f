using System.Globalization;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Functions of text. Characters are those that people see, so that no letter is torn from its accent.</summary>
internal static class TextFunctions
{
    private const int MaxPadding = 10_000;

    public static ExpressionFunction[] All { get; } =
    [
        new("upper", "The text in capital letters.", [Text("text")], ExpressionType.Text, "\"Maria\" | upper")
        { Body = a => Value.Of(a.Text(0).ToUpperInvariant()) },
        new("lower", "The text in small letters.", [Text("text")], ExpressionType.Text, "\"Maria\" | lower")
        { Body = a => Value.Of(a.Text(0).ToLowerInvariant()) },
        new("capitalize", "The text with its first letter as a capital.", [Text("text")], ExpressionType.Text, "\"skin rash\" | capitalize")
        { Body = a => Value.Of(Capitalized(a.Text(0))) },
        new("title", "Every word with a capital and otherwise small letters.", [Text("text")], ExpressionType.Text,
            "\"MARIA LOPEZ\" | title")
        { Body = a => Value.Of(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(a.Text(0).ToLowerInvariant())) },
        new("trim", "The text without spaces and line breaks at both ends.", [Text("text")], ExpressionType.Text, "\"  Maria \" | trim")
        { Body = a => Value.Of(a.Text(0).Trim()) },
        new("replace", "The text with every occurrence of another replaced.", [Text("text"), Text("what"), Text("with")],
            ExpressionType.Text, "replace(\"a-b-c\", \"-\", \" \")")
        { Body = Replace },
        new("substring", "A part of the text: from a position (from 0; negative counts from the end), so many characters or all the rest.",
            [Text("text"), Whole("start"), Whole("length").Optional()], ExpressionType.Text, "substring(\"INV-2041\", 4)")
        { Body = Substring },
        new("truncate", "The text, cut to so many characters, with … at the end when something is left out.",
            [Text("text"), Whole("length"), Text("ending").Optional()], ExpressionType.Text, "truncate(\"A rash on both arms\", 7)")
        { Body = Truncate },
        new("pad_left", "The text, filled up at the left to a length.", [Text("text"), Whole("length"), Text("with").Optional()],
            ExpressionType.Text, "pad_left(7, 3, \"0\")")
        { Body = a => Pad(a, left: true) },
        new("pad_right", "The text, filled up at the right to a length.", [Text("text"), Whole("length"), Text("with").Optional()],
            ExpressionType.Text, "pad_right(\"ab\", 4, \".\")")
        { Body = a => Pad(a, left: false) },
        new("starts_with", "Whether the text begins with another.", [Text("text"), Text("beginning")], ExpressionType.Boolean,
            "starts_with(\"INV-2041\", \"INV-\")")
        { Body = a => Value.Of(a.Text(0).StartsWith(a.Text(1), StringComparison.Ordinal)) },
        new("ends_with", "Whether the text ends with another.", [Text("text"), Text("ending")], ExpressionType.Boolean,
            "ends_with(\"report.pdf\", \".pdf\")")
        { Body = a => Value.Of(a.Text(0).EndsWith(a.Text(1), StringComparison.Ordinal)) },
        new("split", "The parts of the text between separators, each trimmed; without a separator, its words.",
            [Text("text"), Text("separator").Optional()], ExpressionType.ListOf(ExpressionType.Text), "split(\"a, b, c\", \",\")")
        { Body = Split },
        new("slug",
            "The text as a part of an address: small Latin letters, digits and single minus signs; empty where it holds none of them.",
            [Text("text")], ExpressionType.Text, "\"Añil & Söhne 24/7\" | slug")
        { Body = a => Value.Of(SlugText.Of(a.Text(0))) },
        new("is_email", "Whether the text has the form of an e-mail address.", [Text("text").OrMissing().Optional()],
            ExpressionType.Boolean, "is_email(\"maria@example.com\")")
        { Body = a => Value.Of(IsEmail(a.Text(0))) },
    ];

    private static string Capitalized(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static Value Replace(Arguments a)
    {
        var (text, what, with) = (a.Text(0), a.Text(1), a.Text(2));
        if (what.Length == 0) return a.Fail("replace needs to know what to replace, but the text is empty.");
        var found = with.Length <= what.Length ? 0 : Occurrences(text, what);
        return text.Length + ((long)found * (with.Length - what.Length)) > ExpressionLimits.MaxResultBytes
            ? a.Fail(ExpressionProblemCodes.ResultTooLarge, "The value is larger than 1 MiB. Work on a part of the data.")
            : Value.Of(text.Replace(what, with, StringComparison.Ordinal));
    }

    private static int Occurrences(string text, string what)
    {
        var count = 0;
        for (var at = 0; (at = text.IndexOf(what, at, StringComparison.Ordinal)) >= 0; at += what.Length) count++;
        return count;
    }

    private static Value Substring(Arguments a)
    {
        var shown = new StringInfo(a.Text(0));
        var all = shown.LengthInTextElements;
        var start = a.Whole(1) < 0 ? Math.Max(0, all + a.Whole(1)) : Math.Min(all, a.Whole(1));
        var length = a.Whole(2, int.MaxValue);
        if (length < 0) return a.Fail("substring needs a length of 0 or more.");
        length = Math.Min(length, all - start);
        return Value.Of(length == 0 ? "" : shown.SubstringByTextElements(start, length));
    }

    private static Value Truncate(Arguments a)
    {
        var ending = a.Has(2) ? a.Text(2) : "…";
        var (shown, kept) = (new StringInfo(a.Text(0)), a.Whole(1) - new StringInfo(ending).LengthInTextElements);
        if (shown.LengthInTextElements <= a.Whole(1)) return a[0];
        return kept < 0
            ? a.Fail("truncate needs a length that has room for the ending.")
            : Value.Of((kept == 0 ? "" : shown.SubstringByTextElements(0, kept).TrimEnd()) + ending);
    }

    private static Value Pad(Arguments a, bool left)
    {
        var (text, filler, wanted) = (a.Text(0), a.Has(2) ? a.Text(2) : " ", a.Whole(1));
        if (wanted > MaxPadding) return a.Fail("A text can be filled up to 10,000 characters.");
        if (new StringInfo(filler).LengthInTextElements != 1) return a.Fail("One character is needed to fill up with.");
        var missing = Math.Max(0, wanted - new StringInfo(text).LengthInTextElements);
        var padding = string.Concat(Enumerable.Repeat(filler, missing));
        return Value.Of(left ? padding + text : text + padding);
    }

    private static Value Split(Arguments a)
    {
        var parts = a.Has(1) && a.Text(1).Length > 0
            ? a.Text(0).Split(a.Text(1), StringSplitOptions.TrimEntries)
            : a.Text(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Value.Of(parts.Select(Value.Of));
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || text.Length > 254 || text.LastIndexOf('@') != at
            || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"')) return false;
        var host = text[(at + 1)..].Split('.');
        return host.Length > 1 && text[at - 1] != '.'
            && host.All(part => part.Length is > 0 and <= 63 && part[0] != '-' && part[^1] != '-');
    }
}
