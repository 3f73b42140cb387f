using System.Globalization;
using CsCheck;
using WorkflowStudio.Api.Dialects.Blocks;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Tests.Api.Dialects.Blocks.BlockCases;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>What goes through the translator comes back. A failure names its seed: give it to <c>Sample</c> to see it again.</summary>
public sealed class BlockRoundTripTests
{
    // STUDIO_TEST_SAMPLES asks for more
    private static readonly int Times =
        int.Parse(Environment.GetEnvironmentVariable("STUDIO_TEST_SAMPLES") ?? "400", CultureInfo.InvariantCulture);

    private static readonly Gen<int[]> Tapes = Gen.Int[0, 999].Array[0, 120];

    [Fact]
    public void Blocks_OfAnyForm_ComeBackAsTheyWereSent() => Tapes.Sample(
        tape =>
        {
            var sent = new RandomBlocks(new Choices(tape)).Sequence(0);
            Assert.Null(Difference(sent, Write(Stored(Read(sent.ToElement())))));
        },
        iter: Times, threads: 1, print: tape => new RandomBlocks(new Choices(tape)).Sequence(0).ToJsonString());

    [Fact]
    public void Blocks_ThatComeBack_MeanTheSame() => Tapes.Sample(
        tape =>
        {
            var sent = new RandomBlocks(new Choices(tape)).Sequence(0).ToElement();
            if (BlocksReader.Read(sent, Types).Issues.Count > 0) return; // what has an issue has an id that is made anew each time
            var first = Read(sent);
            var second = Read(Write(first).ToElement());
            Assert.Equal(Links(first), Links(second));
            Assert.Equal(Steps(first), Steps(second));
        },
        iter: Times, threads: 1, print: tape => new RandomBlocks(new Choices(tape)).Sequence(0).ToJsonString());

    [Fact]
    public void Graph_MadeOfPartsInTurnAndSideBySide_SurvivesBlocks() => Tapes.Sample(
        tape => AssertSurvives(new RandomGraphs(new Choices(tape)).Make()),
        iter: Times, threads: 1, print: tape => Links(new RandomGraphs(new Choices(tape)).Make()));

    [Fact]
    public void Graph_OfAnyLinks_SurvivesOrHasNoBlocks() => Tapes.Sample(
        tape =>
        {
            var graph = new RandomGraphs(new Choices(tape)).Tangle();
            if (BlocksWriter.WhyNot(graph, Types) is { } why) Assert.NotEmpty(why);
            else AssertSurvives(graph);
        },
        iter: Times, threads: 1, print: tape => Links(new RandomGraphs(new Choices(tape)).Tangle()));

    private static void AssertSurvives(WorkflowDefinition graph)
    {
        var back = Stored(Read(Write(graph).ToElement()));

        Assert.Equal(Links(graph), Links(back));
        Assert.Equal(Steps(graph), Steps(back));
    }

    // their order says nothing
    private static IEnumerable<string> Steps(WorkflowDefinition definition) =>
        definition.Nodes.OrderBy(n => n.Id, StringComparer.Ordinal).Select(Text);

    private static string Text(WorkflowNode node) =>
        System.Text.Encoding.UTF8.GetString(WorkflowJson.Write(WorkflowDefinition.Empty with { Nodes = [node] }));
}
