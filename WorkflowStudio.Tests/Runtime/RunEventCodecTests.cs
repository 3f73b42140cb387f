using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Runtime;

public sealed class RunEventCodecTests
{
    private static readonly JsonElement Json = JsonElement.Parse("""{"a":[1,"ü",null],"$p":{"b":true}}""");
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);

    public static TheoryData<RunEvent> Events => new(
        new RunEvent.RunStarted(Json), new RunEvent.RunStarted(Json) { Heard = 7 }, new RunEvent.RunStarted(Json) { UpTo = "a" },
        new RunEvent.RunStarted(Json) { TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" },
        new RunEvent.StepStarted("a", 2), new RunEvent.StepCompleted("a", 1, Json, null), new RunEvent.StepCompleted("a", 1, Json, "else"),
        new RunEvent.StepFailed("a", 3, "code", "It “failed”."), new RunEvent.RetryScheduled("a", 1, "code", "why", Time),
        new RunEvent.StepParked("a", 1, Time, "signal", Json, "the visit"),
        new RunEvent.StepParked("a", 1, null, null, default, null),
        new RunEvent.StepWoken("a", 1, NodeWakeKind.Signal, "signal", Json, "Dana"),
        new RunEvent.StepWoken("a", 1, NodeWakeKind.Time, null, default, null), new RunEvent.StepSkipped("a"),
        new RunEvent.Log("a", 1, NodeLogLevel.Warning, "line\nbreak"),
        new RunEvent.RunCompleted(), new RunEvent.RunFailed("code", "why"), new RunEvent.RunCanceled("Dana"));

    [Theory]
    [MemberData(nameof(Events))]
    public void WrittenAndRead_IsTheSameEvent(RunEvent e)
    {
        var read = RunEventCodec.Read(e.Kind, e.NodeId, e.Iteration, e.Attempt, RunEventCodec.Write(e));
        Assert.Equal(Describe(e), Describe(read));
    }

    [Fact]
    public void Chain_OfAStart_IsReadAgain()
    {
        var start = new RunEvent.RunStarted(Json) { Chain = new EventChain([Guid.AllBitsSet, Guid.Empty], 56) };
        var read = RunEventCodec.Read(start.Kind, null, null, 0, RunEventCodec.Write(start));
        Assert.Equal((start.Chain, Json.GetRawText()),
            (((RunEvent.RunStarted)read).Chain, ((RunEvent.RunStarted)read).Payload.GetRawText()));
    }

    [Fact]
    public void UnknownKind_SaysWhich()
    {
        var e = Assert.Throws<InvalidOperationException>(
            () => RunEventCodec.Read((Engine.Runtime.State.RunEventKind)99, null, null, 0, null));
        Assert.Equal("Reading a journal row of the unknown kind 99.", e.Message);
    }

    // JSON values have no equality of their own: compare everything as text
    private static string Describe(RunEvent e) =>
        e.GetType().Name + " " + string.Join(" | ", e.GetType().GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => p.Name + "="
                + (p.GetValue(e) is JsonElement j ? j.ValueKind == JsonValueKind.Undefined ? "-" : j.GetRawText() : p.GetValue(e))));
}
