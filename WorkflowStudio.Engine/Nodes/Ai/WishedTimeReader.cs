using System.Globalization;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>
/// Finds in a message when somebody would like to come: "tomorrow", "next week", "Monday morning", "December 1", "in 3 days", "at 3 pm".
/// </summary>
internal static class WishedTimeReader
{
    private const int MaxDaysAhead = 366;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve"];

    /// <summary>What is wished, seen from the given day, or null. The first day that is named counts.</summary>
    public static WishedTime? Read(MessageWords words, DateOnly today)
    {
        (DateOnly First, DateOnly Last)? days = null;
        string? part = null;
        TimeOnly? time = null;
        for (var i = 0; i < words.Count; i++)
        {
            if (words.IsDenied(i)) continue;
            days ??= DaysAt(words, i, today);
            part ??= PartOf(words, i);
            time ??= TimeAt(words, i);
        }

        var wish = new WishedTime(days?.First, days?.Last, time is null ? part : null, time);
        return wish.IsEmpty ? null : wish;
    }

    private static (DateOnly, DateOnly)? DaysAt(MessageWords words, int i, DateOnly today)
    {
        var next = words[i - 1] is "next";
        switch (words[i])
        {
            case "today" or "tonight" or "asap" or "immediately":
                return (today, today.AddDays(words[i] is "today" or "tonight" ? 0 : 7));
            case "tomorrow":
                return One(today.AddDays(words[i - 1] is "after" ? 2 : 1));
            case "week" when next:
                return Week(today.AddDays(7));
            case "week" when words[i - 1] is "this":
                return (today, Week(today).Last);
            case "month" when next:
                var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
                return (first, first.AddMonths(1).AddDays(-1));
            case "weekend":
                var saturday = today.AddDays((DayOfWeek.Saturday - today.DayOfWeek + 7) % 7);
                return (saturday, saturday.AddDays(1));
            case "in" or "within":
                return Ahead(words, i, today);
            default:
                return WeekdayAt(words[i], next, today) ?? DateAt(words, i, today);
        }
    }

    private static (DateOnly First, DateOnly Last) Week(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return (monday, monday.AddDays(6));
    }

    private static (DateOnly, DateOnly) One(DateOnly day) => (day, day);

    private static (DateOnly, DateOnly)? Ahead(MessageWords words, int i, DateOnly today)
    {
        var count = words[i + 1] is "a" or "an" ? 1 : Number(words[i + 1]);
        var days = words[i + 2] switch { "day" or "days" => count, "week" or "weeks" => count * 7, _ => 0 };
        if (days is < 1 or > MaxDaysAhead) return null;
        var day = today.AddDays(days);
        return words[i] == "within" ? (today, day) : words[i + 2][0] == 'w' ? Week(day) : One(day);
    }

    private static int Number(string word)
    {
        var named = Array.IndexOf(Numbers, word);
        return named >= 0 ? named
            : word.Length <= 3 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : 0;
    }

    /// <summary>The next day of that name, not today; "next Tuesday" is the one of next week.</summary>
    private static (DateOnly, DateOnly)? WeekdayAt(string word, bool next, DateOnly today)
    {
        if (word.Length > 3 && word[^1] == 's' && !word.EndsWith("ues", StringComparison.Ordinal)) word = word[..^1];
        DayOfWeek? weekday = word switch
        {
            "monday" => DayOfWeek.Monday,
            "tuesday" => DayOfWeek.Tuesday,
            "wednesday" => DayOfWeek.Wednesday,
            "thursday" => DayOfWeek.Thursday,
            "friday" => DayOfWeek.Friday,
            "saturday" => DayOfWeek.Saturday,
            "sunday" => DayOfWeek.Sunday,
            _ => null,
        };
        if (weekday is not { } day) return null;
        if (next) return One(Week(today.AddDays(7)).First.AddDays(((int)day + 6) % 7));
        var ahead = (day - today.DayOfWeek + 7) % 7;
        return One(today.AddDays(ahead == 0 ? 7 : ahead));
    }

