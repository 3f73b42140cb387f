using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Components.Home;

/// <summary>
/// Bars of runs, the failed ones stacked above with a gap of 2 px. Widths are shares of the space, heights are pixels, so text never
/// scales.
/// </summary>
public sealed partial class RunsChart
{
    private const int Height = 132;
    private const double Gap = 0.2;

    [Parameter, EditorRequired]
    public IReadOnlyList<Bar> Bars { get; set; } = [];

    private long Top => TopOf(Bars.Count == 0 ? 0 : Bars.Max(b => b.Count.Total));

    /// <summary>The smallest of 2, 4, 10, 20, 40, 100 … that holds the highest bar: its half is a whole number, too.</summary>
    internal static long TopOf(long highest)
    {
        for (long unit = 1; ; unit *= 10)
        {
            foreach (var top in (ReadOnlySpan<long>)[2, 4, 10])
            {
                if (top * unit >= highest) return top * unit;
            }
        }
    }

    // what is there is seen, however high the others are
    private int Pixels(long count) => count == 0 ? 0 : Math.Max(2, (int)Math.Round((double)count * (Height - 6) / Top));

    private string Percent(double bars) => (100 * bars / Bars.Count).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>One bar.</summary>
    /// <param name="Label">Below it; may be empty.</param>
    /// <param name="Name">In full.</param>
    public sealed record Bar(string Label, string Name, RunBar Count);
}
