using System.Globalization;

namespace WorkflowStudio.Engine.Schedules.Cron;

/// <summary>One of the five fields: its name in messages, its numbers and the names that stand for them.</summary>
internal sealed record CronField(string Name, int Min, int Max, int MaxStep, IReadOnlyList<string> Names)
{
    public static CronField Minutes { get; } = new("Minutes", 0, 59, 59, []);

    public static CronField Hours { get; } = new("Hours", 0, 23, 23, []);

    public static CronField DaysOfMonth { get; } = new("Days of month", 1, 31, 31, []);

    public static CronField Months { get; } = new(
        "Months", 1, 12, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);

    /// <summary>Sunday is 0 and 7.</summary>
    public static CronField DaysOfWeek { get; } = new("Days of week", 0, 7, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    /// <summary>In the order in which they are written.</summary>
    public static IReadOnlyList<CronField> All { get; } = [Minutes, Hours, DaysOfMonth, Months, DaysOfWeek];

    /// <summary>The number that a text stands for; null when it is none of this field's.</summary>
    public int? Number(string text)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Equals(text, StringComparison.OrdinalIgnoreCase)) return Min + i;
        }

        return Digits(text) is { } number && number >= Min && number <= Max ? number : null;
    }

    /// <summary>A text of one to three digits as a number; null for anything else.</summary>
    public static int? Digits(string text) =>
        text.Length is > 0 and <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What may stand here, for messages.</summary>
    public string Possible =>
        Names.Count == 0 ? $"a number between {Min} and {Max}" : $"a number between {Min} and {Max} or one of {string.Join(", ", Names)}";
}
