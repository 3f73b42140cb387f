using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Simulation;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

public sealed class RunLedgerTests
{
    private static readonly Guid Child = Guid.Parse("0190aaaa-0000-7000-8000-00000000000c");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ThatEndsInTheCommitInWhichItStartedAnother_StartsOnlyWhatItDoesNotWaitFor(bool waits)
    {
        var plan = Flows.Of("trigger > c:echo", "trigger > f:echo").Plan(ScriptedNode.Echo());
        var run = new RunIdentity(Guid.Empty, EngineHarness.Tenant, Guid.Empty, 0, 0);
        var journal = new SimulatedJournal(run);
        var clock = new VirtualClock(new DateTimeOffset(2026, 6, 10, 12, 0, 0, TimeSpan.Zero));
        var ledger = new RunLedger(run, plan, RunState.Before(plan.Steps.Count), 1,
            new ExecutionTools(journal, new Deaf(), null!, null!, clock, NullLogger.Instance));
        ledger.Record(new RunEvent.RunStarted(JsonElement.Parse("{}")));
        ledger.Record(ChildEvents.Of("c", 1, Child, waits));
        ledger.Start(new RunStart(run with { RunId = Child, ParentId = run.RunId }, default, "workflow", null, null));
        ledger.Record(new RunEvent.RunFailed("no_luck", "f: It did not work."));

        await ledger.FlushAsync(false, default);

        Assert.Equal(waits ? [] : [Child], journal.Started.Select(s => s.Run.RunId));
        Assert.Equal(RunStatus.Failed, journal.Header.Status);
    }

    private sealed class Deaf : IRunFeed
    {
        public void Publish(RunIdentity run, IReadOnlyList<JournalEntry> entries)
        {
            // nobody looks
        }
    }
}
