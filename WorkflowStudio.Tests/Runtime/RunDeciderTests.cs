using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

public sealed class RunDeciderTests
{
    private static readonly NodeType[] Types = [ScriptedNode.Echo(), ScriptedNode.Branch("then", "else"), new PostNode()];

    [Fact]
    public void Start_OfAChain_ExecutesTheFirstStepOnly()
    {
        var run = Drive("trigger > a:echo > b:echo");
        Assert.Equal(["execute a"], run.Commands);
    }

    [Fact]
    public void Start_WithTwoLinksFromTheTrigger_ExecutesBoth()
    {
        var run = Drive("trigger > a:echo", "trigger > b:echo");
        Assert.Equal(["execute a", "execute b"], run.Commands);
    }

    [Fact]
    public void Completed_WithTwoLinksFromOnePort_ExecutesBothSuccessors()
    {
        var run = Drive("trigger > a:echo > b:echo", "a > c:echo").Complete("a");
        Assert.Equal(["execute b", "execute c"], run.Commands);
    }

    [Fact]
    public void Completed_IntoAJoin_WaitsForTheOtherBranch()
    {
        var run = Drive("trigger > a:echo > b:echo > d:echo", "a > c:echo > d").Complete("a").Complete("b");
        Assert.Empty(run.Commands);
        Assert.Equal(["execute d"], run.Complete("c").Commands);
    }

    [Fact]
    public void Completed_ThroughOnePort_SkipsTheOther()
    {
        var run = Drive("trigger > a:branch", "a.then > b:echo > d:echo", "a.else > c:echo > d").Complete("a", "else");
        Assert.Equal(["skip b", "execute c"], run.Commands);
    }

    [Fact]
    public void Join_WithOneBranchSkipped_RunsOnceTheOtherIsDone()
    {
        var run = Drive("trigger > a:branch", "a.then > b:echo > d:echo", "a.else > c:echo > d").Complete("a", "then").Skip("c")
            .Complete("b");
        Assert.Equal(["execute d"], run.Commands);
    }

    [Fact]
    public void Join_WithEveryBranchSkipped_IsSkippedItself()
    {
        var run = Drive("trigger > a:branch", "a.then > b:echo", "a.else > c:echo > d:echo").Complete("a", "then").Skip("c");
        Assert.Equal(["skip d"], run.Commands);
    }

    [Fact]
    public void TwoPortsIntoOneStep_GiveItOneTurn()
    {
        var run = Drive("trigger > a:branch", "a.then > b:echo", "a.else > b").Complete("a", "then");
        Assert.Equal(["execute b"], run.Commands);
    }

    [Fact]
    public void LastStepCompleted_FinishesTheRun()
    {
        var run = Drive("trigger > a:echo").Complete("a");
        Assert.Equal(["finish"], run.Commands);
        Assert.Equal(RunStatus.Done, run.Record(new RunEvent.RunCompleted()).State.Status);
    }

    [Fact]
    public void NoSteps_FinishAtOnce() => Assert.Equal(["finish"], Drive().Commands);

    [Fact]
    public void StepWithoutALink_IsSkipped() => Assert.Equal(["execute a", "skip b"], Drive("trigger > a:echo", "b:echo").Commands);

    [Fact]
    public void DisabledStep_IsPassedThrough()
    {
        var definition = Flows.Of("trigger > a:echo > b:echo").With("a", n => n with { Disabled = true });
        Assert.Equal(["pass a"], new Driver(definition).Commands);
    }

    [Fact]
    public void Failure_EndsTheRunAndNamesTheStep()
    {
        var run = Drive("trigger > a:echo > b:echo").Record(new RunEvent.StepFailed("a", 1, "no_luck", "It did not work."));
        var finish = Assert.IsType<RunCommand.Finish>(Assert.Single(run.Last));
        Assert.Equal(new RunFailure("no_luck", "a: It did not work."), finish.Failure);
    }

    [Fact]
    public void Failure_WithContinue_GoesOnThroughTheFirstPort()
    {
        var definition = Flows.Of("trigger > a:echo > b:echo").With("a", n => n with { OnError = OnError.Continue });
        Assert.Equal(["execute b"], new Driver(definition).Record(new RunEvent.StepFailed("a", 1, "no_luck", "It did not work.")).Commands);
    }

