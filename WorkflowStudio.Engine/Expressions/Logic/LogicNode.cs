namespace WorkflowStudio.Engine.Expressions.Logic;

/// <summary>A part of a rule that has been read.</summary>
internal abstract class LogicNode
{
    public abstract LogicValue Evaluate(LogicValue data, LogicBudget budget);

    /// <summary>A value that stands for itself.</summary>
    internal sealed class Literal(LogicValue value) : LogicNode
    {
        public override LogicValue Evaluate(LogicValue data, LogicBudget budget) => value;
    }

    /// <summary>A list with rules among its items.</summary>
    internal sealed class ListOf(LogicNode[] items) : LogicNode
    {
        public override LogicValue Evaluate(LogicValue data, LogicBudget budget) =>
            budget.Take(items.Length) ? budget.Made(LogicValue.Of(Array.ConvertAll(items, item => item.Evaluate(data, budget)))) : default;
    }

    /// <summary>An operator with its arguments.</summary>
    internal sealed class Call(LogicFunction function, LogicNode[] arguments) : LogicNode
    {
        public override LogicValue Evaluate(LogicValue data, LogicBudget budget) =>
            budget.Take() ? function(new LogicCall(arguments, data, budget)) : default;
    }
}

/// <summary>What an operator does.</summary>
internal delegate LogicValue LogicFunction(LogicCall call);

/// <summary>
/// One use of an operator. An argument is evaluated when it is asked for, so an operator asks once, and only for what it needs.
/// </summary>
internal readonly record struct LogicCall(LogicNode[] Arguments, LogicValue Data, LogicBudget Budget)
{
    /// <summary>The value of an argument; undefined when it is not given.</summary>
    public LogicValue this[int index] => index < Arguments.Length ? Arguments[index].Evaluate(Data, Budget) : default;

    public int Count => Arguments.Length;

    /// <summary>The values of all arguments.</summary>
    public LogicValue[] All()
    {
        var (data, budget) = (Data, Budget);
        return Array.ConvertAll(Arguments, argument => argument.Evaluate(data, budget));
    }

    /// <summary>An argument whose whole value will be looked at.</summary>
    public LogicValue Whole(int index)
    {
        var value = this[index];
        return Budget.TakeWhole(value) ? value : default;
    }

    /// <summary>The body of an operator over lists, with another value as its data.</summary>
    public LogicValue Body(int index, LogicValue data) => Arguments[index].Evaluate(data, Budget);
}
