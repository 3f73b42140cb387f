using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Calls functions: evaluates the arguments, holds them to the parameters, and the result to the limits.</summary>
internal static class Calls
{
    public static bool TryCall(Expression.Call call, Frame frame, out Value value)
    {
        value = default;
        var given = call.Arguments.Length == 0 ? [] : new Value[call.Arguments.Length];
        var cost = 1;
        for (var i = 0; i < given.Length; i++)
        {
            var parameter = call.Function.Parameter(i)!;
            if (parameter.Type == ParameterType.Lambda) continue;
            if (!Evaluator.TryEvaluate(call.Arguments[i], frame, out given[i]) && !IsForgiven(parameter, frame, ref given[i]))
                return frame.Wants(parameter.Type);
            if (!TryFit(call, parameter, frame, ref given[i])) return false;
            cost += Cost(given[i]);
        }
        if (!frame.Charge(cost, call.Position)) return false;
        value = call.Function.Body(new Arguments(given, call, frame));
        return frame.Failure is null && frame.Keeps(value, call.Position) && (value.IsJson || frame.Charge(Cost(value), call.Position));
    }

    private static bool IsForgiven(Parameter parameter, Frame frame, ref Value value)
    {
        value = Value.Null;
        return parameter.MayBeMissing && frame.Failure is null;
    }

    // reading a text costs by its length, walking a list by its items
    private static int Cost(Value value) => value.Kind switch
    {
        ValueKind.Text => value.Size / 64,
        ValueKind.List or ValueKind.Object => value.Count / 8,
        _ => 0,
    };

    private static bool TryFit(Expression.Call call, Parameter parameter, Frame frame, ref Value value)
    {
        if (parameter.Type == ParameterType.Any || (value.IsNull && parameter.IsOptional)) return true;
        var fits = parameter.Type switch
        {
            ParameterType.Text => value.Kind is ValueKind.Text or ValueKind.Number or ValueKind.Boolean,
            ParameterType.Number => value.TryNumber(out _),
            ParameterType.Whole =>
                value.TryNumber(out var number) && decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue,
            ParameterType.Boolean => value.Kind == ValueKind.Boolean,
            ParameterType.List => value.Kind == ValueKind.List,
            ParameterType.Object => value.Kind == ValueKind.Object,
            ParameterType.Date => value.Kind == ValueKind.Text && DateText.TryRead(value.Text(), frame.Zone, out _),
            _ => true,
        };
        if (!fits)
        {
            var remedy = value.IsNull ? " Give a default with ??."
                : parameter.Type is ParameterType.Number or ParameterType.Whole && value.Kind == ValueKind.Text
                    ? " number(…) makes a number of a text."
                : "";
            return frame.Fail(ExpressionProblemCodes.WrongValue,
                $"{call.Function.Name} needs {parameter.Words} as {parameter.Name}, but {ValueText.Shown(value)} was found.{remedy}",
                call.Position);
        }
        if (parameter.Type == ParameterType.Text && value.Kind != ValueKind.Text) value = Value.Of(ValueText.Of(value));
        return true;
    }
}
