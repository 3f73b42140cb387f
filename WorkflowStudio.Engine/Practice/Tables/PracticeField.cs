using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Tables;

/// <summary>What a field holds. Forms, JSON, CSV and the reference have what they need from it.</summary>
public enum FieldKind
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>Text of several lines.</summary>
    LongText,

    /// <summary>An e-mail address, kept in lower case.</summary>
    Email,

    /// <summary>A telephone number, kept as E.164 where it can be made so.</summary>
    Phone,

    /// <summary>An address of the web, http or https.</summary>
    Link,

    /// <summary>One of <see cref="PracticeField.Choices"/>.</summary>
    Choice,

    /// <summary>A number with up to four decimals.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A day, <c>2026-11-30</c>.</summary>
    Day,

    /// <summary>A time of the day on the practice's clock, <c>09:00</c>.</summary>
    Time,

    /// <summary>A moment, <c>2026-11-30T09:00:00-06:00</c>; without an offset it is meant on the practice's clock.</summary>
    Moment,

    /// <summary>Another record: its id, or what its table calls it.</summary>
    Record,
}

/// <summary>
/// A field of a table of the practice: one description from which its JSON, its column in CSV, its place in a form and its filter are made.
/// Values are <see cref="string"/>, <see cref="decimal"/> (numbers), <see cref="int"/> (whole ones), <see cref="bool"/>,
/// <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="DateTimeOffset"/> (moments; a <see cref="LocalDateTime"/> until the table has
/// put it on a clock), <see cref="Guid"/> (records; a text until the table has found it), or null for nothing.
/// </summary>
public abstract class PracticeField
{
    /// <summary>Its name in JSON and CSV: <c>availableFrom</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; init; }

    /// <summary>What it holds.</summary>
    public FieldKind Kind { get; init; }

    /// <summary>Whether a record has to have it.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>The most characters of a text.</summary>
    public int Longest { get; init; } = 200;

    /// <summary>The least number.</summary>
    public decimal Least { get; init; }

    /// <summary>The greatest number.</summary>
    public decimal Most { get; init; } = 1_000_000_000;

    /// <summary>What may be chosen.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>Whether a flag is set on a new record.</summary>
    public bool IsOn { get; init; }

    /// <summary>What people should know of it, in one sentence; may be empty.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Whether a search looks into it.</summary>
    public bool IsSearched { get; init; }

    /// <summary>Whether it is a column of the list.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whether it is only told: what is sent of it is passed over.</summary>
    public bool IsTold { get; init; }

    /// <summary>Whether it is a number, a day or a moment, which has an order.</summary>
    public bool IsRanked => Kind is FieldKind.Number or FieldKind.Whole or FieldKind.Day or FieldKind.Moment;

    /// <summary>Whether a list may be narrowed to those that have a value.</summary>
    public bool IsFilter => IsColumn && (IsRanked || Kind is FieldKind.Choice or FieldKind.Flag or FieldKind.Text or FieldKind.Email
        or FieldKind.Phone or FieldKind.Record);

    /// <summary>Whether it is a column of the table itself, by which the database can find and sort.</summary>
    public bool IsColumn { get; init; } = true;
}

/// <summary>Something that may be chosen.</summary>
/// <param name="Value">In JSON and CSV: <c>for_rent</c>.</param>
/// <param name="Label">For people.</param>
public sealed record FieldChoice(string Value, string Label)
{
    /// <summary>The values of an enumeration, in their order.</summary>
    public static IReadOnlyList<FieldChoice> Of<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new FieldChoice(ValueOf(v), LabelOf(ValueOf(v))))];

    /// <summary>The value of a member of an enumeration.</summary>
    public static string ValueOf(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string LabelOf(string value) => char.ToUpperInvariant(value[0]) + value[1..].Replace('_', ' ');
}

/// <summary>A field of a row.</summary>
public abstract class PracticeField<TRow> : PracticeField
{
    internal abstract object? Of(TRow row);

    internal abstract void Put(TRow row, object? value);

    internal abstract Expression<Func<TRow, bool>> Where(FilterRule rule, object? value);

    internal abstract Expression<Func<TRow, bool>> Holds(string like);

    internal abstract IOrderedQueryable<TRow> Order(IQueryable<TRow> rows, bool descending);
}

/// <summary>A field that is a property of a row.</summary>
internal sealed class PracticeField<TRow, TValue> : PracticeField<TRow>
{
    private readonly Expression<Func<TRow, TValue>> property;
    private readonly Func<TRow, TValue> get;
    private readonly Action<TRow, TValue> set;

    public PracticeField(Expression<Func<TRow, TValue>> property)
    {
        this.property = property;
        get = property.Compile();
        var value = Expression.Parameter(typeof(TValue));
        set = Expression.Lambda<Action<TRow, TValue>>(
            Expression.Assign(property.Body, value), property.Parameters[0], value).Compile();
    }

    internal override object? Of(TRow row) => get(row) switch
    {
        "" => null,
        Guid id when id == Guid.Empty => null,
        DateTimeOffset time when time == default => null,
        int minutes when Kind == FieldKind.Time => TimeOnly.MinValue.AddMinutes(minutes),
        long number when Kind == FieldKind.Whole => (int)number,
        Enum value => FieldChoice.ValueOf(value),
        var value => value,
    };

    internal override void Put(TRow row, object? value) => set(row, Typed(value));

    internal override Expression<Func<TRow, bool>> Where(FilterRule rule, object? value)
    {
        var sought = Parameter(Typed(value));
        return Expression.Lambda<Func<TRow, bool>>(
            rule switch
            {
                FilterRule.AtLeast => Expression.GreaterThanOrEqual(property.Body, sought),
                FilterRule.AtMost => Expression.LessThanOrEqual(property.Body, sought),
                _ => Expression.Equal(property.Body, sought),
            },
            property.Parameters);
    }

    internal override Expression<Func<TRow, bool>> Holds(string like) => Expression.Lambda<Func<TRow, bool>>(
        Expression.Call(
            typeof(DbFunctionsExtensions), nameof(DbFunctionsExtensions.Like), null,
            Expression.Constant(EF.Functions), property.Body, Parameter(like), Expression.Constant(LikeText.Escape)),
        property.Parameters);

    internal override IOrderedQueryable<TRow> Order(IQueryable<TRow> rows, bool descending) =>
        descending ? rows.OrderByDescending(property) : rows.OrderBy(property);

    private static TValue Typed(object? value)
    {
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        if (value is null) return type == typeof(string) ? (TValue)(object)"" : default!;
        if (value is TimeOnly time && type == typeof(int)) value = (time.Hour * 60) + time.Minute;
        if (value is int whole && type == typeof(long)) value = (long)whole;
        if (!type.IsEnum) return (TValue)value;
        return (TValue)(object)Enum.GetValues(type).Cast<Enum>().First(v => FieldChoice.ValueOf(v) == (string)value);
    }

    // a member of an object, as the compiler makes of a variable: then it is a parameter of the query
    private static MemberExpression Parameter<T>(T value) =>
        Expression.Field(Expression.Constant(new Box<T> { Value = value }), nameof(Box<>.Value));

    private sealed class Box<T>
    {
        public T Value = default!;
    }
}
