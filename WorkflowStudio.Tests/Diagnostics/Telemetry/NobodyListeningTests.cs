using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Diagnostics.Telemetry;

/// <summary>Tests that listen to every engine of the process, as exporters do, and those that need that nobody does.</summary>
[CollectionDefinition(Name)]
public sealed class ListeningTests
{
    public const string Name = "listening";
}

[Collection(ListeningTests.Name)]
public sealed class NobodyListeningTests
{
    [Fact]
    public async Task Nobody_Listening_CostsNoMemory()
    {
        await using var engine = await EngineHarness.CreateAsync();
        var (runs, steps, pumps, commits, tracing) = (engine.Get<RunMetrics>(), engine.Get<StepMetrics>(), engine.Get<PumpMetrics>(),
            engine.Get<CommitMetrics>(), engine.Get<RunTracing>());
        var outcome = new NodeOutcome.Completed(default);
        void Measure()
        {
            runs.Started("webhook");
            runs.Ended(RunStatus.Done, TimeSpan.FromSeconds(1));
            steps.Called("set", outcome, TimeSpan.FromSeconds(1));
            pumps.TookUp(TimeSpan.Zero, isNew: true);
            commits.Over(3, TimeSpan.FromSeconds(1), durable: true);
            Assert.Null(tracing.Step("set", "a", 1));
        }

        for (var i = 0; i < 100; i++) Measure();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Measure();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.False(runs.CountsStarts || steps.IsOn || pumps.MeasuresLag || commits.IsOn || tracing.IsOn);
    }
}
