using System.Globalization;
using System.Text;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind
{
    End,
    Name,
    DollarName,
    Text,
    Number,
    Dot,
    OptionalDot,
    Coalesce,
    BracketOpen,
    BracketClose,
    ParenOpen,
    ParenClose,
    Operator,
    Unreadable,
}

/// <summary>A token.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Where it begins, in characters of the template's text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Value">The name, the unescaped text, the number or operator as written, or why it cannot be read.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Value);

/// <summary>
/// Cuts an expression into tokens. A minus between two characters of a name belongs to the name, because step ids may hold it
/// (<c>send-sms.output.id</c>): subtraction needs a space. After a dot a name may begin with a digit (<c>$node.1.id</c>), and before
/// <c>.output</c> every id of a step may stand as it is.
/// </summary>
internal sealed class Lexer(string text, int start, int end)
{
    private static readonly string[] Operators = ["=>", "==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<", ">", "!", "?",
        ":", "|", ",", "=", "{", "}"];

    private int at = start;
    private TokenKind previous = TokenKind.End;

    /// <summary>All tokens; the last is <see cref="TokenKind.End"/>.</summary>
    public static List<Token> Tokens(string text, int start, int end)
    {
        var lexer = new Lexer(text, start, end);
        var tokens = new List<Token>();
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        var token = at >= end ? new Token(TokenKind.End, end, end, "") : Read(text[at]);
        at = token.End;
        previous = token.Kind;
        return token;
    }

    private Token Read(char c)
    {
        var member = previous is TokenKind.Dot or TokenKind.OptionalDot;
        if (!member && StepId() is { } id) return id;
        if (IsNameStart(c) || (member && char.IsAsciiDigit(c))) return Name(TokenKind.Name, at);
        if (c == '$')
            return at + 1 < end && IsNameStart(text[at + 1]) ? Name(TokenKind.DollarName, at + 1) : Unreadable("a name is missing after $");
        if (char.IsAsciiDigit(c)) return Number();
        if (c is '"' or '\'') return Text(c);
        if (StartsWith("??")) return Fixed(TokenKind.Coalesce, "??");
        if (StartsWith("?.") && !(at + 2 < end && char.IsAsciiDigit(text[at + 2]))) return Fixed(TokenKind.OptionalDot, "?.");
        return c switch
        {
            '.' => Fixed(TokenKind.Dot, "."),
            '[' => Fixed(TokenKind.BracketOpen, "["),
            ']' => Fixed(TokenKind.BracketClose, "]"),
            '(' => Fixed(TokenKind.ParenOpen, "("),
            ')' => Fixed(TokenKind.ParenClose, ")"),
            _ => Array.Find(Operators, StartsWith) is { } op
                ? Fixed(TokenKind.Operator, op)
                : Unreadable($"the character {Rune()} has no meaning here"),
        };
    }

    private Token Name(TokenKind kind, int from)
    {
        var to = from;
        while (to < end && (IsNamePart(text[to])
            || (text[to] == '-' && to > from && to + 1 < end && IsNamePart(text[to - 1]) && IsNamePart(text[to + 1])))) to++;
        return new Token(kind, at, to, text[at..to]);
    }

    // 3f2a-1.output, a--b.output, 1.output; but 100-a.output subtracts, as it always did
    private Token? StepId()
    {
        const string output = ".output";
        var to = at;
        while (to < end && (char.IsAsciiLetterOrDigit(text[to]) || text[to] is '_' or '-')) to++;
        if (to == at || text[at] == '-' || to + output.Length > end || !text.AsSpan(to, output.Length).SequenceEqual(output)
            || (to + output.Length < end && IsNamePart(text[to + output.Length]))) return null;
        var id = text[at..to];
        var isId = !char.IsAsciiDigit(text[at]) || !id.Contains('-', StringComparison.Ordinal)
            || id[..id.IndexOf('-', StringComparison.Ordinal)].Any(c => !char.IsAsciiDigit(c)) || Guid.TryParseExact(id, "D", out _);
        return isId ? new Token(TokenKind.Name, at, to, id) : null;
    }

    private Token Number()
    {
        var to = SkipDigits(at);
        if (to + 1 < end && text[to] == '.' && char.IsAsciiDigit(text[to + 1])) to = SkipDigits(to + 1);
        if (to < end && text[to] is 'e' or 'E')
        {
            var exponent = to + 1 < end && text[to + 1] is '+' or '-' ? to + 2 : to + 1;
            if (exponent < end && char.IsAsciiDigit(text[exponent])) to = SkipDigits(exponent);
        }
        return to < end && IsNamePart(text[to])
            ? Unreadable("a name cannot begin with a digit here; write $node[\"…\"] for a step whose id does")
            : new Token(TokenKind.Number, at, to, text[at..to]);
    }

    private Token Text(char quote)
    {
        var value = new StringBuilder();
        for (var i = at + 1; i < end; i++)
        {
            var c = text[i];
            if (c == quote) return new Token(TokenKind.Text, at, i + 1, value.ToString());
            if (c != '\\')
            {
                value.Append(c);
                continue;
            }
            if (!TryEscape(ref i, out var meant)) return Unreadable("the text holds an unknown escape; \\\\ writes a backslash");
            value.Append(meant);
        }
        return Unreadable("the text that begins here is not closed");
    }

    private bool TryEscape(ref int i, out char meant)
    {
        meant = default;
        if (++i >= end) return false;
        if (text[i] == 'u')
        {
            if (i + 4 >= end
                || !ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return false;
            meant = (char)code;
            i += 4;
            return true;
        }
        meant = text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '\\' => '\\', '/' => '/', '"' => '"', '\'' => '\'', _ => default };
        return meant != default;
    }

    private int SkipDigits(int from)
    {
        while (from < end && char.IsAsciiDigit(text[from])) from++;
        return from;
    }

    private bool StartsWith(string what) => at + what.Length <= end && string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    // what people see as one character may be two of the text
    private string Rune() => System.Text.Rune.TryGetRuneAt(text, at, out var rune) ? rune.ToString() : "\uFFFD";

    private Token Fixed(TokenKind kind, string value) => new(kind, at, at + value.Length, value);

    private Token Unreadable(string why) => new(TokenKind.Unreadable, at, end, why);

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
