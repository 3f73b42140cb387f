using System.Globalization;
using NodaTime;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Scheduling.Cron;

/// <summary>The table of shared/examples/cron-cases.md, as it is.</summary>
internal sealed record CronCase(string Expression, string Zone, Instant From, string Expected, string About)
{
    public static IReadOnlyList<CronCase> All { get; } =
    [
        .. SharedFiles.Read("examples/cron-cases.md").Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(Read),
    ];

    public bool IsReject => Expected.StartsWith("reject:", StringComparison.Ordinal);

    /// <summary>A time without a date is of the date before it in the list.</summary>
    public IReadOnlyList<OffsetDateTime> Times()
    {
        if (Expected == "null") return [];
        var date = "";
        var times = new List<OffsetDateTime>();
        foreach (var entry in Expected.Split(", "))
        {
            if (entry.Contains(' ', StringComparison.Ordinal)) date = entry.Split(' ')[0];
            times.Add(Time(entry.Contains(' ', StringComparison.Ordinal) ? entry : $"{date} {entry}"));
        }

        return times;
    }

    private static CronCase Read(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        return new CronCase(cells[1].Trim('`'), cells[2], Time(cells[3]).ToInstant(), cells[4], cells[5]);
    }

    private static OffsetDateTime Time(string text) =>
        OffsetDateTime.FromDateTimeOffset(DateTimeOffset.ParseExact(
            text.Replace("Z", "+00:00", StringComparison.Ordinal), "yyyy-MM-dd HH:mmzzz", CultureInfo.InvariantCulture));
}