    private static (DateOnly, DateOnly)? DateAt(MessageWords words, int i, DateOnly today)
    {
        var word = words[i];
        if (word.Length == 10 && DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
            return Near(iso, today);
        if (word.Length is >= 3 and <= 10 && word.Split('/') is { Length: 2 or 3 } parts && Day(parts[0]) is var m and > 0
            && Day(parts[1]) is var d and > 0)
            return Near(Next(m, d, today), today);
        // "may" is a word of its own: as a month it needs its day behind it
        var month = word.Length >= 3 ? Array.FindIndex(Months, name => word == name
            || (word.StartsWith(name, StringComparison.Ordinal) && IsMonth(word))) + 1 : 0;
        if (month == 0) return null;
        var after = Day(words[i + 1]);
        if (after > 0) return Near(Next(month, after, today), today);
        var before = Day(words[i - 1] is "of" ? words[i - 2] : words[i - 1]);
        return before > 0 && word != "may" ? Near(Next(month, before, today), today) : null;
    }

    private static bool IsMonth(string word) =>
        word is "january" or "february" or "march" or "april" or "june" or "july" or "august" or "september" or "sept" or "october"
            or "november" or "december";

    private static int Day(string word)
    {
        if (word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th") word = word[..^2];
        return word.Length is 1 or 2 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : 0;
    }

    /// <summary>The next such day from today on; null when there is no such day in the year.</summary>
    private static DateOnly? Next(int month, int day, DateOnly today)
    {
        for (var year = today.Year; year <= today.Year + 1; year++)
        {
            if (month <= 12 && day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) is var date && date >= today)
                return date;
        }

        return null;
    }

    private static (DateOnly, DateOnly)? Near(DateOnly? day, DateOnly today) =>
        day is { } date && date >= today && date.DayNumber - today.DayNumber <= MaxDaysAhead ? One(date) : null;

    private static string? PartOf(MessageWords words, int i) => words[i] switch
    {
        "morning" or "mornings" when words[i - 1] is not "good" => "morning",
        "am" when !char.IsAsciiDigit(words[i - 1].FirstOrDefault('x')) && words[i - 1] is not "i" => "morning",
        "noon" or "lunchtime" or "midday" or "afternoon" or "afternoons" when words[i - 1] is not "good" => "afternoon",
        "evening" or "evenings" or "tonight" when words[i - 1] is not "good" => "evening",
        _ => null,
    };

    /// <summary>"3pm", "3 pm", "3:30 pm", "15:30"; a bare number is no time.</summary>
    private static TimeOnly? TimeAt(MessageWords words, int i)
    {
        var word = words[i];
        if (!char.IsAsciiDigit(word.FirstOrDefault('x')) || word.Length > 7) return null;
        var half = word.EndsWith("am", StringComparison.Ordinal) ? "am" : word.EndsWith("pm", StringComparison.Ordinal) ? "pm"
            : words[i + 1] is "am" or "pm" ? words[i + 1] : words[i + 1] is "a" or "p" && words[i + 2] is "m" ? words[i + 1] + "m" : null;
        var clock = word.TrimEnd('a', 'p', 'm').Split(':');
        if (clock.Length > 2 || (clock.Length == 1 && half is null)) return null;
        if (!int.TryParse(clock[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)) return null;
        var minute = 0;
        if (clock.Length == 2
            && !(clock[1].Length == 2 && int.TryParse(clock[1], NumberStyles.None, CultureInfo.InvariantCulture, out minute))) return null;
        if (half is not null && hour is < 1 or > 12) return null;
        hour = half switch { "am" => hour % 12, "pm" => (hour % 12) + 12, _ => hour };
        return hour < 24 && minute < 60 ? new TimeOnly(hour, minute) : null;
    }
}
