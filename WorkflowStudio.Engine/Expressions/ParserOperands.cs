using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>The half that reads literals, paths, calls and lambdas.</summary>
internal sealed partial class Parser
{
    private readonly List<string> locals = [];

    private Expression? Postfix(int depth)
    {
        if (depth > ExpressionLimits.MaxDepth) return TooDeep();
        var (from, isLiteral) = (Token.Start, Token.Kind is TokenKind.Text or TokenKind.Number);
        if (Primary(depth) is not { } inner) return null;
        if (isLiteral) return inner;
        return Segments() switch
        {
            null => null,
            [] => inner,
            var segments => new Expression.Access(from, inner, segments, text[from..Before.End]) { End = Before.End },
        };
    }

    private Expression? Primary(int depth)
    {
        switch (Token.Kind)
        {
            case TokenKind.Text:
                return Literal(Value.Of(JsonSerializer.SerializeToElement(Token.Value)), Token.Start);
            case TokenKind.Number:
                return Literal(Number(Digits(Token.Value)), Token.Start);
            case TokenKind.Name when Keyword(Token.Value) is { } value:
                return Literal(value, Token.Start);
            case TokenKind.Name when Following is { Kind: TokenKind.Operator, Value: "=>" }:
                Advance();
                return RefuseToken("");
            case TokenKind.Name or TokenKind.DollarName:
                return Path(depth);
            case TokenKind.ParenOpen:
                return Parenthesis(depth);
            case TokenKind.BracketOpen:
                return ListOf(depth);
            case TokenKind.Operator when Token.Value == "{":
                return ObjectOf(depth);
            default:
                return RefuseToken("a value was expected");
        }
    }

    private Expression? Parenthesis(int depth)
    {
        Advance();
        if (Pipe(depth + 1) is not { } inner) return null;
        if (Token.Kind != TokenKind.ParenClose) return RefuseToken("a closing ) was expected");
        Advance();
        return inner;
    }

    private Expression? ListOf(int depth)
    {
        var from = Token.Start;
        var items = new List<Expression>();
        do
        {
            Advance();
            if (Token.Kind == TokenKind.BracketClose) break;
            if (Pipe(depth + 1) is not { } item) return null;
            items.Add(item);
        }
        while (Is(","));
        if (Token.Kind != TokenKind.BracketClose) return RefuseToken("a comma or a closing ] was expected");
        Advance();
        return new Expression.ListOf(from, [.. items]) { End = Before.End };
    }

    private Expression? ObjectOf(int depth)
    {
        var from = Token.Start;
        var fields = new List<(string, Expression)>();
        do
        {
            Advance();
            if (Is("}")) break;
            var name = Token;
            if (name.Kind is not (TokenKind.Name or TokenKind.Text))
                return RefuseToken("the name of a field was expected, as in {name: value}");
            Advance();
            if (!Is(":")) return RefuseToken("a : was expected after the name of the field, as in {name: value}");
            Advance();
            if (Pipe(depth + 1) is not { } value) return null;
            fields.Add((name.Value, value));
        }
        while (Is(","));
        if (!Is("}")) return RefuseToken("a comma or a closing } was expected");
        Advance();
        return new Expression.ObjectOf(from, [.. fields]) { End = Before.End };
    }

    private Expression? Call(Token name, Expression? piped, int depth)
    {
        if (FunctionCatalog.Find(name.Value) is not { } function)
        {
            var meant = NearestName.Of(name.Value, FunctionCatalog.Names);
            var hint = meant is null ? " docs/expressions.md lists all." : $" Did you mean {meant}?";
            return Refuse(name.Start, $"There is no function {name.Value}.{hint}", name.End - name.Start, meant,
                ExpressionProblemCodes.UnknownFunction);
        }
        var arguments = new List<Expression>();
        if (piped is not null) arguments.Add(piped);
        if (Token.Kind == TokenKind.ParenOpen && !Arguments(function, arguments, depth)) return null;
        if (function.Misfit(arguments.Count) is { } misfit)
            return Refuse(name.Start, misfit, Before.End - name.Start, code: ExpressionProblemCodes.WrongArguments);
        return new Expression.Call(piped?.Position ?? name.Start, function, [.. arguments]) { End = Before.End };
    }

    private bool Arguments(ExpressionFunction function, List<Expression> arguments, int depth)
    {
        do
        {
            Advance();
            if (Token.Kind == TokenKind.ParenClose && (arguments.Count == 0 || Before.Kind == TokenKind.ParenOpen)) break;
            var argument =
                function.Parameter(arguments.Count)?.Type == ParameterType.Lambda ? Lambda(function, depth + 1) : Pipe(depth + 1);
            if (argument is null) return false;
            arguments.Add(argument);
        }
        while (Is(","));
        if (Token.Kind != TokenKind.ParenClose)
        {
            RefuseToken("a comma or a closing ) was expected");
            return false;
        }
        Advance();
        return true;
    }

