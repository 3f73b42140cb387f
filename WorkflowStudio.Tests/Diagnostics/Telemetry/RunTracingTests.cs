using System.Diagnostics;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Diagnostics.Telemetry;

[Collection(ListeningTests.Name)]
public sealed class RunTracingTests
{
    [Fact]
    public async Task Run_AfterARestart_GoesOnInItsTrace()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Waiting(TimeSpan.FromHours(1), null), ScriptedNode.Failing());
        var flow = Flows.Of("trigger > a:waiting > b:failing");
        Guid id;
        using (var traced = new Traced(engine.Get<RunTracing>()))
        {
            engine.Pump();
            id = await traced.InsideAsync(() => engine.RunAsync(flow));
            await engine.UntilAsync(id, RunStatus.Waiting);
            await engine.StopAsync();
            var start = Assert.Single(traced.Named("run start"));
            Assert.Equal(start.Id, (await StartedAsync(engine, id)).TraceParent);
            // one, or more where its bell rang while it was worked on: how often a run is looked at is no matter of its trace
            Assert.NotEmpty(traced.Named("run turn"));
            Assert.All(traced.Named("run turn"),
                t => Assert.Equal((start.SpanId, "waiting"), (t.ParentSpanId, t.GetTagItem("workflowstudio.run.status"))));

            // another process: what it knows of the trace is in the journal
            await using var next = engine.Restart(ScriptedNode.Waiting(TimeSpan.FromHours(1), null), ScriptedNode.Failing());
            using var later = new Traced(next.Get<RunTracing>()) { Trace = traced.Trace };
            engine.Clock.Advance(TimeSpan.FromHours(1));
            await next.UntilAsync(id, RunStatus.Failed);
            await engine.EventuallyAsync(() => later.Named("run turn").Any(s => s.Status == ActivityStatusCode.Error));
            var turns = later.Named("run turn").ToList();
            Assert.All(turns, t => Assert.Equal((start.SpanId, ActivityKind.Consumer), (t.ParentSpanId, t.Kind)));
            Assert.Equal("no_luck", Assert.Single(turns, t => t.Status == ActivityStatusCode.Error).GetTagItem("error.type"));
            Assert.Equal(["step waiting", "step failing"],
                later.Spans.Where(s => turns.Any(t => t.SpanId == s.ParentSpanId)).Select(s => s.OperationName));
            Assert.All(later.Spans, s => Assert.Null(s.StatusDescription)); // a message may say what somebody wrote
        }
    }

    [Fact]
    public async Task Run_WithoutATrace_RecordsNothingOfIt()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Echo());
        using var around = new Activity("caller").SetParentId("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").Start();
        var unheard = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        Assert.Null((await StartedAsync(engine, unheard)).TraceParent); // nobody listens, whatever the caller says
        using var traced = new Traced(engine.Get<RunTracing>());
        var other = await engine.RunAsync(Flows.Of("trigger > a:echo"));
        Assert.Null((await StartedAsync(engine, other)).TraceParent); // somebody does, but not to this one
        Assert.Empty(traced.Spans);
    }

    [Fact]
    public void Codec_WritesATraceWhereThereIsOne_AndReadsWhatWasWrittenBefore()
    {
        var payload = JsonElement.Parse("""{"a":1}""");
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(RunEventCodec.Write(new RunEvent.RunStarted(payload))!));
        Assert.Equal("""{"$up_to":null,"trace":"00-x","payload":{"a":1}}""",
            Encoding.UTF8.GetString(RunEventCodec.Write(new RunEvent.RunStarted(payload) { TraceParent = "00-x" })!));
        foreach (var (before, upTo, heard) in new[]
        { ("""{"a":1}""", null, 0L), ("""{"$up_to":"b","heard":7,"payload":{"a":1}}""", "b", 7L) })
        {
            var read = Assert.IsType<RunEvent.RunStarted>(
                RunEventCodec.Read(RunEventKind.RunStarted, null, null, 0, Encoding.UTF8.GetBytes(before)));
            Assert.Equal((null, upTo, heard, """{"a":1}"""), (read.TraceParent, read.UpTo, read.Heard, read.Payload.GetRawText()));
        }
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false)] // a request says that it is traced; no step of ours is
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", false)]
    [InlineData(null, true)]
    public void TraceParent_GoesOutOnlyWithAStepWhoseTraceIsOn(string? claimed, bool goes)
    {
        using var tracing = new RunTracing();
        using var traced = new Traced(tracing);
        using var request = new Activity("request").SetParentId(claimed ?? traced.Parent).AddBaggage("who", "Maria").Start();
        request.TraceStateString = "vendor=1";
        using var step = tracing.Step("http_request", "a", 1);
        var sent = new List<string>();
        new StepTracePropagator().Inject(Activity.Current, null, (_, name, value) => sent.Add($"{name}: {value}"));
        Assert.Equal(goes ? [$"traceparent: {step!.Id}"] : [], sent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    public async Task TraceParent_ThatAStepSetsItself_Stays(string? own)
    {
        using var server = new LocalServer(_ => LocalServer.Ok("{}"));
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = ["localhost"] });
        using var tracing = new RunTracing();
        using var traced = new Traced(tracing);
        using var around = new Activity("turn").SetParentId(traced.Parent).Start();
        using var step = tracing.Step("http_request", "a", 1);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url));
        if (own is not null) request.Headers.Add("traceparent", own);
        using var response = await http.Client.SendAsync(request);
        var sent = Assert.Single(server.LastRequest.Split("\r\n"), l => l.StartsWith("traceparent: ", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(own ?? traced.Trace.ToString(), sent, StringComparison.Ordinal);
    }

    private static async Task<RunEvent.RunStarted> StartedAsync(EngineHarness engine, Guid id) =>
        Assert.IsType<RunEvent.RunStarted>((await engine.Journal.LoadAsync(id, default))!.Entries[0].Event);
}
