using System.Globalization;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Components.Home;

/// <summary>One of the four figures beside the chart.</summary>
/// <param name="Tone">done or failed, when the comparison is good or bad.</param>
internal sealed record HomeFigure(string Title, string Value, string Unit, string Note, string? Tone = null)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static IReadOnlyList<HomeFigure> Of(HomeFacts facts, HomeRange range)
    {
        var sum = facts.Bars.Aggregate(new RunBar(0, 0, 0), (a, b) => a + b);
        return [Success(sum, facts.Before), Runs(sum, facts.Before, range), Length("Half finish within", facts.Half),
            Length("95% finish within", facts.NineteenOfTwenty)];
    }

    private static HomeFigure Success(RunBar now, RunBar before)
    {
        if (now.SuccessRate is not { } rate) return new("Success rate", "–", "", "No run has ended yet");
        var value = (Math.Floor(rate * 1000) / 10).ToString("0.#", English); // 99.96 % is not 100 %
        var failed = $"{StudioFormat.Count(now.Failed)} failed";
        if (before.SuccessRate is not { } then) return new("Success rate", value, "%", failed);
        var points = Math.Round((rate - then) * 100, 1);
        return points switch
        {
            > 0 => new("Success rate", value, "%", $"↑ {points.ToString("0.#", English)} points, {failed}", "done"),
            < 0 => new("Success rate", value, "%", $"↓ {(-points).ToString("0.#", English)} points, {failed}", "failed"),
            _ => new("Success rate", value, "%", $"As before, {failed}"),
        };
    }

    private static HomeFigure Runs(RunBar now, RunBar before, HomeRange range)
    {
        var value = StudioFormat.Count(now.Total);
        var time = range.Days == 1 ? "yesterday" : $"the {range.Days} days before";
        if (before.Total == 0) return new("Runs", value, "", $"None in {(range.Days == 1 ? "the day before" : time)}");
        var change = (int)Math.Round(100.0 * (now.Total - before.Total) / before.Total);
        return new("Runs", value, "", change switch
        {
            > 0 => $"↑ {change}% over {time}",
            < 0 => $"↓ {-change}% under {time}",
            _ => $"As many as {time}",
        });
    }

    private static HomeFigure Length(string title, TimeSpan? length)
    {
        if (length is not { } time) return new(title, "–", "", "No run was done yet");
        var words = StudioFormat.Duration(time).Split(' ');
        return new(title, words[0], words[1], "without waits");
    }
}
