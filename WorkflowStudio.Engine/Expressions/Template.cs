using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>
/// Text with expressions between <c>{{</c> and <c>}}</c>, read once and evaluated often. Immutable and safe for all threads. A template of
/// exactly one expression keeps the type of its value; mixed with text it becomes text. Values are never evaluated again, whatever they
/// hold.
/// </summary>
public sealed class Template
{
    private readonly TemplatePart[] parts;
    private IReadOnlyList<TemplateReference>? references;

    private Template(string text, TemplatePart[] parts, ExpressionProblem? problem) => (Text, this.parts, Problem) = (text, parts, problem);

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Why it cannot be read; null when it can. Then <see cref="TryEvaluate"/> answers the same problem.</summary>
    public ExpressionProblem? Problem { get; }

    /// <summary>What it refers to, in the order of the text; empty when it cannot be read.</summary>
    public IReadOnlyList<TemplateReference> References =>
        references ??= [.. parts.SelectMany(p => p.Expression is { } e ? ReferencesOf(e) : [])];

    /// <summary>Its texts and expressions in order; empty when it cannot be read.</summary>
    internal IReadOnlyList<TemplatePart> Parts => parts;

    /// <summary>Whether text holds an expression at all; text that does not is taken as it is.</summary>
    public static bool Contains(string text) => text.Contains("{{", StringComparison.Ordinal);

