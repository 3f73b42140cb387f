using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Simulation;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Simulation;

/// <summary>
/// The decider and the executor on a virtual clock: any workflow ends, and a cut at any commit changes nothing of where it ends.
/// </summary>
public sealed class RunSimulationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_ThatWaitsForWeeks_EndsAtOnce()
    {
        var simulation = Of(
            Flows.Of("trigger > a:waiting > b:waiting > c:echo"), [ScriptedNode.Waiting(TimeSpan.FromDays(20), null), ScriptedNode.Echo()]);
        var state = await simulation.RunAsync(TimeSpan.FromDays(60));
        Assert.Equal((RunStatus.Done, Start.AddDays(40)), (state.Status, state.LastAt));
    }

    [Fact]
    public async Task Run_ThatWaitsForASignal_StopsThereAndGoesOnWithIt()
    {
        var simulation = Of(Flows.Of("trigger > a:waiting > c:echo"), [ScriptedNode.Waiting(null, "yes"), ScriptedNode.Echo()]);
        Assert.Equal(RunStatus.Waiting, (await simulation.RunAsync(TimeSpan.FromDays(60))).Status);
        simulation.Ask(RunRequestKind.Signal, "yes");
        Assert.Equal(RunStatus.Done, (await simulation.RunAsync(TimeSpan.FromDays(60))).Status);
    }

    [Fact]
    public void AnyWorkflow_EndsAndACutAtAnyCommitChangesNothingOfIt() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Arb.From(Workflows()), flow =>
        {
            var whole = Simulate(flow, null);
            var (commits, expected) = (whole.Commits, whole.End);
            for (var cut = 1; cut <= commits; cut++)
            {
                var again = Simulate(flow, cut);
                if (again.End != expected)
                    throw new InvalidOperationException($"Cut at commit {cut} of {commits}: {again.End} instead of {expected}.");
            }

            return true;
        }));

    // runs to the end; a cut throws once at a commit, then the run is taken up from its journal
    private static (string End, int Commits) Simulate(WorkflowDefinition flow, int? cut)
    {
        var commits = 0;
        var completed = new Dictionary<string, int>();
        var simulation = new RunSimulation(flow, new NodeCatalog(Types()), EngineHarness.Tenant, JsonElement.Parse("{}"), Start, n =>
        {
            commits++;
            if (commits == cut) throw new IOException("cut");
        });
        RunState state;
        try
        {
            state = simulation.RunAsync(TimeSpan.FromDays(3650)).GetAwaiter().GetResult();
        }
        catch (IOException)
        {
            state = simulation.RunAsync(TimeSpan.FromDays(3650)).GetAwaiter().GetResult();
        }

        Assert.True(state.IsFinal, $"It is {state.Status}: "
            + $"{string.Join("; ", simulation.Entries.Select(e => $"{e.Event.Kind} {e.Event.NodeId} {e.Event.Iteration}"))}");
        foreach (var entry in simulation.Entries)
        {
            if (entry.Event is RunEvent.RoundStarted) completed.Clear();
            if (entry.Event is not RunEvent.StepCompleted c) continue;
            var place = c.Node + "/" + c.Iteration;
            Assert.True(completed.TryAdd(place, 1), $"{place} was completed twice.");
        }

        // how far other branches had come when one failed is not decided by the workflow
        if (state.Status == RunStatus.Failed) return ("Failed", commits);
        var steps = string.Join(", ", flow.Nodes.Select(n => $"{n.Id}={simulation.Step(n.Id).Status}"));
        return ($"{state.Status} [{steps}]", commits);
    }

    private static NodeType[] Types() =>
    [
        ScriptedNode.Echo(), ScriptedNode.Echo("effect", true), ScriptedNode.Failing("failing"),
        ScriptedNode.Waiting(TimeSpan.FromHours(3), null), ScriptedNode.ForEach(2, true),
        new ScriptedNode("branch", (input, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonElement.Parse("{}"), Even(input.NodeId) ? "then" : "else")), ports: ["then", "else"]),
        new ScriptedNode("any", (_, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(JsonElement.Parse("{}"))), quorum: 1),
        new ScriptedNode("two", (_, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(JsonElement.Parse("{}"))), quorum: 2),
    ];

    private static bool Even(string id) => id[^1] % 2 == 0;

    // up to twelve steps, each linked from one or two before it through any port: fan-outs, joins, branches, for-eachs, errors that are
    // taken on or not
    private static Gen<WorkflowDefinition> Workflows() =>
        from count in Gen.Choose(1, 12)
        from kinds in Gen.ArrayOf(Gen.Elements("echo", "effect", "failing", "waiting", "each", "branch", "any", "two"), count)
        from errors in Gen.ArrayOf(Gen.Elements(OnError.Fail, OnError.Continue, OnError.Port, OnError.Continue), count)
        from froms in Gen.ArrayOf(Gen.Choose(0, 1_000_000), count * 2)
        from ports in Gen.ArrayOf(Gen.Choose(0, 1), count * 2)
        select Build(kinds, errors, froms, ports);

    private static WorkflowDefinition Build(string[] kinds, OnError[] errors, int[] froms, int[] ports)
    {
        var nodes = kinds.Select((kind, i) => new WorkflowNode
        { Id = $"s{i}", Type = kind, OnError = errors[i], Config = JsonElement.Parse(kind == "each" ? """{"items":[1,2,3]}""" : "{}") })
            .ToList();
        var links = new List<LinkConnection>();
        for (var i = 0; i < nodes.Count; i++)
        {
            Link(froms[2 * i] % (i + 1), ports[2 * i], i);
            if (i > 1 && froms[(2 * i) + 1] % 3 == 0) Link(froms[(2 * i) + 1] % (i + 1), ports[(2 * i) + 1], i);
        }

        var flow = new WorkflowDefinition
        { Trigger = new WorkflowTrigger { Type = "manual" }, Nodes = nodes, Links = [.. links.Distinct()] };
        return new WorkflowValidator(new NodeCatalog(Types())).Validate(flow).Any(p => p.Code == WorkflowProblemCodes.BodyEntered)
            ? flow with { Links = [.. flow.Links.DistinctBy(l => l.To)] }
            : flow;

        void Link(int from, int port, int to)
        {
            var source = from == 0 ? "trigger" : $"s{from - 1}";
            links.Add(new LinkConnection(source, from == 0 ? null : Port(kinds[from - 1], errors[from - 1], port), $"s{to}"));
        }
    }

    private static string? Port(string kind, OnError onError, int port) => kind switch
    {
        "branch" => port == 0 ? "then" : "else",
        "each" => port == 0 ? "each" : "done",
        _ => onError == OnError.Port && port == 1 ? "error" : null,
    };

    private static RunSimulation Of(WorkflowDefinition flow, NodeType[] types) =>
        new(flow, new NodeCatalog(types), EngineHarness.Tenant, JsonElement.Parse("{}"), Start);
}
