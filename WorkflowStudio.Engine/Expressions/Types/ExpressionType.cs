namespace WorkflowStudio.Engine.Expressions.Types;

/// <summary>What is known of a value before it is there.</summary>
/// <param name="Kind">Its kind.</param>
public sealed record ExpressionType(TypeKind Kind)
{
    /// <summary>Nothing is known.</summary>
    public static ExpressionType Any { get; } = new(TypeKind.Any);

    /// <summary>Always null.</summary>
    public static ExpressionType Null { get; } = new(TypeKind.Null);

    /// <summary>True or false.</summary>
    public static ExpressionType Boolean { get; } = new(TypeKind.Boolean);

    /// <summary>A number.</summary>
    public static ExpressionType Number { get; } = new(TypeKind.Number);

    /// <summary>Text.</summary>
    public static ExpressionType Text { get; } = new(TypeKind.Text);

    /// <summary>Text that is a date, ISO 8601.</summary>
    public static ExpressionType Date { get; } = new(TypeKind.Date);

    /// <summary>A list of anything.</summary>
    public static ExpressionType List { get; } = new(TypeKind.List);

    /// <summary>An object of unknown fields.</summary>
    public static ExpressionType Object { get; } = new(TypeKind.Object);

    /// <summary>The type of a list's items, or of the values of an object whose names are free; null when it is not known.</summary>
    public ExpressionType? Items { get; init; }

    /// <summary>The fields of an object; null when they are not known.</summary>
    public IReadOnlyDictionary<string, ExpressionType>? Fields { get; init; }

    /// <summary>Whether the value, or a part of it, must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The kind in words, for messages and docs.</summary>
    public string Words => Kind switch
    {
        TypeKind.Null => "nothing (null)",
        TypeKind.Boolean => "a yes-or-no value",
        TypeKind.Number => "a number",
        TypeKind.Text => "a text",
        TypeKind.Date => "a date",
        TypeKind.List => "a list",
        TypeKind.Object => "an object",
        _ => "any value",
    };

    /// <summary>An object of known fields; secret as a whole when one of them is.</summary>
    public static ExpressionType ObjectOf(IReadOnlyDictionary<string, ExpressionType> fields) =>
        Object with { Fields = fields, IsSecret = fields.Values.Any(f => f.IsSecret) };

    /// <summary>The type, secret with everything in it.</summary>
    public ExpressionType AsSecret() => this with
    {
        IsSecret = true,
        Items = Items?.AsSecret(),
        Fields = Fields?.ToDictionary(f => f.Key, f => f.Value.AsSecret(), StringComparer.Ordinal),
    };

    /// <summary>A list of items of a type.</summary>
    public static ExpressionType ListOf(ExpressionType items) => List with { Items = items, IsSecret = items.IsSecret };

    /// <summary>What is common to two types: itself when they are of one kind, else anything.</summary>
    public static ExpressionType Join(ExpressionType a, ExpressionType b)
    {
        var secret = a.IsSecret || b.IsSecret;
        if (ReferenceEquals(a, b)) return a;
        if (a.Kind == TypeKind.Null || b.Kind == TypeKind.Null) return (a.Kind == TypeKind.Null ? b : a) with { IsSecret = secret };
        var kind = (a.Kind, b.Kind) switch
        {
            var (x, y) when x == y => x,
            (TypeKind.Text, TypeKind.Date) or (TypeKind.Date, TypeKind.Text) => TypeKind.Text,
            _ => TypeKind.Any,
        };
        return new ExpressionType(kind)
        { Items = kind == TypeKind.List && a.Items is { } x1 && b.Items is { } x2 ? Join(x1, x2) : null, IsSecret = secret };
    }
}

/// <summary>The kinds of values, as they are known before they are there.</summary>
public enum TypeKind
{
    /// <summary>Not known.</summary>
    Any,

    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Text that is a date.</summary>
    Date,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object.</summary>
    Object,
}