    /// <summary>Reads a template. Never throws: what cannot be read is a template with a <see cref="Problem"/>.</summary>
    public static Template Parse(string text)
    {
        var parts = new List<TemplatePart>();
        var at = 0;
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            if (open > at) parts.Add(TemplatePart.OfText(text[at..open]));
            if (EndOf(text, open + 2) is not { } close)
                return new Template(text, [], new ExpressionProblem(ExpressionProblemCodes.Unreadable, "The expression that begins at "
                    + $"character {open + 1} is not closed: }}}} is missing.", open, text[open..Math.Min(text.Length, open + 40)]));
            var (expression, problem) = Parser.Parse(text, open + 2, close);
            if (problem is not null) return new Template(text, [], problem);
            parts.Add(new TemplatePart([], expression, text[(open + 2)..close].Trim()));
            at = close + 2;
        }
        if (at < text.Length || parts.Count == 0) parts.Add(TemplatePart.OfText(text[at..]));
        return new Template(text, [.. parts], null);
    }

    /// <summary>The value in a scope; false with the problem when a reference has none or the result is too large.</summary>
    public bool TryEvaluate(IScope scope, out JsonElement value, out ExpressionProblem? problem)
    {
        value = default;
        problem = Problem;
        if (problem is not null) return false;
        if (parts is [{ Expression: not null } only]) return TryElement(only, scope, out value, out problem);
        using var json = new JsonBytes();
        if (!TryAppend(json, scope, out problem)) return false;
        value = JsonElement.Parse(json.Written);
        return true;
    }

    /// <summary>Appends the value as JSON: the same as <see cref="TryEvaluate"/> without a document of its own.</summary>
    internal bool TryAppend(JsonBytes json, IScope scope, out ExpressionProblem? problem)
    {
        problem = Problem;
        if (problem is not null) return false;
        if (parts is [{ Expression: not null } only])
        {
            if (!TryValue(only, scope, out var value, out problem)) return false;
            ValueJson.Append(value, json);
            return true;
        }
        var start = json.Length;
        json.Raw("\""u8);
        foreach (var part in parts)
        {
            if (part.Expression is null) json.Raw(part.Escaped);
            else if (TryValue(part, scope, out var value, out problem) && !value.IsNull) ValueText.Append(value, json);
            else problem = problem?.WantedAs(ParameterType.Text) ?? Empty(part);
            if (problem is null && json.Length - start > ExpressionLimits.MaxResultBytes) problem = TooLarge(part);
            if (problem is not null) return false;
        }
        json.Raw("\""u8);
        return true;
    }

    private static bool TryElement(TemplatePart part, IScope scope, out JsonElement value, out ExpressionProblem? problem)
    {
        value = default;
        if (!TryValue(part, scope, out var found, out problem)) return false;
        value = ValueJson.Element(found);
        if (found.IsJson || JsonMarshal.GetRawUtf8Value(value).Length <= ExpressionLimits.MaxResultBytes) return true;
        (value, problem) = (default, TooLarge(part));
        return false;
    }

    // a plain path is followed where it lies; everything else is evaluated in a frame of its own
    private static bool TryValue(TemplatePart part, IScope scope, out Value value, out ExpressionProblem? problem)
    {
        problem = null;
        if (part.Expression is Expression.Path path)
        {
            if (!Paths.TryFollow(path, scope, out var json, out var missing)) problem = Lacking(part, missing);
            value = Value.Of(json);
        }
        else
        {
            var frame = new Frame(scope);
            if (!Evaluator.TryEvaluate(part.Expression!, frame, out value))
                problem = frame.Failure is { } failure
                    ? new ExpressionProblem(failure.Code, failure.Message, failure.Position, part.Text)
                    : Lacking(part, frame.Missing);
        }
        if (problem is null && value.Size > ExpressionLimits.MaxResultBytes) problem = TooLarge(part);
        return problem is null;
    }

    private static ExpressionProblem Lacking(TemplatePart part, Missing missing) =>
        new(ExpressionProblemCodes.MissingValue, missing.Describe(), missing.Source?.Position ?? part.Expression!.Position, part.Text)
        { Lack = new Lack(missing.Written, missing.Cause, missing.Wanted) };

    private static ExpressionProblem Empty(TemplatePart part) =>
        new(ExpressionProblemCodes.MissingValue,
            $"{part.Text} is empty (null), so there is nothing to put into the text. Give a default: {{{{ {part.Text} ?? \"…\" }}}}.",
            part.Expression!.Position, part.Text);

    private static ExpressionProblem TooLarge(TemplatePart part) =>
        new(ExpressionProblemCodes.ResultTooLarge, $"With the value of {part.Text} the result is larger than 1 MiB. Refer to a part of it.",
            part.Expression?.Position ?? 0, part.Text);

    private static IEnumerable<TemplateReference> ReferencesOf(Expression expression) => expression is Expression.Path path
        ? [new TemplateReference(path.Root, path.Name, path.Segments is [{ Name: { } field }, ..] ? field : null, path.Position, path.Text)]
        : expression.Children.SelectMany(ReferencesOf);

    /// <summary>
    /// Where the <c>}}</c> stands that closes an expression which begins at <paramref name="from"/>, behind its <c>{{</c>; null when there
    /// is none.
    /// </summary>
    public static int? CloseOf(string text, int from) => EndOf(text, from);

    // the }} that closes: not one inside quotes or braces of the expression; where quotes do not pair, the first at all, so that the parser
    // can say what is wrong
    private static int? EndOf(string text, int from)
    {
        var quote = '\0';
        var braces = 0;
        for (var i = from; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                if (c == '\\') i++;
                else if (c == quote) quote = '\0';
            }
            else if (c is '"' or '\'') quote = c;
            else if (c == '{') braces++;
            else if (c == '}' && braces > 0) braces--;
            else if (c == '}' && i + 1 < text.Length && text[i + 1] == '}') return i;
        }
        return text.IndexOf("}}", from, StringComparison.Ordinal) is >= 0 and var plain ? plain : null;
    }
}

/// <summary>A part of a template: text, escaped for JSON, or an expression.</summary>
internal sealed record TemplatePart(byte[] Escaped, Expression? Expression, string Text)
{
    public static TemplatePart OfText(string text)
    {
        using var json = new JsonBytes();
        json.Escaped(Encoding.UTF8.GetBytes(text));
        return new TemplatePart(json.Written.ToArray(), null, text);
    }
}
