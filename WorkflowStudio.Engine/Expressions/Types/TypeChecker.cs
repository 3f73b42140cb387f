using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Types;

/// <summary>
/// Finds the types of an expression before it runs, and what is wrong with it: names that nothing provides, steps that may not have run,
/// kinds that do not fit. What is not known is never complained about. One checker per template; what the setting wants decides on
/// defaults.
/// </summary>
internal sealed partial class TypeChecker(TypeScope scope, string setting, ExpressionType? wanted = null)
{
    private readonly List<ExpressionType> locals = [];
    private readonly HashSet<string> proven = new(StringComparer.Ordinal);
    private readonly List<SettingProblem> problems = [];
    private List<SecretPart>? secrets;
    private string text = "";
    private Expression? whole;

    /// <summary>The type of a template's value, and everything that is wrong inside of it.</summary>
    public CheckedTemplate Check(Template template)
    {
        text = template.Text;
        whole = template.Parts is [{ Expression: { } only }] ? only : null;
        var type = ExpressionType.Text;
        foreach (var part in template.Parts)
        {
            if (part.Expression is not { } expression) continue;
            var found = Of(expression);
            if (found.IsSecret) (secrets ??= []).Add(new SecretPart(Range(expression), Written(expression), found));
            if (template.Parts.Count == 1) type = found;
        }

        return new CheckedTemplate(
            template.Parts.Count > 1 && secrets is not null ? type with { IsSecret = true } : type, problems, secrets ?? []);
    }

    private ExpressionType Of(Expression expression, bool guarded = false)
    {
        switch (expression)
        {
            case Expression.Literal literal: return LiteralType(literal.Value);
            case Expression.Path path: return PathType(path, guarded);
            case Expression.Local local: return Follow(locals[local.Slot], local.Segments, local, local.Text, guarded);
            case Expression.Access access:
                return Follow(Of(access.Target, guarded || access.Segments[0].Optional), access.Segments, access, access.Text, guarded);
            case Expression.Coalesce coalesce:
                return coalesce.Options.Select((o, i) => Of(o, guarded || i < coalesce.Options.Count - 1)).Aggregate(ExpressionType.Join);
            case Expression.Negation negation: return Numeric(negation.Operand, Of(negation.Operand, guarded), "-", guarded);
            case Expression.Not not: return Yes(Of(not.Operand, guarded));
            case Expression.Arithmetic arithmetic: return ArithmeticType(arithmetic, guarded);
            case Expression.Comparison comparison: return ComparisonType(comparison, guarded);
            case Expression.Logic logic:
                return Proving(logic.IsAnd ? logic.Operands : [],
                    () => Yes(logic.Operands.Select(o => Of(o, guarded)).Aggregate(ExpressionType.Join)));
            case Expression.Conditional choice: return ConditionalType(choice, guarded);
            case Expression.ListOf list:
                return ExpressionType.ListOf(
                    list.Items.Length == 0 ? ExpressionType.Any : list.Items.Select(i => Of(i, guarded)).Aggregate(ExpressionType.Join));
            case Expression.ObjectOf fields: return ObjectType(fields, guarded);
            case Expression.Call call: return CallType(call, guarded);
            default: throw new InvalidOperationException($"No type for {expression.GetType().Name}.");
        }
    }

    private static ExpressionType Yes(ExpressionType _) => ExpressionType.Boolean;

    private static ExpressionType LiteralType(Value value) => value.Kind switch
    {
        ValueKind.Boolean => ExpressionType.Boolean,
        ValueKind.Number => ExpressionType.Number,
        ValueKind.Text => DateText.TryRead(value.Text(), NodaTime.DateTimeZone.Utc, out _) ? ExpressionType.Date : ExpressionType.Text,
        _ => ExpressionType.Null,
    };

    private ExpressionType ObjectType(Expression.ObjectOf fields, bool guarded)
    {
        var types = new Dictionary<string, ExpressionType>(StringComparer.Ordinal);
        foreach (var (name, value) in fields.Fields) types[name] = Of(value, guarded);
        return ExpressionType.ObjectOf(types);
    }

