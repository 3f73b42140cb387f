namespace WorkflowStudio.Engine.Practice.Tables;

/// <summary>A row of a table of the practice, as people and programs see it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="Values">The values, in the order of the table's fields.</param>
public sealed record PracticeRecord(Guid Id, string Title, DateTimeOffset CreatedAt, IReadOnlyList<object?> Values);

/// <summary>A page of records, and how many there are in all.</summary>
public sealed record RecordPage(IReadOnlyList<PracticeRecord> Items, int Total);

/// <summary>Which records are wanted, in which order.</summary>
/// <param name="Search">A part of what the fields that are searched hold; null for any.</param>
/// <param name="Filters">All of them have to hold.</param>
public sealed record RecordQuery(string? Search, IReadOnlyList<RecordFilter> Filters)
{
    /// <summary>The longest search in characters; more is left out.</summary>
    public const int LongestSearch = 200;

    /// <summary>Those that were added last come first.</summary>
    public static RecordQuery All { get; } = new(null, []);

    /// <summary>By which field they are ordered; null for the last added first.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether the greatest comes first.</summary>
    public bool Descending { get; init; }
}

/// <summary>How a filter compares.</summary>
public enum FilterRule
{
    /// <summary>The same.</summary>
    Is,

    /// <summary>The same or more.</summary>
    AtLeast,

    /// <summary>The same or less.</summary>
    AtMost,
}

/// <summary>What a field has to hold.</summary>
public sealed record RecordFilter(string Field, FilterRule Rule, object? Value);

/// <summary>What is wrong with a field.</summary>
/// <param name="Field">Its name; empty for the whole.</param>
/// <param name="Message">Cause and remedy, for people.</param>
public sealed record FieldProblem(string Field, string Message)
{
    /// <summary>The code of the conflict where the value is right and what there is stands against it; null where it is wrong.</summary>
    public string? Conflict { get; init; }
}

/// <summary>What became of a change.</summary>
public abstract record RecordOutcome
{
    /// <summary>It was done.</summary>
    public sealed record Done(PracticeRecord Record) : RecordOutcome;

    /// <summary>It cannot be, for these reasons; nothing was written.</summary>
    public sealed record Wrong(IReadOnlyList<FieldProblem> Problems) : RecordOutcome;

    /// <summary>There is none of this id.</summary>
    public sealed record Unknown : RecordOutcome;

    /// <summary>Something needs it; nothing was removed.</summary>
    public sealed record Used(string Why) : RecordOutcome;
}
