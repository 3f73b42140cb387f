using System.Globalization;
using System.Text;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>
/// Reads one expression by recursive descent. From the tightest to the loosest: paths and calls · <c>- !</c> · <c>??</c> · <c>* / %</c> ·
/// <c>+ -</c> · comparison · <c>not</c> · <c>and</c> · <c>or</c> · <c>? :</c> · <c>|</c>. Here: the operators; the other half reads what
/// stands between them. The first problem ends the reading.
/// </summary>
internal sealed partial class Parser
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private readonly string text;
    private readonly int start;
    private readonly int end;
    private readonly List<Token> tokens;
    private int at;
    private ExpressionProblem? problem;

    private Parser(string text, int start, int end)
    {
        (this.text, this.start, this.end) = (text, start, end);
        tokens = Lexer.Tokens(text, start, end);
    }

    private Token Token => tokens[at];

    private Token Before => tokens[at - 1];

    private Token Following => tokens[Math.Min(at + 1, tokens.Count - 1)];

    /// <summary>Reads the part of a template between its braces.</summary>
    public static (Expression? Expression, ExpressionProblem? Problem) Parse(string text, int start, int end)
    {
        if (Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start)) > ExpressionLimits.MaxExpressionBytes)
        {
            var tooLong = new ExpressionProblem(ExpressionProblemCodes.TooLong,
                "The expression is longer than 4 kB. Split it over several steps.", start, Shown(text[start..end]))
            { Length = end - start };
            return (null, tooLong);
        }
        var parser = new Parser(text, start, end);
        var expression = parser.Whole();
        return parser.problem is null ? (expression, null) : (null, parser.problem);
    }

    private Expression? Whole()
    {
        if (Token.Kind == TokenKind.End)
            return Refuse(start, "Between {{ and }} an expression is missing, for example $initialPayload.first_name.");
        var expression = Pipe(1);
        if (problem is null && Token.Kind != TokenKind.End) RefuseToken("nothing more was expected");
        return expression;
    }

    private Expression? Pipe(int depth)
    {
        var left = Conditional(depth);
        for (var pipes = 1; left is not null && Is("|"); pipes++)
        {
            Advance();
            if (depth + pipes > ExpressionLimits.MaxDepth) return TooDeep();
            var name = Token;
            if (name.Kind != TokenKind.Name) return RefuseToken("the name of a function was expected after |");
            Advance();
            left = Call(name, left, depth + pipes);
            if (left is not null && IsOperator(Token) && !Is("|"))
                return Refuse(Token.Start, $"A pipe takes everything before it, so {Token.Value} cannot follow. Put the pipe into "
                    + $"parentheses: (… | {name.Value}) {Token.Value} …");
        }
        return left;
    }

    private Expression? Conditional(int depth)
    {
        var test = Logic(depth, isAnd: false);
        if (test is null || !Is("?")) return test;
        Advance();
        if (Conditional(depth + 1) is not { } then) return null;
        if (!Is(":")) return RefuseToken("a : was expected between the two results of ?");
        Advance();
        return Conditional(depth + 1) is { } otherwise
            ? new Expression.Conditional(test.Position, test, then, otherwise) { End = Before.End }
            : null;
    }

    private Expression? Logic(int depth, bool isAnd)
    {
        var (word, sign) = isAnd ? ("and", "&&") : ("or", "||");
        var first = isAnd ? Not(depth) : Logic(depth, isAnd: true);
        if (first is null || !IsWord(word, sign)) return first;
        var operands = new List<Expression> { first };
        while (IsWord(word, sign))
        {
            Advance();
            if ((isAnd ? Not(depth) : Logic(depth, isAnd: true)) is not { } operand) return null;
            operands.Add(operand);
        }
        return new Expression.Logic(first.Position, isAnd, [.. operands]) { End = Before.End };
    }

    private Expression? Not(int depth)
    {
        var isNot = Token is { Kind: TokenKind.Name, Value: "not" }
            && (Following.Kind is TokenKind.Name or TokenKind.DollarName or TokenKind.Text or TokenKind.Number or TokenKind.ParenOpen
                || Following is { Kind: TokenKind.Operator, Value: "!" or "-" })
            && Following is not { Kind: TokenKind.Name, Value: "and" or "or" };
        if (!isNot) return Comparison(depth);
        if (depth >= ExpressionLimits.MaxDepth) return TooDeep();
        var from = Token.Start;
        Advance();
        return Not(depth + 1) is { } operand ? new Expression.Not(from, operand) { End = Before.End } : null;
    }

    private Expression? Comparison(int depth)
    {
        if (Arithmetic(depth, "+-") is not { } left) return null;
        if (Is("=")) return Refuse(Token.Start, "One = says nothing here. Compare with ==.", 1, "==");
        if (!IsOneOf(Comparisons)) return left;
        var sign = Token.Value;
        Advance();
        if (Arithmetic(depth, "+-") is not { } right) return null;
        return IsOneOf(Comparisons)
            ? Refuse(Token.Start, "Comparisons cannot be chained. Write a < b and b < c.")
            : new Expression.Comparison(left.Position, sign, left, right) { End = Before.End };
    }

    private Expression? Arithmetic(int depth, string signs)
    {
        var isSum = signs == "+-";
        var first = isSum ? Arithmetic(depth, "*/%") : Coalesce(depth);
        if (first is null || !IsSign(signs)) return first;
        var rest = new List<(char, Expression)>();
        while (IsSign(signs))
        {
            var sign = Token.Value[0];
            Advance();
            if ((isSum ? Arithmetic(depth, "*/%") : Coalesce(depth)) is not { } operand) return null;
            rest.Add((sign, operand));
        }
        return new Expression.Arithmetic(first.Position, first, [.. rest]) { End = Before.End };
    }

    private Expression? Coalesce(int depth)
    {
        var first = Unary(depth);
        if (first is null || Token.Kind != TokenKind.Coalesce) return first;
        var options = new List<Expression> { first };
        while (Token.Kind == TokenKind.Coalesce)
        {
            Advance();
            if (Unary(depth) is not { } option) return null;
            options.Add(option);
        }
        return new Expression.Coalesce(first.Position, options) { End = Before.End };
    }

    private Expression? Unary(int depth)
    {
        if (!Is("-") && !Is("!")) return Postfix(depth);
        var sign = Token;
        Advance();
        if (sign.Value == "-" && Token.Kind == TokenKind.Number) return Literal(Number("-" + Digits(Token.Value)), sign.Start);
        if (depth >= ExpressionLimits.MaxDepth) return TooDeep();
        if (Unary(depth + 1) is not { } operand) return null;
        return sign.Value == "-"
            ? new Expression.Negation(sign.Start, operand) { End = Before.End }
            : new Expression.Not(sign.Start, operand) { End = Before.End };
    }

    private bool Is(string sign) => Token.Kind == TokenKind.Operator && Token.Value == sign;

    private bool IsSign(string signs) =>
        Token is { Kind: TokenKind.Operator, Value: [var sign] } && signs.Contains(sign, StringComparison.Ordinal);

    private bool IsOneOf(string[] signs) => Token.Kind == TokenKind.Operator && signs.Contains(Token.Value);

    private bool IsWord(string word, string sign) => Is(sign) || (Token.Kind == TokenKind.Name && Token.Value == word);

    private static bool IsOperator(Token token) => token.Kind == TokenKind.Coalesce
        || token is { Kind: TokenKind.Name, Value: "and" or "or" }
        || token is { Kind: TokenKind.Operator, Value: not ("," or "}" or "{" or ":" or "=>" or "=" or "!") };

    private void Advance() => at = Math.Min(at + 1, tokens.Count - 1);

    private Expression? RefuseToken(string expected) => Token switch
    {
        { Kind: TokenKind.Unreadable } => Refuse(Token.Start, $"{At(Token.Start)} {Token.Value}."),
        { Kind: TokenKind.End } => Refuse(Token.Start, $"The expression ends too early: {expected}."),
        { Kind: TokenKind.Operator, Value: "=>" } =>
            Refuse(Token.Start, $"{At(Token.Start)} a lambda such as x => x.price can only stand inside {FunctionCatalog.WithLambdas}."),
        _ => Refuse(Token.Start, $"{At(Token.Start)} {expected}, but {text[Token.Start..Token.End]} was found.", Token.End - Token.Start),
    };

    private Expression? TooDeep() =>
        Refuse(Token.Start, "The expression is nested deeper than 64 levels.", code: ExpressionProblemCodes.TooDeep);

    private Expression? Refuse(
        int position, string message, int length = 0, string? replacement = null, string code = ExpressionProblemCodes.Unreadable)
    {
        problem ??= new ExpressionProblem(code, message, position, Shown(text[start..end])) { Length = length, Replacement = replacement };
        return null;
    }

    private static string At(int position) => $"At character {(position + 1).ToString(CultureInfo.InvariantCulture)}:";

    private static string Shown(string expression) => ShownText.Cut(expression.Trim(), 120);
}