    private ExpressionType ConditionalType(Expression.Conditional choice, bool guarded)
    {
        Of(choice.Test, guarded);
        var then = Proving([choice.Test], () => Of(choice.Then, guarded));
        return ExpressionType.Join(then, Of(choice.Else, guarded));
    }

    // behind exists(step.output.x) the step is known to have run
    private ExpressionType Proving(IReadOnlyList<Expression> tests, Func<ExpressionType> inside)
    {
        var added = tests.SelectMany(Proofs).Where(proven.Add).ToList();
        var type = inside();
        proven.ExceptWith(added);
        return type;
    }

    private static IEnumerable<string> Proofs(Expression test) => test switch
    {
        Expression.Call { Function.Name: "exists", Arguments: [Expression.Path { Root: ReferenceRoot.Step, Name: { } id }] } => [id],
        Expression.Logic { IsAnd: true } logic => logic.Operands.SelectMany(Proofs),
        _ => [],
    };

    private ExpressionType ArithmeticType(Expression.Arithmetic arithmetic, bool guarded)
    {
        var type = Of(arithmetic.First, guarded);
        var before = arithmetic.First;
        foreach (var (sign, operand) in arithmetic.Rest)
        {
            var right = Of(operand, guarded);
            var secret = type.IsSecret || right.IsSecret;
            if (sign == '+' && IsText(type) && IsText(right)) type = ExpressionType.Text;
            else if (sign == '+' && (type.Kind == TypeKind.Any || right.Kind == TypeKind.Any)
                && (IsText(type) || IsText(right) || type.Kind == right.Kind)) type = ExpressionType.Any;
            else
            {
                if (before is not null) Numeric(before, type, sign.ToString(), guarded);
                Numeric(operand, right, sign.ToString(), guarded);
                type = ExpressionType.Number;
            }
            (type, before) = (type with { IsSecret = secret }, null);
        }
        return type;
    }

    private static bool IsText(ExpressionType type) => type.Kind is TypeKind.Text or TypeKind.Date;

    private ExpressionType Numeric(Expression operand, ExpressionType type, string sign, bool guarded)
    {
        if (type.Kind is TypeKind.Number or TypeKind.Any || (guarded && type.Kind == TypeKind.Null))
            return ExpressionType.Number with { IsSecret = type.IsSecret };
        var remedy = IsText(type) ? " number(…) makes a number of a text." : type.Kind == TypeKind.Null ? " Give a default with ??." : "";
        WrongType(operand, $"{sign} needs numbers, but {Written(operand)} is {type.Words}.{remedy}",
            IsText(type) ? new ProblemFix("Make it a number", $"number({Source(operand)})", Range(operand)) : null);
        return ExpressionType.Number with { IsSecret = type.IsSecret };
    }

    private ExpressionType ComparisonType(Expression.Comparison comparison, bool guarded)
    {
        var bySize = comparison.Operator is not ("==" or "!="); // for these what is missing is neither more nor less
        var (left, right) = (Of(comparison.Left, guarded || bySize), Of(comparison.Right, guarded || bySize));
        if (left.Kind == TypeKind.Any || right.Kind == TypeKind.Any || left.Kind == right.Kind || (IsText(left) && IsText(right)))
            return ExpressionType.Boolean;
        if (!bySize)
        {
            if (left.Kind != TypeKind.Null && right.Kind != TypeKind.Null)
                WrongType(comparison, $"{Written(comparison.Left)} is {left.Words} and {Written(comparison.Right)} is {right.Words}, so "
                    + $"{comparison.Operator} always says "
                    + $"{(comparison.Operator == "==" ? "no" : "yes")}.", Convert(comparison, left, right), ProblemSeverity.Warning);
        }
        else if (left.Kind != TypeKind.Null && right.Kind != TypeKind.Null)
            WrongType(
                comparison, $"{comparison.Operator} compares two numbers, two texts or two dates, but {Written(comparison.Left)} is "
                    + $"{left.Words} and {Written(comparison.Right)} is {right.Words}.",
                Convert(comparison, left, right), MaySpellNumber(comparison.Left, left) && MaySpellNumber(comparison.Right, right)
                    ? ProblemSeverity.Warning
                    : ProblemSeverity.Error);
        return ExpressionType.Boolean;
    }

