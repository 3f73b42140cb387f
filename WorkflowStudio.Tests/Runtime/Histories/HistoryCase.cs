using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Simulation;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime.Histories;

/// <summary>A way that a run may go, of which a journal is kept.</summary>
/// <param name="Name">Its name, and that of its file.</param>
/// <param name="Definition">The workflow.</param>
/// <param name="Then">What is asked of the run when it waits, one after the other.</param>
internal sealed record HistoryCase(string Name, WorkflowDefinition Definition, params (RunRequestKind Kind, string? Signal)[] Then)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly RetryPolicy Twice = new(2, TimeSpan.FromSeconds(30), false);

    public static IReadOnlyList<HistoryCase> All { get; } =
    [
        new("chain", Flows.Of("trigger > a:echo > b:effect > c:echo").Setting("a", """{"n":1}""")),
        new("no_steps", Flows.Of()),
        new("step_without_a_link", Flows.Of("trigger > a:echo", "b:echo > c:echo")),
        new("branch_and_join",
            Flows.Of("trigger > a:branch", "a.then > b:effect > d:echo", "a.else > c:echo > d").Setting("a", """{"port":"else"}""")),
        new("parallel_and_quorum", Flows.Of("trigger > a:all", "a.then > b:echo > d:any", "a.else > c:waiting > d", "d > e:echo")),
        new("disabled", Flows.Of("trigger > a:effect > b:echo").With("a", n => n with { Disabled = true })),
        new("fails", Flows.Of("trigger > a:failing > b:echo", "trigger > c:waiting")),
        new("retry_fails", Flows.Of("trigger > a:failing > b:echo").With("a", n => n with { Retry = Twice })),
        new("retry_helps", Flows.Of("trigger > a:second_try > b:echo").With("a", n => n with { Retry = Twice with { Jitter = true } })),
        new("error_port", Flows.Of("trigger > a:failing > b:echo", "a.error > c:echo").With("a", n => n with { OnError = OnError.Port })),
        new("error_continue", Flows.Of("trigger > a:failing > b:echo").With("a", n => n with { OnError = OnError.Continue })),
        new("wait_time", Flows.Of("trigger > a:waiting > b:echo")),
        new("wait_signal", Flows.Of("trigger > a:asking > b:echo"), (RunRequestKind.Signal, "other"), (RunRequestKind.Signal, "yes")),
        new("pause_and_resume", Flows.Of("trigger > a:asking > b:echo"), (RunRequestKind.Pause, null), (RunRequestKind.Resume, null),
            (RunRequestKind.Signal, "yes")),
        new("cancel", Flows.Of("trigger > a:asking > b:echo", "trigger > c:echo"), (RunRequestKind.Cancel, null)),
        new("for_each", Flows.Of("trigger > l:each", "l.each > a:effect > b:echo", "l.done > c:echo").Setting("l", Items(3))),
        new("for_each_waits", Flows.Of("trigger > l:each", "l.each > a:waiting > b:echo", "l.done > c:echo").Setting("l", Items(3))),
        new("for_each_keeps_going", Flows.Of("trigger > l:each_all", "l.each > a:odd_fails", "l.done > c:echo").Setting("l", Items(3))
            .Setting("a", """{"i":"{{ $index }}"}""")),
        new("for_each_breaks", Flows.Of("trigger > l:each", "l.each > a:odd_fails > b:waiting", "l.done > c:echo").Setting("l", Items(4))
            .Setting("a", """{"i":"{{ $index }}"}""")),
        new("for_each_in_another", Flows.Of("trigger > l:each", "l.each > m:each", "m.each > a:echo", "l.done > c:echo")
            .Setting("l", Items(2)).Setting("m", Items(2))),
        new("for_each_of_nothing", Flows.Of("trigger > l:each", "l.each > a:echo", "l.done > c:echo").Setting("l", Items(0))),
        new("rounds", Round(Flows.Of("trigger > a:echo > b:twice", "b.again > a", "b.on > c:echo"), 5)),
        new("too_many_rounds",
            Round(Flows.Of("trigger > a:echo > b:branch", "b.then > a", "b.else > c:echo").Setting("b", """{"port":"then"}"""), 2)),
        new("end_step", Flows.Of("trigger > a:ending > b:echo", "trigger > c:waiting")),
        new("messages_are_enough",
            Flows.Of("trigger > a:post > b:post > c:echo") with { Settings = new WorkflowSettings { Exit = new ExitConditions(1, null) } }),
        new("days_are_over",
            Flows.Of("trigger > a:asking > b:echo") with { Settings = new WorkflowSettings { Exit = new ExitConditions(null, 2) } }),
        new("timeout",
            Flows.Of("trigger > a:waiting > b:echo") with { Settings = new WorkflowSettings { Timeout = TimeSpan.FromHours(1) } }),
        new("lines", Flows.Of("trigger > a:telling > b:echo")),
        new("repeats_an_iteration", Flows.Of("trigger > l:each_all", "l.each > a:effect", "l.done > c:echo").Setting("l", Items(3)))
        {
            Given = _ => [new RunEvent.LoopStarted("l", 1, JsonElement.Parse("[1,2,3]"), 2, true) { Known = KnownIterations }],
        },
        new("test_up_to", Flows.Of("trigger > a:effect > b:echo > c:effect", "trigger > d:effect"))
        { Given = plan => RunRepeat.Test(plan, "b", Pinned), UpTo = "b" },
    ];

    /// <summary>What the run begins with; null for nothing.</summary>
    public Func<RunPlan, IReadOnlyList<RunEvent>>? Given { get; init; }

    /// <summary>The step at which it ends as a test; null for none.</summary>
    public string? UpTo { get; init; }

    /// <summary>
    /// The step types of all histories. A history stands for a plan, and a plan for the shapes of its types: these never change.
    /// </summary>
    public static NodeType[] Types() =>
    [
        ScriptedNode.Echo(), ScriptedNode.Echo("effect", true), ScriptedNode.Failing("failing", true), ScriptedNode.Branch("then", "else"),
        ScriptedNode.Waiting(TimeSpan.FromHours(3), null), ScriptedNode.Waiting(null, "yes", "asking"), ScriptedNode.ForEach(2),
        Scripted("each_all", i => new NodeOutcome.ForEach(i.Settings.GetProperty("items"), 2, true), ports: ["each", "done"], body: "each"),
        Scripted("all", _ => new NodeOutcome.Completed(Nothing, NodePort.All), ports: ["then", "else"]),
        Scripted("any", i => new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new { i.Arrived })), quorum: 1),
        Scripted("second_try", i => i.Attempt > 1
            ? new NodeOutcome.Completed(Nothing)
            : new NodeOutcome.Failed("no_luck", "It did not work.", true), effect: true),
        Scripted("odd_fails", i => i.Settings.GetProperty("i").GetInt32() % 2 == 0
            ? new NodeOutcome.Completed(i.Settings)
            : new NodeOutcome.Failed("odd", "It is odd."), effect: true),
        Scripted("twice", i => new NodeOutcome.Completed(Nothing, i.EffectKey.Contains('#', StringComparison.Ordinal) ? "on" : "again"),
            ports: ["on", "again"]),
        Scripted("ending", _ => new NodeOutcome.EndRun(JsonElement.Parse("""{"ok":true}"""))),
        Scripted("telling", Tell, effect: true),
        new MessageNode(),
    ];

    /// <summary>The journal of the run, as this version of the engine writes it.</summary>
    public async Task<IReadOnlyList<JournalEntry>> RunAsync()
    {
        var catalog = new NodeCatalog(Types());
        if (Given is not null) return Begun(RunPlan.Of(Definition, catalog));
        var simulation = new RunSimulation(Definition, catalog, EngineHarness.Tenant, JsonElement.Parse("""{"name":"Ada"}"""), Start);
        await simulation.RunAsync(TimeSpan.FromDays(30));
        foreach (var (kind, signal) in Then)
        {
            simulation.Ask(kind, signal, signal is null ? default : JsonElement.Parse("""{"by":"Ada"}"""));
            await simulation.RunAsync(TimeSpan.FromDays(30));
        }

        return simulation.Entries;
    }

    // of a run that begins with something only the beginning is kept
    private List<JournalEntry> Begun(RunPlan plan)
    {
        RunEvent[] events = [new RunEvent.RunStarted(JsonElement.Parse("{}")) { UpTo = UpTo, Flags = RunFlagSet.Current }, .. Given!(plan)];
        return [.. events.Select((e, i) => new JournalEntry(i + 1, Start, e))];
    }

    private static JsonElement Nothing => JsonElement.Parse("{}");

    private static IReadOnlyDictionary<string, JsonElement> Pinned =>
        new Dictionary<string, JsonElement> { ["a"] = JsonElement.Parse("""{"pinned":1}""") };

    private static Dictionary<int, IterationResult> KnownIterations => new()
    {
        [0] = new IterationResult(JsonElement.Parse("""{"done":1}"""), null, null), [2] = new IterationResult(default, "odd", "It is odd."),
    };

    private static string Items(int count) => JsonSerializer.Serialize(new { items = Enumerable.Range(1, count) });

    private static WorkflowDefinition Round(WorkflowDefinition flow, int most) =>
        flow with { Links = [.. flow.Links.Select(l => l is { From: "b", To: "a" } ? l with { MaxRounds = most } : l)] };

    private static NodeOutcome.Completed Tell(NodeInput input)
    {
        input.Log(NodeLogLevel.Info, "Called Ada.");
        input.Log(NodeLogLevel.Warning, "She was not there.");
        return new NodeOutcome.Completed(Nothing);
    }

    private static ScriptedNode Scripted(
        string type, Func<NodeInput, NodeOutcome> script, bool effect = false, string[]? ports = null, string? body = null,
        int? quorum = null) =>
        new(type, (input, _) => ValueTask.FromResult(script(input)), effect, ports: ports, body: body, quorum: quorum);

    [Step("post", "Post", NodeGroup.Http, "circle", SendsMessage = true, Does = "Writes to somebody.", Example = "{}")]
    private sealed class MessageNode : NodeType
    {
        public override NodeSchema Settings => NodeSchema.None;

        public override NodeSchema Output => NodeSchema.None;

        public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
            ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(Nothing));
    }
}
