using System.Globalization;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Words;

/// <summary>Times as they are said in logs, messages and outputs.</summary>
internal static class SpokenTime
{
    /// <summary>"Tuesday, December 1, 9:00 AM", on the time's own clock.</summary>
    public static string InFull(this DateTimeOffset time) => time.ToString("dddd, MMMM d, h:mm tt", CultureInfo.InvariantCulture);

    /// <summary>"Tue Dec 1, 9:00 AM", on the time's own clock.</summary>
    public static string InShort(this DateTimeOffset time) => time.ToString("ddd MMM d, h:mm tt", CultureInfo.InvariantCulture);

    /// <summary>"November 27".</summary>
    public static string InFull(this DateOnly day) => day.ToString("MMMM d", CultureInfo.InvariantCulture);

    /// <summary>"3 days", "1 day".</summary>
    public static string Days(int count) => count == 1 ? "1 day" : $"{count} days";

    /// <summary>The same time on a zone's clock; an unknown zone is UTC.</summary>
    public static DateTimeOffset On(this DateTimeOffset time, string zone) =>
        time.On(TimeZones.FindOrUtc(zone));
}
