using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

/// <summary>The flow steps in real runs.</summary>
public abstract class FlowRunTests(TestStore store) : EngineSuite(store)
{
    private static readonly string[] Ways = ["yes", "no"];

    [Theory]
    [InlineData("""{"total":150}""", "yes")]
    [InlineData("""{"total":50}""", "no")]
    [InlineData("{}", "no")]
    public async Task Run_ThroughConditionAndSwitch_TakesTheWayOfTheData(string payload, string taken)
    {
        await using var engine = await StartAsync(new ConditionNode(), new SwitchNode(), new SetNode());
        var flow = Flows.Of("trigger > if:condition > which:switch", "if.else > no:set", "which.large > yes:set")
            .Setting("if", """{"conditions":[{"left":"{{ total }}","operator":"exists"},{"left":"{{ total ?? 0 }}","operator":"greater_than","right":100}]}""")
            .Setting("which", """{"value":"{{ total }}","cases":[{"name":"large","operator":"greater_than","equals":120}]}""")
            .Setting("yes", """{"values":{"a":1}}""").Setting("no", """{"values":{"a":2}}""");

        var view = await engine.UntilAsync(await engine.RunAsync(flow, payload), RunStatus.Done);
        Assert.Equal([taken], Ways.Where(s => view.Step(s).Status == StepStatus.Done));
    }

    [Theory]
    [InlineData("""{"mode":"all"}""", """{"arrived":2}""")]
    [InlineData("""{"mode":"n","count":2}""", """{"arrived":2}""")]
    public async Task Run_ThroughParallelAndMerge_ArrivesOnce(string merge, string output)
    {
        await using var engine = await StartAsync(new ParallelNode(), new MergeNode(), new SetNode());
        var flow = Flows.Of("trigger > all:parallel", "all.a > one:set > back:merge", "all.b > two:set > back")
            .Setting("all", """{"branches":["a","b"]}""").Setting("one", """{"values":{"x":1}}""").Setting("two", """{"values":{"x":2}}""")
            .Setting("back", merge);

        var view = await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done);
        Assert.Equal(output, view.Step("back").Output.GetRawText());
    }

    [Fact]
    public async Task Run_ThroughForEachFilterAndEnd_HandsOnWhatItCollected()
    {
        await using var engine = await StartAsync(new ForEachNode(), new FilterNode(), new SetNode(), new EndNode());
        var flow = Flows.Of("trigger > pick:filter > loop:for_each", "loop.each > mark:set", "loop.done > last:end")
            .Setting("pick",
                """{"items":"{{ people }}","conditions":[{"left":"{{ $item.age }}","operator":"greater_or_equal","right":18}]}""")
            .Setting("loop", """{"items":"{{ $node.pick.items }}","collect":"{{ $node.mark.who }} {{ $index }}"}""")
            .Setting("mark", """{"values":{"who":"{{ $item.name }}"}}""")
            .Setting("last", """{"output":{"names":"{{ $node.loop.items }}"}}""");

        var view = await engine.UntilAsync(
            await engine.RunAsync(flow, """{"people":[{"name":"Ann","age":30},{"name":"Bo","age":9},{"name":"Cy","age":18}]}"""),
            RunStatus.Done);
        Assert.Equal("""{"names":["Ann 0","Cy 1"]}""", view.State.Output.GetRawText());
    }

    [Fact]
    public async Task Run_ThroughTheListSteps_MakesOneTextOfTwoLists()
    {
        await using var engine = await StartAsync(new SplitListNode(), new SortNode(), new RemoveDuplicatesNode(), new TransformNode(),
            new MergeListsNode(), new LimitNode(), new JoinListNode());
        var flow = Flows.Of(
            "trigger > names:split_list > sorted:sort > once:remove_duplicates > named:transform > merged:merge_lists > two:limit > "
            + "text:join_list")
            .Setting("names", """{"text":"{{ names }}"}""")
            .Setting("sorted", """{"items":"{{ $node.names.items }}","ignore_case":true}""")
            .Setting("once", """{"items":"{{ $node.sorted.items }}","ignore_case":true}""")
            .Setting("named", """{"items":"{{ $node.once.items }}","values":{"name":"{{ $item }}"}}""")
            .Setting("merged", """
                {"left":"{{ $node.named.items }}","right":"{{ people }}","left_key":"name","ignore_case":true,"same_names":"right"}
                """)
            .Setting("two", """{"items":"{{ $node.merged.items }}","from":"last","take":2}""")
            .Setting("text", """
                {"items":"{{ $node.two.items }}","text":"{{ $item.name }} ({{ $item.age ?? 'no age' }})","last_separator":" and "}
                """);

        var view = await engine.UntilAsync(
            await engine.RunAsync(flow, """{"names":"Cy, ann,, Bo, Ann","people":[{"name":"BO","age":9},{"name":"Dee","age":40}]}"""),
            RunStatus.Done);
        Assert.Equal("""["ann","Bo","Cy"]""", view.Step("once").Output.GetProperty("items").GetRawText());
        Assert.Equal("""{"text":"BO (9) and Cy (no age)","count":2}""", view.Step("text").Output.GetRawText());
    }

    [Fact]
    public async Task Run_IntoStop_FailsWithItsCode()
    {
        await using var engine = await StartAsync(new StopNode());
        var flow = Flows.Of("trigger > no:stop").Setting("no", """{"code":"no_insurance","message":"{{ who }} has none."}""");

        var view = await engine.UntilAsync(await engine.RunAsync(flow, """{"who":"Maria"}"""), RunStatus.Failed);
        Assert.Equal("no_insurance", view.State.Failure!.Code);
    }
}
