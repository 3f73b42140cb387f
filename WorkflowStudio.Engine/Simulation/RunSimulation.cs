using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.Shards.Fairness;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Simulation;

/// <summary>
/// Runs a definition from its start to its end at once: the same decider and the same executor as the real engine, with a journal in memory
/// and a clock that jumps to whatever is due next. What steps do outside is up to the catalog it is given, so a caller hands in types whose
/// effects are captured.
/// </summary>
public sealed class RunSimulation
{
    private readonly RunPlan plan;
    private readonly RunIdentity run;
    private readonly SimulatedJournal journal;
    private readonly VirtualClock clock;
    private readonly ExecutionTools tools;

    /// <summary>Prepares a run. The definition has been validated.</summary>
    /// <param name="definition">What is run.</param>
    /// <param name="catalog">The step types.</param>
    /// <param name="tenant">Whose it is, for steps that ask.</param>
    /// <param name="payload">The data that starts it.</param>
    /// <param name="start">When it starts.</param>
    /// <param name="beforeCommit">Called with the number of each commit before it is made; what it throws cuts the run off there.</param>
    public RunSimulation(WorkflowDefinition definition, NodeCatalog catalog, Tenant tenant, JsonElement payload, DateTimeOffset start,
        Action<int>? beforeCommit = null)
    {
        plan = RunPlan.Of(definition, catalog);
        clock = new VirtualClock(start);
        run = new RunIdentity(Guid.Empty, tenant, Guid.Empty, 0, 0);
        journal = new SimulatedJournal(run) { BeforeAppend = beforeCommit };
        journal.StartAsync(NewRun.Start(run, new RunEvent.RunStarted(payload), "simulation", start), default);
        var versions = new NoWorkflows();
        tools = new ExecutionTools(
            journal, Deaf.Instance, new StepInvoker(clock, NullLogger<StepInvoker>.Instance),
            new ChildRuns(new PlanSource(versions, catalog, clock), versions,
                new RunIds(new IdFactory(clock), new RunBell(), new NodeLimits()), new RunFamilies(journal, clock)), clock,
            NullLogger.Instance);
    }

    /// <summary>The journal so far.</summary>
    public IReadOnlyList<JournalEntry> Entries => journal.Entries;

    /// <summary>The state, folded from the journal alone.</summary>
    public RunState State => RunFold.Replay(plan, journal.Entries);

    /// <summary>The state of a step outside of every for-each.</summary>
    public StepState Step(string nodeId) => State.Steps[plan.IndexOf(nodeId)];

    /// <summary>
    /// Works until the run is over, or waits for something that no clock brings. Each stretch begins from the journal alone, as after a
    /// crash. Steps that take real time are waited for.
    /// </summary>
    /// <param name="longest">The most virtual time that may pass.</param>
    /// <param name="cancellationToken">Cuts the run off.</param>
    public async Task<RunState> RunAsync(TimeSpan longest, CancellationToken cancellationToken = default)
    {
        var until = clock.GetUtcNow() + longest;
        while (true)
        {
            var state = State;
            if (state.IsFinal) return state;
            var facts = new RunFacts(run.RunId, run.WorkflowId, "", run.Tenant, "UTC");
            using (var execution = new RunExecution(
                run, plan, state, new RunContext(facts, NodaTime.DateTimeZone.Utc, state.StartedAt, () => default), 1, tools))
                await execution.ExecuteAsync(false, cancellationToken);
            if (State.IsFinal || journal.Header.WakeAt is not { } next || next > until) return State;
            clock.MoveTo(next);
        }
    }

    /// <summary>Puts a request into the run's inbox: a signal, a cancel. It is taken when the run is worked on next.</summary>
    public void Ask(RunRequestKind kind, string? name = null, JsonElement data = default) =>
        journal.RequestAsync(run.Tenant, run.RunId, new RunRequest(0, kind, null, name, data, "simulation"), null, default);

    private sealed class Deaf : IRunFeed
    {
        public static Deaf Instance { get; } = new();

        public void Publish(RunIdentity run, IReadOnlyList<JournalEntry> entries)
        {
        }
    }

    private sealed class NoWorkflows : IVersionStore
    {
        public Task<StoredVersion?> FindVersionAsync(long serial, CancellationToken cancellationToken) =>
            Task.FromResult<StoredVersion?>(null);

        public Task<ActiveWorkflow?> FindActiveAsync(Tenant tenant, string reference, CancellationToken cancellationToken) =>
            Task.FromResult<ActiveWorkflow?>(null);

        public Task<WorkspaceFacts?> FindWorkspaceAsync(Tenant tenant, CancellationToken cancellationToken) =>
            Task.FromResult<WorkspaceFacts?>(null);
    }
}