    [Fact]
    public void OneBranchWaits_RunIsWaitingOnlyWhenNothingElseIsOpen()
    {
        var run = Drive("trigger > a:echo", "trigger > b:echo").Record(new RunEvent.StepStarted("b", 1)).Park("a");
        Assert.Equal(RunStatus.Running, run.State.Status);
        Assert.Equal(RunStatus.Waiting, run.Complete("b").State.Status);
    }

    [Fact]
    public void Canceled_ClosesOpenSteps()
    {
        var run = Drive("trigger > a:echo > b:echo").Park("a").Record(new RunEvent.RunCanceled("Dana"));
        Assert.Equal(RunStatus.Canceled, run.State.Status);
        Assert.Equal([StepStatus.Canceled, StepStatus.NotStarted], run.State.Steps.Select(s => s.Status));
    }

    [Fact]
    public void Woken_CallsTheStepAgainWithItsMemory()
    {
        var run = Drive("trigger > a:echo").Park("a")
            .Record(new RunEvent.StepWoken("a", 1, NodeWakeKind.Signal, "answer", JsonElement.Parse("5"), null));
        Assert.Equal(["execute a"], run.Commands);
        Assert.Equal(1, run.State.Steps[0].Memory.GetProperty("n").GetInt32());
        Assert.Equal("answer", run.State.Steps[0].Wake.Signal);
    }

    [Fact]
    public void Completed_StepThatWritesToSomebody_IsAMessage() =>
        Assert.Equal(1, Drive("trigger > a:post > b:echo").Complete("a").Complete("b").State.Messages);

    [Fact]
    public void AfterAFinalStatus_NothingIsAllowed()
    {
        var run = Drive("trigger > a:echo").Complete("a").Record(new RunEvent.RunCompleted());
        var e = Assert.Throws<InvalidOperationException>(() => run.Record(new RunEvent.RunCanceled("Dana")));
        Assert.Equal("RunCanceled is not allowed for a run that is Done.", e.Message);
    }

    [Fact]
    public void MissingEntry_IsRefused()
    {
        var plan = Flows.Of("trigger > a:echo").Plan(Types);
        var e = Assert.Throws<InvalidOperationException>(
            () => RunFold.Apply(plan, RunState.Before(1), new JournalEntry(2, default, new RunEvent.RunCompleted())));
        Assert.Equal("Journal entry 2 follows 0: one is missing or doubled.", e.Message);
    }

    private static Driver Drive(params string[] chains) => new(Flows.Of(chains));

    /// <summary>Feeds events to the decider and shows its commands.</summary>
    private sealed class Driver
    {
        private readonly RunPlan plan;

        public Driver(WorkflowDefinition definition)
        {
            plan = definition.Plan(Types);
            State = RunState.Before(plan.Steps.Count);
            Record(new RunEvent.RunStarted(JsonElement.Parse("{}")));
        }

        public RunState State { get; private set; }

        public IReadOnlyList<RunCommand> Last { get; private set; } = [];

        public IEnumerable<string> Commands => Last.Select(c => c switch
        {
            RunCommand.ExecuteStep e => "execute " + e.Place.Id,
            RunCommand.SkipStep s => "skip " + s.Place.Id,
            RunCommand.PassStep s => "pass " + s.Place.Id,
            _ => "finish",
        });

        public Driver Record(RunEvent e)
        {
            var decision = RunDecider.Decide(plan, State, new JournalEntry(State.Seq + 1, DateTimeOffset.UnixEpoch, e));
            (State, Last) = (decision.State, decision.Commands);
            return this;
        }

        public Driver Complete(string id, string? port = null) => Record(new RunEvent.StepCompleted(id, 1, JsonElement.Parse("{}"), port));

        public Driver Skip(string id) => Record(new RunEvent.StepSkipped(id));

        public Driver Park(string id) =>
            Record(new RunEvent.StepParked(id, 1, DateTimeOffset.UnixEpoch.AddDays(1), "answer", JsonElement.Parse("""{"n":1}"""), null));
    }

    /// <summary>Writes to somebody, from another group of the palette than messages.</summary>
    [Step("post", "Post", NodeGroup.Http, "circle", SendsMessage = true, Does = "Writes to somebody.", Example = "{}")]
    private sealed class PostNode : NodeType
    {
        public override NodeSchema Settings => NodeSchema.None;

        public override NodeSchema Output => NodeSchema.None;

        public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
