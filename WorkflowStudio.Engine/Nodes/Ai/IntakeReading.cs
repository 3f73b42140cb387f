using System.Globalization;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>What was read out of a message: by rules or by a model.</summary>
internal sealed record IntakeReading
{
    public const int CalmUrgency = 3;

    /// <summary>The person as far as the message names one.</summary>
    public ContactFields Contact { get; init; } = ContactFields.None;

    /// <summary>One of <see cref="Intents"/>.</summary>
    public required string Intent { get; init; }

    /// <summary>1 (can wait) to 10 (now).</summary>
    public required int Urgency { get; init; }

    /// <summary>One sentence; null leaves it to the rules.</summary>
    public string? Summary { get; init; }

    /// <summary>When the person would like to come; null when nothing was said.</summary>
    public WishedTime? Wish { get; init; }

    /// <summary>The intents, each with the words in which a summary tells it.</summary>
    public static IReadOnlyDictionary<string, string> Intents { get; } = new Dictionary<string, string>
    {
        ["booking"] = "would like an appointment",
        ["reschedule"] = "wants to move an appointment",
        ["cancel"] = "wants to cancel an appointment",
        ["billing"] = "writes about an invoice or payment",
        ["prescription"] = "asks for a prescription",
        ["results"] = "asks for results",
        ["complaint"] = "is not satisfied",
        ["question"] = "has a question",
        ["other"] = "wrote",
    };
}

/// <summary>When a person would like to come.</summary>
/// <param name="FirstDay">The first day that would do, or null.</param>
/// <param name="LastDay">The last day that would do, or null.</param>
/// <param name="Part"><c>morning</c>, <c>afternoon</c>, <c>evening</c>, or null.</param>
/// <param name="Time">A time of day, or null.</param>
internal sealed record WishedTime(DateOnly? FirstDay, DateOnly? LastDay, string? Part, TimeOnly? Time)
{
    public bool IsEmpty => FirstDay is null && LastDay is null && Part is null && Time is null;

    /// <summary>"next week, in the morning", "on Monday, November 30, at 3:00 PM".</summary>
    public string InWords(DateOnly today)
    {
        var days = (FirstDay, LastDay) switch
        {
            (null, null) => null,
            ({ } first, { } last) when first == last =>
                first == today ? "today" : first == today.AddDays(1) ? "tomorrow" : $"on {Say(first)}",
            ({ } first, { } last) when last == first.AddDays(6) && first.DayOfWeek == DayOfWeek.Monday && first > today
                && first <= today.AddDays(7) => "next week",
            ({ } first, { } last) => $"from {Say(first)} to {Say(last)}",
            ({ } first, null) => $"from {Say(first)} on",
            (null, { } last) => $"until {Say(last)}",
        };
        var hours = Time is { } time ? $"at {time.ToString("h:mm tt", CultureInfo.InvariantCulture)}"
            : Part is null ? null
            : $"in the {Part}";
        return string.Join(", ", new[] { days, hours }.OfType<string>());
    }

    private static string Say(DateOnly day) => day.ToString("dddd, MMMM d", CultureInfo.InvariantCulture);
}
