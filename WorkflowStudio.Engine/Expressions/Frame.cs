using System.Text.Json;
using NodaTime;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Why an evaluation stopped that did not merely miss a value.</summary>
/// <param name="Code">One of <see cref="ExpressionProblemCodes"/>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Position">Where, in characters of the template's text.</param>
internal sealed record Failure(string Code, string Message, int Position);

/// <summary>
/// One evaluation: what it sees, what it may still spend, the parameters of its lambdas and why it stopped. Used by one thread.
/// </summary>
internal sealed class Frame(IScope scope)
{
    private Value[] locals = [];
    private DateTimeZone? zone;
    private BusinessHours? hours;
    private int left = ExpressionLimits.MaxSteps;

    /// <summary>What paths are looked up in.</summary>
    public IScope Scope => scope;

    /// <summary>Why a value is missing, when <see cref="Failure"/> is null.</summary>
    public Missing Missing { get; private set; }

    /// <summary>Why the evaluation stopped for good; <c>??</c> does not help.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>The zone of the run: <c>$run.time_zone</c>, else <c>$workspace.time_zone</c>, else UTC.</summary>
    public DateTimeZone Zone => zone ??= ZoneOf(AmbientNames.Run) ?? ZoneOf(AmbientNames.Workspace) ?? DateTimeZone.Utc;

    /// <summary>When the practice is open: <c>$workspace.business_hours</c>, else Monday to Friday, 9 to 17.</summary>
    public BusinessHours Hours =>
        hours ??= BusinessHours.Of(scope.TryAmbient(AmbientNames.Workspace, out var workspace) ? Value.Of(workspace) : Value.Null);

    /// <summary>The time of the call: <c>$now</c>. False where nothing provides it.</summary>
    public bool TryNow(out DateValue now)
    {
        now = default;
        return scope.TryAmbient(AmbientNames.Now, out var value) && value.ValueKind == JsonValueKind.String
            && DateText.TryRead(value.GetString()!, Zone, out now);
    }

    /// <summary>Takes steps from the budget; false, with the failure, when it is spent.</summary>
    public bool Charge(int steps, int position)
    {
        left -= steps;
        return left >= 0 || Fail(ExpressionProblemCodes.TooManySteps, "The expression takes more than 1,000,000 steps. Work on fewer "
            + "items, or split it over several steps of the workflow.", position);
    }

    /// <summary>Ends the evaluation. Always false.</summary>
    public bool Fail(string code, string message, int position)
    {
        Failure ??= new Failure(code, message, position);
        return false;
    }

    /// <summary>Notes that a value is missing. Always false.</summary>
    public bool Lacks(Missing missing)
    {
        Missing = missing;
        return false;
    }

    /// <summary>Notes what a missing value was wanted for; the innermost that asked for it counts. Always false.</summary>
    public bool Wants(ParameterType kind)
    {
        Missing = Missing with { Wanted = Missing.Wanted ?? kind };
        return false;
    }

    /// <summary>Whether a value that was made keeps the limits.</summary>
    public bool Keeps(Value value, int position)
    {
        if (value.Depth > ExpressionLimits.MaxDepth)
            return Fail(ExpressionProblemCodes.ResultTooLarge, "The value is nested deeper than 64 levels.", position);
        return value.Size <= ExpressionLimits.MaxResultBytes
            || Fail(ExpressionProblemCodes.ResultTooLarge, "The value is larger than 1 MiB. Work on a part of the data.", position);
    }

    /// <summary>The parameter of a lambda.</summary>
    public Value Local(int slot) => locals[slot];

    /// <summary>Gives a lambda its parameters; names that were not asked for are left out.</summary>
    public void Bind(Expression.Lambda lambda, ReadOnlySpan<Value> given)
    {
        var needed = lambda.FirstSlot + lambda.Names.Length;
        if (locals.Length < needed) Array.Resize(ref locals, Math.Max(needed, 4));
        given[..lambda.Names.Length].CopyTo(locals.AsSpan(lambda.FirstSlot));
    }

    private DateTimeZone? ZoneOf(string ambient) =>
        scope.TryAmbient(ambient, out var value) && value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("time_zone"u8, out var id) && id.ValueKind == JsonValueKind.String
            ? TimeZones.Find(id.GetString()!)
            : null;
}
