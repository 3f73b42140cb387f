using Microsoft.AspNetCore.Components;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Components.Home;

/// <summary>The first page: what needs attention, what comes next, how runs went.</summary>
public sealed partial class Home
{
    [Inject]
    private ReadHome ReadHome { get; set; } = null!;

    private string Greeting
    {
        get
        {
            var part = Session.Format.Now.Hour switch { < 12 => "morning", < 18 => "afternoon", _ => "evening" };
            var name = Session.Caller.Name.Split(' ')[0];
            return name.Contains('@', StringComparison.Ordinal) || name.Length == 0 ? $"Good {part}" : $"Good {part}, {name}";
        }
    }

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var (range, format) = (Query.Range, Session.Format);
        var edges = range.Edges(format);
        var read = await ReadHome.ReadAsync(Session.Caller, edges, Closing);
        if (!read.Ok) return read.Problem;
        var bars = read.Value.Bars;
        var drawn = bars.Select(
            (count, i) => new RunsChart.Bar(range.Label(i, bars.Count, edges[i], format), range.Name(edges[i], format), count));
        return new Shown(read.Value, range, [.. drawn]);
    }

    /// <summary>What the page shows: the facts of a stretch of time, and the bars of its chart.</summary>
    public sealed record Shown(HomeFacts Facts, HomeRange Range, IReadOnlyList<RunsChart.Bar> Bars);
}
