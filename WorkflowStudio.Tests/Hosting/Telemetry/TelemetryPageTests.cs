using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using WorkflowStudio.Api;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Hosting.Telemetry;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Hosting.Telemetry;

/// <summary>Holds docs/telemetry.md to the code: what is registered, and what is sent with it.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class TelemetryPageTests(StudioApp app)
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md"));

    [Fact]
    public void Page_ListsEveryInstrument_AsItIsRegistered()
    {
        using var measured = All();
        Assert.Equal(
            measured.Instruments.Select(i => $"| `{i.Name}` | {Kind(i)} | `{i.Unit}` | {i.Description} |").Order(),
            Rows("## Measurements").Select(r => $"| {r[0]} | {r[1]} | {r[2]} | {r[4]} |").Order());
    }

    [Fact]
    public void Page_ListsEveryAttributeAndValue_ThatIsMeasured()
    {
        using var measured = All();
        MeasureEverything();
        measured.Look();
        Assert.Equal(Rows("## Measurements").SelectMany(r => Words(r[0], r[3])).Order(), measured.All.SelectMany(Words).Distinct().Order());
    }

    [Fact]
    public void Page_ListsEverySpan_WithItsAttributes()
    {
        using var tracing = new RunTracing();
        using var traced = new Traced(tracing);
        var run = new RunIdentity(Guid.Empty, EngineHarness.Tenant, Guid.Empty, 1, 0);
        using (var request = new System.Diagnostics.Activity("request").SetParentId(traced.Parent).Start())
            tracing.Start(run, "webhook")!.Dispose();
        using (var turn = tracing.Turn(run, traced.Parent)!)
        {
            using (var step = tracing.Step("TYPE", "a", 1)!) RunTracing.End(step, new NodeOutcome.Failed("no_luck", "It did not work."));
            RunTracing.End(turn, RunStatus.Failed, "no_luck");
        }

        Assert.Equal(
            Rows("## Traces").Select(r =>
                $"{r[0].Trim('`')} {r[1]}: {string.Join(' ', Word().Matches(r[3]).Select(m => m.Groups[1].Value).Order())}").Order(),
            traced.Spans.Select(s => $"{s.OperationName} {s.Kind.ToString().ToLowerInvariant()}: "
                + $"{string.Join(' ', s.TagObjects.Select(t => t.Key).Order())}").Order());
    }

    // each is asked for, for some are made when they are first needed
    private Measured All()
    {
        Type[] areas = [typeof(RunMetrics), typeof(StepMetrics), typeof(PumpMetrics), typeof(CommitMetrics), typeof(ScheduleMetrics),
            typeof(CallMetrics), typeof(DeliveryMetrics), typeof(WebhookMetrics), typeof(CircuitMetrics)];
        Assert.All(areas, area => Assert.NotNull(app.Services.GetService(area)));
        return new Measured(app.Get<IMeterFactory>());
    }

    private void MeasureEverything()
    {
        foreach (var (cause, _) in RunWords.Causes) app.Get<RunMetrics>().Started(cause);
        foreach (var status in new[] { RunStatus.Done, RunStatus.Failed, RunStatus.Canceled })
            app.Get<RunMetrics>().Ended(status, TimeSpan.Zero);
        foreach (var outcome in new NodeOutcome[]
        { new NodeOutcome.Completed(default), new NodeOutcome.Waiting(null, null, default, null), new NodeOutcome.Failed("", "") })
            app.Get<StepMetrics>().Called("[", outcome, TimeSpan.Zero);
        foreach (var yes in new[] { true, false })
        {
            app.Get<PumpMetrics>().TookUp(TimeSpan.Zero, yes);
            app.Get<CommitMetrics>().Over(1, TimeSpan.Zero, yes);
            app.Get<ScheduleMetrics>().Fired(yes);
        }

        app.Get<ScheduleMetrics>().Skipped(1);
        foreach (var status in new[] { 0, 200, 404, 500 }) app.Get<CallMetrics>().Answered(status, TimeSpan.Zero);
        app.Get<CallMetrics>().Failed("[", TimeSpan.Zero);
        foreach (var status in new[] { 204, 404, 503 }) app.Get<DeliveryMetrics>().Answered(status, TimeSpan.Zero);
        app.Get<DeliveryMetrics>().Failed("[", TimeSpan.Zero);
        foreach (var answer in new[]
        { new ApiAnswer(202, default) { Location = "/" }, new ApiAnswer(202, default), new ApiAnswer(202, default) { Replayed = true } })
            app.Get<WebhookMetrics>().Answered(answer);
        foreach (var status in new[] { 404, 409, 429, 400, 500 }) app.Get<WebhookMetrics>().Answered(new ApiAnswer(status, default));
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => "counter",
        "Histogram" => "histogram",
        "ObservableUpDownCounter" => "up-down counter",
        var other => other,
    };

    private static IEnumerable<string[]> Rows(string section)
    {
        var text = Page[Page.IndexOf(section, StringComparison.Ordinal)..];
        var end = text.IndexOf("\n## ", section.Length, StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l[1..^1].Split('|', StringSplitOptions.TrimEntries));
    }

    // "instrument attribute value"; of values that are listed elsewhere nothing but that
    private static IEnumerable<string> Words(string name, string attributes) =>
        from attribute in attributes.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = attribute.Split("`: ")
        from value in parts[1].Contains('[', StringComparison.Ordinal) ? ["["] : parts[1].Split(", ")
        select $"{name.Trim('`')} {parts[0].Trim('`')} {value}";

    // the app may be at work for another test: what it measures of steps has the names of real types
    private static IEnumerable<string> Words(Measure measure) =>
        measure.Tags.Select(t => $"{measure.Name} {t.Key} {(t.Key is "workflowstudio.step.type" or "error.type" ? "[" : t.Value)}");

    [GeneratedRegex("`([a-z_.]+)`")]
    private static partial Regex Word();
}
