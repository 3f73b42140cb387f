using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>What is wrong with a rule.</summary>
/// <param name="Path">Where in the rule, for example <c>and[0].before</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what to do, for people.</param>
public sealed record LogicProblem(string Path, string Message);

/// <summary>A rule that was read.</summary>
/// <param name="Rule">The rule, or null when there are problems.</param>
/// <param name="Problems">What is wrong, at most <see cref="LogicRule.MaxProblems"/>; empty when there is a rule.</param>
public sealed record LogicReading(LogicRule? Rule, IReadOnlyList<LogicProblem> Problems);

/// <summary>
/// A rule of JSON Logic (jsonlogic.com): all its operators, with JavaScript's rules for comparing and converting. Immutable, pure, safe for
/// any number of threads, and it always ends: after <see cref="MaxOperations"/> operations, or when it makes more than
/// <see cref="ExpressionLimits.MaxResultBytes"/> of text, it has no value. See docs/json-logic.md.
/// </summary>
public sealed class LogicRule
{
    /// <summary>The largest rule, in bytes of UTF-8 JSON.</summary>
    public const int MaxBytes = 65_536;

    /// <summary>The deepest nesting of a rule, and of what a rule may put around values.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many problems of one rule are named.</summary>
    public const int MaxProblems = 20;

    /// <summary>How much one evaluation may do: every operator, item and 64 bytes that it looks at count one.</summary>
    public const int MaxOperations = 100_000;

    private const int DeepestResult = 3 * MaxDepth;
    private const int LongestSeen = 200;

    private static readonly JsonElement Null = JsonElement.Parse("null");
    private static readonly JsonSerializerOptions Plain = new()
    { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly LogicNode root;
    private readonly IReadOnlyList<string> paths;

    private LogicRule(LogicNode root, IReadOnlyList<string> paths) => (this.root, this.paths) = (root, paths);

    /// <summary>
    /// Reads a rule. What is no object with one operator in it is a value that stands for itself, so <c>true</c> is a rule that always
    /// holds.
    /// </summary>
    public static LogicReading Compile(JsonElement rule)
    {
        var compiler = new LogicCompiler();
        // its values are used as long as the rule is, so they are kept apart from the document they came in
        var root = compiler.Read(rule.ValueKind == JsonValueKind.Undefined ? Null : rule.Clone());
        return new LogicReading(compiler.Problems.Count == 0 ? new LogicRule(root, compiler.Paths) : null, compiler.Problems);
    }

    /// <summary>The value of the rule for this data; null when the rule did not end within its budget.</summary>
    public JsonElement Evaluate(JsonElement data) => TryEvaluate(data, out var value) ? value : Null;

    /// <summary>The value of the rule for this data; false when the rule did not end within its budget.</summary>
    public bool TryEvaluate(JsonElement data, out JsonElement value)
    {
        var result = Run(LogicValue.Of(data), out var budget);
        value = Null;
        if (budget.IsSpent || !budget.TakeWhole(result)) return false;
        if (result.Json.ValueKind != JsonValueKind.Undefined)
        {
            value = result.Json;
            return true;
        }
        using var bytes = new JsonBytes();
        using (var writer = new Utf8JsonWriter(bytes)) LogicWriter.Write(result, writer);
        if (bytes.Length > ExpressionLimits.MaxResultBytes) return false;
        value = JsonElement.Parse(bytes.Written, new JsonDocumentOptions { MaxDepth = DeepestResult });
        return true;
    }

    /// <summary>
    /// Whether the value of the rule is true in the sense of JSON Logic; false when the rule did not end within its budget.
    /// </summary>
    public bool IsTrue(JsonElement data) => IsTrue(LogicValue.Of(data));

    /// <summary>The same for an event, which the rule sees as <c>data</c> (docs/decisions.md, "Conditions"); it is not copied.</summary>
    public bool IsTrueForEvent(JsonElement data) => IsTrue(Event(data));

    /// <summary>
    /// The values of an event that the rule looks at, as JSON by path, for people who ask why it decided as it did. Long values are cut,
    /// and after <paramref name="length"/> characters the whole is.
    /// </summary>
    public string SeenOfEvent(JsonElement data, int length)
    {
        var (seen, source, budget) = (new StringBuilder("{"), Event(data), new LogicBudget(MaxOperations));
        foreach (var path in paths.TakeWhile(_ => seen.Length < length))
        {
            var value = DataAccess.Var(new LogicCall([new LogicNode.Literal(LogicValue.Of(path))], source, budget));
            seen.Append(seen.Length > 1 ? "," : "").Append(JsonSerializer.Serialize(path, Plain)).Append(':')
                .Append(ShownText.Fit(Shown(value), LongestSeen));
        }
        return ShownText.Fit(seen.Append('}').ToString(), length);
    }

    private static LogicValue Event(JsonElement data) => LogicValue.Of(new LogicField("data", LogicValue.Of(data)));

    private static string Shown(LogicValue value)
    {
        if (value.Json.ValueKind != JsonValueKind.Undefined) return value.Json.GetRawText();
        using var bytes = new JsonBytes();
        using (var writer = new Utf8JsonWriter(bytes)) LogicWriter.Write(value, writer);
        return Encoding.UTF8.GetString(bytes.Written);
    }

    private bool IsTrue(LogicValue data)
    {
        var result = Run(data, out var budget);
        return !budget.IsSpent && Coercion.IsTrue(result);
    }

    private LogicValue Run(LogicValue data, out LogicBudget budget)
    {
        budget = new LogicBudget(MaxOperations);
        return root.Evaluate(data, budget);
    }
}