    // any text may, except one that is written out and does not
    private static bool MaySpellNumber(Expression operand, ExpressionType type) =>
        type.Kind == TypeKind.Number
        || (type.Kind == TypeKind.Text && (operand is not Expression.Literal literal || NumberText.TryRead(literal.Value.Text(), out _)));

    private ProblemFix? Convert(Expression.Comparison comparison, ExpressionType left, ExpressionType right)
    {
        var wrong = left.Kind == TypeKind.Text && right.Kind == TypeKind.Number
            ? comparison.Left
            : right.Kind == TypeKind.Text && left.Kind == TypeKind.Number ? comparison.Right : null;
        return wrong is null ? null : new ProblemFix("Make it a number", $"number({Source(wrong)})", Range(wrong));
    }

    private ExpressionType CallType(Expression.Call call, bool guarded)
    {
        var given = new List<ExpressionType>(call.Arguments.Length);
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var parameter = call.Function.Parameter(i)!;
            if (call.Arguments[i] is Expression.Lambda lambda) given.Add(LambdaType(call.Function, lambda, given, guarded));
            else
            {
                var type = Of(call.Arguments[i], guarded || parameter.MayBeMissing);
                given.Add(type);
                if (!Fits(parameter, type))
                    WrongType(call.Arguments[i], $"{call.Function.Name} needs {parameter.Words} as {parameter.Name}, but "
                        + $"{Written(call.Arguments[i])} is {type.Words}.", Remedy(call.Arguments[i], parameter, type));
            }
        }
        var result = call.Function.Infer?.Invoke(given) ?? call.Function.Result;
        var isSecret = !call.Function.ClearsSecret && result.Kind != TypeKind.Boolean
            && (call.Function.GivesOfLambda && given.Count > 1 ? given[1].IsSecret : given.Exists(t => t.IsSecret));
        return result.IsSecret == isSecret ? result : result with { IsSecret = isSecret };
    }

    private ExpressionType LambdaType(ExpressionFunction function, Expression.Lambda lambda, List<ExpressionType> given, bool guarded)
    {
        var types = function.LambdaTypes!(given);
        locals.RemoveRange(lambda.FirstSlot, locals.Count - lambda.FirstSlot);
        locals.AddRange(types.Take(lambda.Names.Length));
        var type = Of(lambda.Body, guarded);
        locals.RemoveRange(lambda.FirstSlot, locals.Count - lambda.FirstSlot);
        return type;
    }

    private static bool Fits(Parameter parameter, ExpressionType type) =>
        type.Kind == TypeKind.Any || (type.Kind == TypeKind.Null && parameter.IsOptional) || parameter.Type switch
        {
            ParameterType.Any => true,
            ParameterType.Text => type.Kind is TypeKind.Text or TypeKind.Date or TypeKind.Number or TypeKind.Boolean,
            ParameterType.Number or ParameterType.Whole => type.Kind == TypeKind.Number,
            ParameterType.Boolean => type.Kind == TypeKind.Boolean,
            ParameterType.Date => type.Kind is TypeKind.Date or TypeKind.Text,
            ParameterType.List => type.Kind == TypeKind.List,
            ParameterType.Object => type.Kind == TypeKind.Object,
            _ => true,
        };

    private ProblemFix? Remedy(Expression argument, Parameter parameter, ExpressionType type) =>
        parameter.Type is ParameterType.Number or ParameterType.Whole && IsText(type)
            ? new ProblemFix("Make it a number", $"number({Source(argument)})", Range(argument))
            : null;
}

/// <summary>What was found of a template.</summary>
/// <param name="Type">The type of its value.</param>
/// <param name="Problems">What is wrong inside of it.</param>
/// <param name="Secrets">Its expressions that give something secret.</param>
internal sealed record CheckedTemplate(ExpressionType Type, IReadOnlyList<SettingProblem> Problems, IReadOnlyList<SecretPart> Secrets);

/// <summary>An expression that gives something secret.</summary>
/// <param name="Range">Where it stands in the template.</param>
/// <param name="Written">The expression, cut when it is long.</param>
/// <param name="Type">What it gives.</param>
internal sealed record SecretPart(TextRange Range, string Written, ExpressionType Type);
