using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>
/// Reads one expression by recursive descent. So far: literals, paths, <c>??</c> and parentheses. What the grammar of design/nodes.md will
/// add is recognised and refused by name, so that nothing is ever read as something else. The first problem ends the reading.
/// </summary>
internal sealed class Parser
{
    private static readonly JsonElement True = JsonElement.Parse("true");
    private static readonly JsonElement False = JsonElement.Parse("false");
    private static readonly JsonElement Null = JsonElement.Parse("null");

    private readonly string text;
    private readonly int start;
    private readonly int end;
    private readonly Lexer lexer;
    private Token token;
    private Token before;
    private ExpressionProblem? problem;

    private Parser(string text, int start, int end)
    {
        (this.text, this.start, this.end) = (text, start, end);
        lexer = new Lexer(text, start, end);
        token = lexer.Next();
    }

    /// <summary>Reads the part of a template between its braces.</summary>
    public static (Expression? Expression, ExpressionProblem? Problem) Parse(string text, int start, int end)
    {
        var parser = new Parser(text, start, end);
        var expression = parser.Whole();
        return parser.problem is null ? (expression, null) : (null, parser.problem);
    }

    private Expression? Whole()
    {
        if (Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start)) > ExpressionLimits.MaxExpressionBytes)
            return Refuse(start, "The expression is longer than 4 kB. Split it over several steps.");
        if (token.Kind == TokenKind.End) return Refuse(start, "Between {{ and }} an expression is missing, for example $initialPayload.first_name.");
        var expression = Coalesce(1);
        if (problem is null && token.Kind != TokenKind.End) RefuseToken("nothing more was expected");
        return expression;
    }

    private Expression? Coalesce(int depth)
    {
        var first = Postfix(depth);
        if (first is null || token.Kind != TokenKind.Coalesce) return first;
        var options = new List<Expression> { first };
        while (token.Kind == TokenKind.Coalesce)
        {
            Advance();
            if (Postfix(depth) is not { } option) return null;
            options.Add(option);
        }
        return new Expression.Coalesce(first.Position, options);
    }

    private Expression? Postfix(int depth)
    {
        if (depth > ExpressionLimits.MaxDepth) return Refuse(token.Start, "The expression is nested deeper than 64 levels.");
        switch (token.Kind)
        {
            case TokenKind.Text:
                return Literal(JsonSerializer.SerializeToElement(token.Value));
            case TokenKind.Number:
                return Literal(JsonElement.Parse(Digits(token.Value)));
            case TokenKind.Operator when token.Value == "-" && text[token.End..end].TrimStart() is [>= '0' and <= '9', ..]:
                Advance();
                return token.Kind == TokenKind.Number ? Literal(JsonElement.Parse("-" + Digits(token.Value))) : RefuseToken("a number was expected");
            case TokenKind.Name when Keyword(token.Value) is { } value:
                return Literal(value);
            case TokenKind.Name or TokenKind.DollarName:
                return Path();
            case TokenKind.ParenOpen:
                return Parenthesis(depth);
            default:
                return RefuseToken("a value was expected");
        }
    }

    private Expression? Parenthesis(int depth)
    {
        var from = token.Start;
        Advance();
        if (Coalesce(depth + 1) is not { } inner) return null;
        if (token.Kind != TokenKind.ParenClose) return RefuseToken("a closing ) was expected");
        Advance();
        return Segments() switch
        {
            null => null,
            [] => inner,
            var segments => new Expression.Access(from, inner, segments, text[from..before.End]),
        };
    }

    private Expression? Path()
    {
        var root = token;
        Advance();
        if (token.Kind == TokenKind.ParenOpen) return Refuse(root.Start, $"Functions such as {root.Value}(…) are not available yet.");
        if (root.Value == "not" && token.Kind is (TokenKind.Name or TokenKind.DollarName or TokenKind.Text or TokenKind.Number)) return Refuse(root.Start, "The operator not is not available yet.");
        return Segments() is { } segments ? PathOf(root, segments, text[root.Start..before.End]) : null;
    }

    private Expression? PathOf(Token root, PathSegment[] segments, string written)
    {
        var first = segments.Length > 0 ? segments[0].Name : null;
        switch (root.Value)
        {
            case "$initialPayload":
                return new Expression.Path(root.Start, ReferenceRoot.Payload, null, segments, written);
            case "$node" when first is null:
                return Refuse(root.Start, "$node needs the id of a step: $node.some_step.field, or $node[\"some step\"].field.");
            case "$node" when first == "trigger":
                return new Expression.Path(root.Start, ReferenceRoot.Payload, null, segments[1..], written);
            case "$node":
                return new Expression.Path(root.Start, ReferenceRoot.Step, first, segments[1..], written);
            case "trigger":
                return new Expression.Path(root.Start, ReferenceRoot.Payload, null, first == "output" ? segments[1..] : segments, written);
            case ['$', ..]:
                return new Expression.Path(root.Start, ReferenceRoot.Ambient, root.Value, segments, written);
            default:
                return first == "output"
                    ? new Expression.Path(root.Start, ReferenceRoot.Step, root.Value, segments[1..], written)
                    : new Expression.Path(root.Start, ReferenceRoot.Field, root.Value, segments, written);
        }
    }

    private PathSegment[]? Segments()
    {
        var segments = new List<PathSegment>();
        while (token.Kind is TokenKind.Dot or TokenKind.OptionalDot or TokenKind.BracketOpen)
        {
            var optional = token.Kind == TokenKind.OptionalDot;
            if (token.Kind != TokenKind.BracketOpen) Advance();
            if ((token.Kind == TokenKind.BracketOpen ? Bracket(optional) : Member(optional)) is not { } segment) return null;
            segments.Add(segment);
        }
        return [.. segments];
    }

    private PathSegment? Member(bool optional)
    {
        var name = token;
        if (name.Kind != TokenKind.Name)
        {
            RefuseToken("the name of a field was expected after the dot");
            return null;
        }
        Advance();
        if (token.Kind != TokenKind.ParenOpen) return PathSegment.Property(name.Value, optional);
        Refuse(name.Start, $"Functions such as {name.Value}(…) are not available yet.");
        return null;
    }

    private PathSegment? Bracket(bool optional)
    {
        Advance();
        var key = token;
        var segment = key.Kind switch
        {
            TokenKind.Text => PathSegment.Property(key.Value, optional),
            TokenKind.Number when int.TryParse(key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => PathSegment.Item(index, optional),
            _ => null,
        };
        if (segment is null)
        {
            RefuseToken("a position from 0 or a name in quotes was expected between [ and ]");
            return null;
        }
        Advance();
        if (token.Kind == TokenKind.BracketClose)
        {
            Advance();
            return segment;
        }
        RefuseToken("a closing ] was expected");
        return null;
    }

    private Expression.Literal Literal(JsonElement value)
    {
        var literal = new Expression.Literal(token.Start, value);
        Advance();
        return literal;
    }

    private void Advance()
    {
        before = token;
        token = lexer.Next();
    }

    private Expression? RefuseToken(string expected) => token switch
    {
        { Kind: TokenKind.Unreadable } => Refuse(token.Start, $"{At(token.Start)} {token.Value}."),
        { Kind: TokenKind.End } => Refuse(token.Start, $"The expression ends too early: {expected}."),
        { Kind: TokenKind.Operator, Value: "|" } => Refuse(token.Start, "Functions such as | upper are not available yet."),
        { Kind: TokenKind.Operator, Value: "{" } => Refuse(token.Start, "Objects such as {a: 1} are not available yet."),
        { Kind: TokenKind.Operator, Value: not ("," or "=" or "}") } => Refuse(token.Start, $"The operator {token.Value} is not available yet."),
        { Kind: TokenKind.Name, Value: "and" or "or" } => Refuse(token.Start, $"The operator {token.Value} is not available yet."),
        { Kind: TokenKind.BracketOpen } => Refuse(token.Start, "Lists such as [1, 2] are not available yet."),
        _ => Refuse(token.Start, $"{At(token.Start)} {expected}, but {text[token.Start..token.End]} was found."),
    };

    private Expression? Refuse(int position, string message)
    {
        problem ??= new ExpressionProblem(ExpressionProblemCodes.Unreadable, message, position, Shown(text[start..end]));
        return null;
    }

    private static string At(int position) => $"At character {(position + 1).ToString(CultureInfo.InvariantCulture)}:";

    private static string Shown(string expression) => expression.Trim() is { Length: > 120 } longer ? longer[..120] + "…" : expression.Trim();

    // JSON refuses leading zeros, people write them
    private static string Digits(string number) => number.TrimStart('0') is [>= '0' and <= '9', ..] trimmed ? trimmed : "0" + number.TrimStart('0');

    private static JsonElement? Keyword(string name) => name switch { "true" => True, "false" => False, "null" => Null, _ => null };
}
