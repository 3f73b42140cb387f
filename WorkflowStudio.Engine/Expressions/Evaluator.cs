using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>
/// Gives an expression its value. Pure: the same scope gives the same value. Values of the scope are never copied; every step is taken from
/// the budget of the frame, so that any evaluation ends.
/// </summary>
internal static class Evaluator
{
    /// <summary>The value, which may be null; false when the frame says why there is none.</summary>
    public static bool TryEvaluate(Expression expression, Frame frame, out Value value)
    {
        value = default;
        if (!frame.Charge(1, expression.Position)) return false;
        switch (expression)
        {
            case Expression.Path path:
                var found = Paths.TryFollow(path, frame.Scope, out var json, out var missing);
                value = Value.Of(json);
                return found || frame.Lacks(missing);
            case Expression.Literal literal:
                value = literal.Value;
                return true;
            case Expression.Local local:
                return Paths.TryFollow(local, local.Segments, frame.Local(local.Slot), out value, out missing) || frame.Lacks(missing);
            case Expression.Access access:
                return TryAccess(access, frame, out value);
            case Expression.Coalesce coalesce:
                return TryFirst(coalesce.Options, frame, out value);
            case Expression.Call call:
                return Calls.TryCall(call, frame, out value);
            case Expression.Arithmetic arithmetic:
                return Operators.TryCompute(arithmetic, frame, out value);
            case Expression.Comparison comparison:
                return Operators.TryCompare(comparison, frame, out value);
            case Expression.Logic logic:
                return TryDecide(logic, frame, out value);
            case Expression.Conditional choice:
                return (TryEvaluate(choice.Test, frame, out var test) || frame.Wants(ParameterType.Boolean))
                    && TryEvaluate(test.CountsAsYes ? choice.Then : choice.Else, frame, out value);
            case Expression.Not not:
                if (!TryEvaluate(not.Operand, frame, out var denied)) return frame.Wants(ParameterType.Boolean);
                value = Value.Of(!denied.CountsAsYes);
                return true;
            case Expression.Negation negation:
                return Operators.TryNegate(negation, frame, out value);
            case Expression.ListOf list:
                return TryList(list, frame, out value);
            case Expression.ObjectOf fields:
                return TryObject(fields, frame, out value);
            default:
                throw new InvalidOperationException($"No evaluation for {expression.GetType().Name}.");
        }
    }

    private static bool TryAccess(Expression.Access access, Frame frame, out Value value)
    {
        value = default;
        if (TryEvaluate(access.Target, frame, out var target))
            return Paths.TryFollow(access, access.Segments, target, out value, out var missing) || frame.Lacks(missing);
        return (frame.Failure is null && access.Segments[0].Optional) || frame.Wants(ParameterType.Object);
    }

    private static bool TryFirst(IReadOnlyList<Expression> options, Frame frame, out Value value)
    {
        var last = options.Count - 1;
        for (var i = 0; i < last; i++)
        {
            if (TryEvaluate(options[i], frame, out value) && !value.IsNull) return true;
            if (frame.Failure is not null) return false;
        }
        return TryEvaluate(options[last], frame, out value);
    }

    private static bool TryDecide(Expression.Logic logic, Frame frame, out Value value)
    {
        value = Value.Of(logic.IsAnd);
        foreach (var operand in logic.Operands)
        {
            if (!TryEvaluate(operand, frame, out var given)) return frame.Wants(ParameterType.Boolean);
            if (given.CountsAsYes == logic.IsAnd) continue;
            value = Value.Of(!logic.IsAnd);
            return true;
        }
        return true;
    }

    private static bool TryList(Expression.ListOf list, Frame frame, out Value value)
    {
        value = default;
        var items = new Value[list.Items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryEvaluate(list.Items[i], frame, out items[i])) return frame.Wants(ParameterType.Any);
        }
        value = Value.Of(items);
        return frame.Keeps(value, list.Position);
    }

    private static bool TryObject(Expression.ObjectOf fields, Frame frame, out Value value)
    {
        value = default;
        var made = new KeyValuePair<string, Value>[fields.Fields.Length];
        for (var i = 0; i < made.Length; i++)
        {
            if (!TryEvaluate(fields.Fields[i].Value, frame, out var field)) return frame.Wants(ParameterType.Any);
            made[i] = KeyValuePair.Create(fields.Fields[i].Name, field);
        }
        value = Value.Of(made);
        return frame.Keeps(value, fields.Position);
    }
}
