using System.Text.RegularExpressions;

namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// What is known of the run that a violation names, so that its cause can be found: lives, journal, calls, requests, lines of the server's
/// log.
/// </summary>
internal static partial class CrashDetails
{
    public static IEnumerable<string> Of(string violation, CrashFacts facts, string log)
    {
        if (RunId().Match(violation) is not { Success: true, Value: var run }) yield break;
        yield return "";
        yield return violation;
        foreach (var header in facts.Runs.Where(r => r.Id == run)) yield return $"  {header}";
        var began = facts.Lives.Select(l => (At: l.Value, Text: $"life {l.Key} begins"));
        var entries = facts.Entries.Where(e => e.Run == run)
            .Select(e => (e.At, Text: $"entry {e.Seq}: kind {e.Kind} {e.Place} attempt {e.Attempt} {e.By}"));
        var calls = facts.Calls.Where(c => c.Run == run)
            .Select(c => (c.At, Text: $"call {c.Order} of {c.Place} in life {c.Life}, answered {c.Status}"));
        var all = entries.Concat(calls).ToList();
        if (all.Count > 0)
            foreach (var (at, text) in all.Concat(began.Where(l => l.At >= all.Min(x => x.At).AddMinutes(-1)
                && l.At <= all.Max(x => x.At).AddMinutes(1))).OrderBy(x => x.At)) yield return $"  {at:yyyy-MM-dd HH:mm:ss.fff} {text}";
        foreach (var ask in facts.Asks.Where(a => a.Run == run || a.Made == run)) yield return $"  {ask}";
        var written = Guid.ParseExact(run, "N").ToString();
        foreach (var line in log.Split('\n').Where(l => l.Contains(run, StringComparison.Ordinal)
            || l.Contains(written, StringComparison.Ordinal)).Take(50)) yield return $"  log: {line}";
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex RunId();
}
