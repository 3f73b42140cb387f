using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Arithmetic and comparison. Numbers are exact decimals of 28 digits, so that amounts of money add up.</summary>
internal static class Operators
{
    public static bool TryCompute(Expression.Arithmetic arithmetic, Frame frame, out Value value)
    {
        if (!Evaluator.TryEvaluate(arithmetic.First, frame, out value)) return frame.Wants(Wanted(arithmetic, value));
        foreach (var (sign, operand) in arithmetic.Rest)
        {
            if (!Evaluator.TryEvaluate(operand, frame, out var right)) return frame.Wants(Wanted(arithmetic, value));
            if (!TryApply(sign, value, right, operand.Position, frame, out value)) return false;
        }
        return true;
    }

    public static bool TryNegate(Expression.Negation negation, Frame frame, out Value value)
    {
        if (!Evaluator.TryEvaluate(negation.Operand, frame, out value)) return frame.Wants(ParameterType.Number);
        if (!value.TryNumber(out var number))
            return Wrong(frame, negation.Position, $"- needs a number, but {ValueText.Shown(value)} was found.{Remedy(value, value)}");
        value = Value.Of(-number);
        return true;
    }

    public static bool TryCompare(Expression.Comparison comparison, Frame frame, out Value value)
    {
        value = default;
        var bySize = comparison.Operator is not ("==" or "!=");
        if (!TryOperand(comparison.Left, bySize, frame, out var left) || !TryOperand(comparison.Right, bySize, frame, out var right))
            return false;
        if (!frame.Charge((Math.Min(left.Size, right.Size) / 64) + 1, comparison.Position)) return false;
        if (!bySize)
        {
            value = Value.Of(ValueOrder.AreEqual(left, right) == (comparison.Operator == "=="));
            return true;
        }
        if (!ValueOrder.TryBySize(left, right, frame.Zone, StringComparison.Ordinal, out var order))
            return frame.Fail(ExpressionProblemCodes.CannotCompare, $"{comparison.Operator} compares two numbers, two texts or two dates, "
                + $"but {ValueText.Shown(left)} and {ValueText.Shown(right)} were found.", comparison.Position);
        value = Value.Of(comparison.Operator switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 });
        return true;
    }

    // beside a text + puts texts together
    private static ParameterType Wanted(Expression.Arithmetic arithmetic, Value before) =>
        before.Kind == ValueKind.Text || arithmetic.Children.Any(o => o is Expression.Literal { Value.Kind: ValueKind.Text })
            ? ParameterType.Text
            : ParameterType.Number;

    // what is missing is neither more nor less than anything
    private static bool TryOperand(Expression operand, bool mayBeMissing, Frame frame, out Value value)
    {
        if (Evaluator.TryEvaluate(operand, frame, out value)) return true;
        value = Value.Null;
        return (mayBeMissing && frame.Failure is null) || frame.Wants(ParameterType.Any);
    }

    private static bool TryApply(char sign, Value left, Value right, int position, Frame frame, out Value value)
    {
        value = default;
        if (left.TryNumber(out var a) && right.TryNumber(out var b))
        {
            if (b == 0 && sign is '/' or '%')
                return Wrong(frame, position, $"{sign} divides by 0. Check the divisor first, for example with n == 0 ? 0 : x {sign} n.");
            try
            {
                value = Value.Of(sign switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b });
                return true;
            }
            catch (OverflowException)
            {
                return Wrong(frame, position, $"The result of {sign} is beyond the largest number, which has 28 digits.");
            }
        }
        if (sign == '+' && left.Kind == ValueKind.Text && right.Kind == ValueKind.Text)
        {
            if (left.Size + right.Size > ExpressionLimits.MaxResultBytes)
                return frame.Fail(
                    ExpressionProblemCodes.ResultTooLarge, "The value is larger than 1 MiB. Work on a part of the data.", position);
            value = Value.Of(left.Text() + right.Text());
            return frame.Charge((value.Size / 64) + 1, position);
        }
        return Wrong(frame, position, $"{sign} needs two numbers{(sign == '+' ? " or two texts" : "")}, but {ValueText.Shown(left)} and "
            + $"{ValueText.Shown(right)} were found.{Remedy(left, right)}");
    }

    private static string Remedy(Value left, Value right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Null, _) or (_, ValueKind.Null) => " Give a default with ??.",
        (ValueKind.Text, ValueKind.Text or ValueKind.Number) or (ValueKind.Number, ValueKind.Text) =>
            " number(…) makes a number of a text, text(…) a text of a number.",
        (ValueKind.Number, _) or (_, ValueKind.Number) => " A number can have 28 digits at most.",
        _ => "",
    };

    private static bool Wrong(Frame frame, int position, string message) =>
        frame.Fail(ExpressionProblemCodes.WrongValue, message, position);
}
