namespace WorkflowStudio.Engine.Model;

/// <summary>A time of the week at which the practice is open, on its own clock.</summary>
/// <param name="Weekday">The day.</param>
/// <param name="From">Minutes from midnight.</param>
/// <param name="To">Minutes from midnight, at most 1440.</param>
public sealed record OpenTime(DayOfWeek Weekday, int From, int To);
