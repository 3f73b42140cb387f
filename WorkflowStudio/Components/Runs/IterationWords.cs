using System.Text.Json;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>What people read about iterations.</summary>
internal static class IterationWords
{
    private const int MostCharacters = 120;

    /// <summary>"12 items: 7 done, 1 failed, 2 running, 2 not started".</summary>
    public static string Sum(LoopView loop)
    {
        var parts = new[]
        {
            (loop.Done, "done"), (loop.Failed, "failed"), (loop.Running, "running"), (loop.Canceled, "canceled"),
            (loop.NotStarted, "not started"), (loop.TakenOver, "taken over from the repeated run"),
        };
        var said = string.Join(", ", parts.Where(p => p.Item1 > 0).Select(p => $"{p.Item1} {p.Item2}"));
        return StudioFormat.Count(loop.Iterations.Count, "item", "items") + (said.Length > 0 ? $": {said}" : "");
    }

    /// <summary>A value on one line, shortened.</summary>
    public static string Short(JsonElement value)
    {
        var text = value.ValueKind switch
        { JsonValueKind.Undefined => "", JsonValueKind.String => value.GetString()!, _ => value.GetRawText() };
        text = text.ReplaceLineEndings(" ");
        return ShownText.Cut(text, MostCharacters);
    }

    /// <summary>How long it took, or where it was done.</summary>
    public static string Length(IterationView iteration) => iteration switch
    {
        { TakenOver: true } => "Taken over",
        { StartedAt: { } from, EndedAt: { } to } => StudioFormat.Duration(to - from),
        _ => "",
    };

    /// <summary>The words below a step on the canvas that runs through items; null when it has not begun.</summary>
    public static string? OfLoop(IReadOnlyList<LoopView> loops)
    {
        if (loops.Count == 0) return null;
        var (all, over, failed) = (loops.Sum(l => l.Iterations.Count), loops.Sum(l => l.Done), loops.Sum(l => l.Failed));
        var said = over + failed == all
            ? $"{StudioFormat.Count(all, "item", "items")}"
            : $"{over + failed} of {StudioFormat.Count(all, "item", "items")}";
        return failed > 0 ? $"{said}, {failed} failed" : said;
    }

    /// <summary>How many of its items a for-each is through with: "12 of 20".</summary>
    public static string Through(IReadOnlyList<LoopView> loops) =>
        $"{StudioFormat.Count(loops.Sum(l => l.Done + l.Failed))} of {StudioFormat.Count(loops.Sum(l => l.Iterations.Count))}";

    /// <summary>How many items a step inside a for-each is through with: "12 of 20".</summary>
    public static string Through(RunWatch run, string stepId) =>
        $"{StudioFormat.Count(run.Iterations.Tally(stepId).Over)} of {StudioFormat.Count(run.Iterations.Expected(stepId))}";

    /// <summary>
    /// The words of a step inside a for-each with the longest time that an item took it; null before its first iteration.
    /// </summary>
    public static string? OfStep(RunWatch run, string stepId, TimeSpan? longest)
    {
        var said = OfStep(run, stepId);
        return said is null || longest is not { TotalMilliseconds: >= 1 } length
            ? said
            : $"{said}, longest {StudioFormat.Duration(length)}";
    }

    /// <summary>The words of a step inside a for-each; null before its first iteration.</summary>
    public static string? OfStep(RunWatch run, string stepId)
    {
        var tally = run.Iterations.Tally(stepId);
        var all = run.Iterations.Expected(stepId);
        var said = tally.Status switch
        {
            StepStatus.NotStarted => null,
            StepStatus.Running => $"{StudioFormat.Count(tally.Over)} of {StudioFormat.Count(all)}, {tally.Running} running",
            StepStatus.Waiting => $"{StudioFormat.Count(tally.Over)} of {StudioFormat.Count(all)}, {tally.Waiting} waiting",
            _ when tally.Done == 0 => null,
            _ => $"Done {StudioFormat.Count(tally.Done)} of {StudioFormat.Count(all)}",
        };
        return (said, tally.Failed) switch { (_, 0) => said, (null, _) => $"{tally.Failed} failed", _ => $"{said}, {tally.Failed} failed" };
    }

    /// <summary>"Item 4" or "item 4.1", for log lines; null outside of every for-each.</summary>
    public static string? Place(string? iteration) =>
        iteration is null ? null : "item "
            + string.Join('.', iteration.Split('.').Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) + 1));
}