    private Expression? Lambda(ExpressionFunction function, int depth)
    {
        var from = Token.Start;
        if (Parameters() is not { } names)
            return problem is not null ? null : Refuse(from, $"{function.Name} needs a lambda here, for example {function.LambdaExample}.",
                code: ExpressionProblemCodes.WrongArguments);
        if (names.Length > function.LambdaNames)
            return Refuse(from, $"The lambda of {function.Name} takes at most {function.LambdaNames} names.",
                code: ExpressionProblemCodes.WrongArguments);
        var first = locals.Count;
        locals.AddRange(names);
        var body = Pipe(depth);
        locals.RemoveRange(first, names.Length);
        return body is null ? null : new Expression.Lambda(from, first, names, body) { End = Before.End };
    }

    // x => or (x, y) =>; null, and no token taken, when something else stands here
    private string[]? Parameters()
    {
        var from = at;
        var names = new List<string>();
        if (Token.Kind == TokenKind.Name)
        {
            names.Add(Token.Value);
            Advance();
        }
        else if (Token.Kind == TokenKind.ParenOpen)
        {
            do
            {
                Advance();
                if (Token.Kind != TokenKind.Name) break;
                names.Add(Token.Value);
                Advance();
            }
            while (Is(","));
            if (Token.Kind == TokenKind.ParenClose) Advance();
            else names.Clear();
        }
        if (names.Count > 0 && Is("=>"))
        {
            Advance();
            return [.. names];
        }
        at = from;
        return null;
    }

    private Expression? Path(int depth)
    {
        var root = Token;
        Advance();
        if (Token.Kind == TokenKind.ParenOpen && root.Kind == TokenKind.Name) return Call(root, null, depth);
        if (Segments() is not { } segments) return null;
        var written = text[root.Start..Before.End];
        var slot = locals.LastIndexOf(root.Value);
        return slot >= 0 ? new Expression.Local(root.Start, slot, segments, written) { End = Before.End } : PathOf(root, segments, written);
    }

    private Expression? PathOf(Token root, PathSegment[] segments, string written)
    {
        var first = segments.Length > 0 ? segments[0].Name : null;
        var (kind, name, skipped) = root.Value switch
        {
            "$initialPayload" => (ReferenceRoot.Payload, null, 0),
            "$node" when first == "trigger" => (ReferenceRoot.Payload, null, 1),
            "$node" => (ReferenceRoot.Step, first, 1),
            "trigger" => (ReferenceRoot.Payload, null, first == "output" ? 1 : 0),
            ['$', ..] => (ReferenceRoot.Ambient, root.Value, 0),
            _ when first == "output" => (ReferenceRoot.Step, root.Value, 1),
            _ => (ReferenceRoot.Field, (string?)root.Value, 0),
        };
        if (root.Value == "$node" && first is null)
            return Refuse(root.Start, "$node needs the id of a step: $node.some_step.field, or $node[\"some step\"].field.");
        return new Expression.Path(root.Start, kind, name, segments[skipped..], written) { End = Before.End };
    }

    private PathSegment[]? Segments()
    {
        var segments = new List<PathSegment>();
        while (Token.Kind is TokenKind.Dot or TokenKind.OptionalDot or TokenKind.BracketOpen)
        {
            var optional = Token.Kind == TokenKind.OptionalDot;
            if (Token.Kind != TokenKind.BracketOpen) Advance();
            if ((Token.Kind == TokenKind.BracketOpen ? Bracket(optional) : Member(optional)) is not { } segment) return null;
            segments.Add(segment);
        }
        return [.. segments];
    }

    private PathSegment? Member(bool optional)
    {
        var name = Token;
        if (name.Kind != TokenKind.Name)
        {
            RefuseToken("the name of a field was expected after the dot");
            return null;
        }
        Advance();
        if (Token.Kind != TokenKind.ParenOpen) return PathSegment.Property(name.Value, optional, name);
        Refuse(name.Start, $"Functions do not stand behind a dot. Write … | {name.Value} instead.", name.End - name.Start);
        return null;
    }

    private PathSegment? Bracket(bool optional)
    {
        Advance();
        var key = Token;
        var segment = key.Kind switch
        {
            TokenKind.Text => PathSegment.Property(key.Value, optional, key),
            TokenKind.Number when int.TryParse(key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) =>
                PathSegment.Item(index, optional, key),
            _ => null,
        };
        if (segment is null)
        {
            RefuseToken("a position from 0 or a name in quotes was expected between [ and ]");
            return null;
        }
        Advance();
        if (Token.Kind == TokenKind.BracketClose)
        {
            Advance();
            return segment;
        }
        RefuseToken("a closing ] was expected");
        return null;
    }

    private Expression.Literal Literal(Value value, int from)
    {
        Advance();
        return new Expression.Literal(from, value) { End = Before.End };
    }

    private static Value Number(string digits) => Value.Of(JsonElement.Parse(digits));

    // JSON refuses leading zeros, people write them
    private static string Digits(string number) =>
        number.TrimStart('0') is [>= '0' and <= '9', ..] trimmed ? trimmed : "0" + number.TrimStart('0');

    private static Value? Keyword(string name) =>
        name switch { "true" => Value.Of(true), "false" => Value.Of(false), "null" => Value.Null, _ => null };
}
