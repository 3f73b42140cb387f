using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>The setting <c>date_range</c> of steps that sum up a period: a word, or <c>{from, to}</c>.</summary>
internal static class PeriodSetting
{
    /// <summary>Its name.</summary>
    public const string Name = "date_range";

    /// <summary>What a form says of it.</summary>
    public const string Hint = "today, yesterday, last_7_days, last_30_days, this_month, last_month, this_quarter, last_quarter, "
        + "this_year, last_year, all; or the first and the last day: {\"from\":\"2026-11-01\",\"to\":\"2026-11-30\"}. In the "
        + "practice's zone.";

    /// <summary>What is taken without one.</summary>
    public const string Usual = "this_month";

    /// <summary>What is wrong with settings as they are stored.</summary>
    public static IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty(Name, out var value) || HoldsExpression(value)) return [];
        return Read(value, out _) is { } problem ? [problem] : [];
    }

    /// <summary>Reads the setting; what is wrong with it, or null.</summary>
    public static SettingProblem? Read(JsonElement value, out DateRange range)
    {
        range = DateRange.Named(Usual)!;
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return null;
            case JsonValueKind.String when value.GetString()!.Trim() is var name:
                if (name.Length == 0) return null;
                if (DateRange.Named(name) is not { } named)
                    return Wrong(Name, $"“{name}” is no period. Use one of {string.Join(", ", DateRange.Names)}, or {{\"from\", \"to\"}} "
                        + $"with two days.{NearestName.Hint(name, DateRange.Names)}");
                range = named;
                return null;
            case JsonValueKind.Object:
                return Days(value, out range);
            default:
                return Wrong(Name, $"Period must be a word such as last_7_days or an object with from and to, but {Quote.Value(value)} was "
                    + "found.");
        }
    }

    private static SettingProblem? Days(JsonElement value, out DateRange range)
    {
        range = DateRange.Named(Usual)!;
        if (Day(value, "from", out var from) is { } noDay) return noDay;
        if (Day(value, "to", out var to) is { } noOther) return noOther;
        if (from is null && to is null) return Wrong(Name, "Period needs from, to or both, each a day such as 2026-11-01.");
        if (from > to) return Wrong(Name, $"Period ends on {to:yyyy-MM-dd}, before it begins on {from:yyyy-MM-dd}. Exchange from and to.");
        range = DateRange.Between(from, to);
        return null;
    }

    private static SettingProblem? Day(JsonElement value, string name, out DateOnly? day)
    {
        day = null;
        if (!value.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null) return null;
        if (given.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(
            given.GetString()!.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            && read.Year is > 1 and < 9999)
        {
            day = read;
            return null;
        }

        return Wrong($"{Name}.{name}", $"Period: {name} must be a day such as 2026-11-01, but {Quote.Value(given)} was found.");
    }

    private static bool HoldsExpression(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Template.Contains(value.GetString()!),
        JsonValueKind.Object => value.EnumerateObject().Any(p => HoldsExpression(p.Value)),
        _ => false,
    };

    private static SettingProblem Wrong(string path, string message) => SettingProblem.Wrong(path, message);
}

/// <summary>A period in the output of a step.</summary>
public sealed record PeriodFacts
{
    [Setting("Name", Description = "The word that it was named by; custom for two days.")]
    public required string Name { get; init; }

    [Setting("From", Description = "Its first moment, on the practice's clock; empty when it has no beginning.")]
    public DateTimeOffset? From { get; init; }

    [Setting("Before", Description = "The moment at which it is over; empty when it is not over yet.")]
    public DateTimeOffset? Before { get; init; }

    internal static PeriodFacts Of(Period period) => new() { Name = period.Name, From = period.From, Before = period.Before };
}
