using NodaTime;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>The arguments of one call; they fit the parameters already.</summary>
internal readonly struct Arguments(Value[] given, Expression.Call call, Frame frame)
{
    public int Count => given.Length;

    /// <summary>The evaluation, for what functions may know of the surroundings.</summary>
    public Frame Frame => frame;

    /// <summary>The call, which can keep something between evaluations.</summary>
    public Expression.Call Call => call;

    /// <summary>An argument; null when it is not given.</summary>
    public Value this[int index] => index < given.Length ? given[index] : Value.Null;

    public bool Has(int index) => !this[index].IsNull;

    public bool HasLambda(int index) => index < call.Arguments.Length && call.Arguments[index] is Expression.Lambda;

    public string Text(int index, string otherwise = "") => Has(index) ? this[index].Text() : otherwise;

    public decimal Number(int index, decimal otherwise = 0) => this[index].TryNumber(out var number) ? number : otherwise;

    public int Whole(int index, int otherwise = 0) => this[index].TryNumber(out var number) ? (int)number : otherwise;

    public IEnumerable<Value> Items(int index) => this[index].Items();

    /// <summary>A date in the run's zone.</summary>
    public DateValue Date(int index) => DateText.TryRead(this[index].Text(), frame.Zone, out var date) ? date : default;

    /// <summary>The zone that an argument names, else the run's; null, with the failure, when there is none of that name.</summary>
    public DateTimeZone? Zone(int index)
    {
        if (!Has(index)) return frame.Zone;
        if (TimeZones.Find(Text(index)) is { } zone) return zone;
        Fail($"{call.Function.Name} knows no time zone {ValueText.Shown(this[index])}. Use a name such as America/Chicago.");
        return null;
    }

    /// <summary>The value of the lambda for some values; false when the evaluation ends.</summary>
    public bool TryApply(int lambda, out Value value, params ReadOnlySpan<Value> to)
    {
        value = default;
        if (frame.Failure is not null) return false;
        var body = (Expression.Lambda)call.Arguments[lambda];
        frame.Bind(body, to);
        if (Evaluator.TryEvaluate(body.Body, frame, out value)) return true;
        // inside a list a missing value names no path of the scope: it ends the whole call
        return frame.Failure is null && frame.Fail(ExpressionProblemCodes.MissingValue, frame.Missing.Describe(), body.Body.Position);
    }

    /// <summary>Ends the evaluation because of a value.</summary>
    public Value Fail(string message) => Fail(ExpressionProblemCodes.WrongValue, message);

    /// <summary>Ends the evaluation.</summary>
    public Value Fail(string code, string message)
    {
        frame.Fail(code, message, call.Position);
        return Value.Null;
    }
}
