using WorkflowStudio.Components.Shared.Pages;

namespace WorkflowStudio.Components.Practice;

/// <summary>The week of the calendar.</summary>
/// <param name="Day">Any day of the week that is shown; null for this week.</param>
public sealed record CalendarQuery(DateOnly? Day = null) : IPageQuery<CalendarQuery>
{
    public static CalendarQuery Of(AddressValues address) => new(address.Day("day"));

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?> { ["day"] = AddressValues.Day(Day) };
}
