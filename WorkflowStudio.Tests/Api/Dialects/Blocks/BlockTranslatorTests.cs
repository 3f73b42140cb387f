using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Blocks;
using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Tests.Api.Dialects.Blocks.BlockCases;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

public sealed class BlockTranslatorTests
{
    private const string IfElse = """
        [
          { "$kind": "Action", "id": "a", "type": "set", "name": "A", "input": { "values": { "x": "{{$initialPayload.x}}" } } },
          { "$kind": "Block", "type": "if-else", "id": "if", "inputs": { "condition": { "operatorName": "equals", "left": "{{a.output.x}}", "right": "value" } },
            "branches": {
              "then": [ { "$kind": "Action", "id": "b", "type": "set", "name": "", "input": { "values": { "y": 1 } } } ],
              "else": [] } },
          { "$kind": "Action", "id": "c", "type": "set", "name": "", "input": { "values": { "y": 2 } } }
        ]
        """;

    [Fact]
    public void IfElse_WithAStepAfterIt_JoinsBothBranches()
    {
        var read = Read(IfElse);

        Assert.Equal("a:out>if b:out>c if:else>c if:then>b trigger:out>a", Links(read));
        Assert.Equal(
            """{"conditions":[{"operator":"equals","left":"{{a.output.x}}","right":"value"}]}""", read.Node("if")!.Config.GetRawText());
        Assert.DoesNotContain(new WorkflowValidator(Types).ValidateToRun(read), p => p.Severity == ProblemSeverity.Error);
        Assert.Equal(default, read.Extensions.ValueKind);
        Assert.Null(Difference(JsonNode.Parse(IfElse), Write(Stored(read))));
    }

    [Theory]
    [InlineData("switch", """{"value":"{{x}}","cases":["a",{"name":"b","operatorName":"less_than","equals":5}]}""", """{"a":[],"b":[],"default":[]}""",
        "switch", """{"value":"{{x}}","cases":[{"name":"a","equals":"a"},{"name":"b","operator":"less_than","equals":5}]}""", "b:a>z b:b>z b:default>z trigger:out>b")]
    [InlineData("switch", """{"value":"{{x}}"}""", """{"a":[],"default":[]}""",
        "switch", """{"value":"{{x}}","cases":[{"name":"a","equals":"a"}]}""", "b:a>z b:default>z trigger:out>b")]
    [InlineData("for-each", """{"items":"{{x}}"}""", """{"body":[{"$kind":"Action","id":"i","type":"set","input":{}}]}""",
        "for_each", """{"items":"{{x}}"}""", "b:done>z b:each>i trigger:out>b")]
    [InlineData("parallel", "{}", """{"left":[{"$kind":"Action","id":"i","type":"set","input":{}}],"right":[]}""",
        "parallel", """{"branches":["left","right"]}""", "b:left>i b:right>z i:out>z trigger:out>b")]
    [InlineData("wait", """{"duration":"2 hours"}""", null, "wait", """{"for":"2 hours"}""", "b:out>z trigger:out>b")]
    [InlineData("wait", """{"duration":30,"unit":"minutes"}""", null, "wait", """{"for":"30","unit":"minutes"}""", "b:out>z trigger:out>b")]
    [InlineData("wait", """{"until":"2026-12-01T09:00"}""", null, "wait", """{"until":"2026-12-01T09:00"}""", "b:out>z trigger:out>b")]
    [InlineData("wait", """{"event":"x","timeout":"1 day"}""", null,
        "wait_for_event", """{"event":"x","timeout":"1 day"}""", "b:received>z b:timeout>z trigger:out>b")]
    [InlineData("if-else", """{"condition":"{{ x > 1 }}"}""", """{"then":[],"else":[]}""",
        "condition", """{"expression":"{{ x > 1 }}"}""", "b:else>z b:then>z trigger:out>b")]
    public void Block_OfEachType_IsTheStepOfTheModel(
        string type, string inputs, string? branches, string nodeType, string config, string links)
    {
        var blocks = $$$"""[{"$kind":"Block","type":"{{{type}}}","id":"b","inputs":{{{inputs}}}{{{(branches is null ? "" : $",\"branches\":{branches}")}}}},{"$kind":"Action","id":"z","type":"set","name":"","input":{}}]""";

        var read = Read(blocks);

        Assert.Equal((nodeType, config), (read.Node("b")!.Type, read.Node("b")!.Config.GetRawText()));
        Assert.Equal(links, Links(read));
        Assert.Null(Difference(JsonNode.Parse(blocks), Write(Stored(read))));
    }

    [Fact]
    public void Blocks_TwentyDeep_ComeBack()
    {
        var inner = """{"$kind":"Action","id":"last","type":"set","name":"","input":{"values":{"a":{"b":[1]}}}}""";
        for (var i = 20; i > 0; i--)
            inner = $$$"""{"$kind":"Block","type":"if-else","id":"if{{{i}}}","inputs":{"condition":{"operatorName":"exists","left":1}},"branches":{"then":[{{{inner}}}],"else":[]}}""";
        var blocks = Json($"[{inner},{{\"$kind\":\"Action\",\"id\":\"after\",\"type\":\"set\",\"name\":\"\",\"input\":{{}}}}]");

        var read = Read(blocks);

        Assert.Equal(22, read.Nodes.Count);
        Assert.Null(Difference(blocks.ToNode(), Write(Stored(read))));
        Assert.Contains("20 deep", BlocksReader.Read(
            Json($$$"""[{"$kind":"Block","type":"for-each","id":"o","inputs":{},"branches":{"body":[{{{inner}}}]}}]"""), Types).Refusal);
    }

    [Theory]
    [InlineData("trigger>a a>b b>a", "lead back")]
    [InlineData("trigger>if if:then>a if:else>b a>c b>c a>d b>d", "cross at the step c")]
    [InlineData("trigger>a", "No way leads to the step")]
    [InlineData("trigger>a a>nobody", "is no step")]
    public void Graph_ThatDoesNotNest_SaysWhy(string links, string why)
    {
        var graph = Model.Definitions.Of(links, [.. "a b c d if".Split(' ')
            .Where(id => links.Contains(id, StringComparison.Ordinal) || why.StartsWith("No", StringComparison.Ordinal))
            .Select(id => Model.Definitions.Step(id, id == "if" ? "condition" : "set"))]);

        Assert.Contains(why, BlocksWriter.WhyNot(graph, Types), StringComparison.Ordinal);
    }

    [Fact]
    public void Graph_WithAWayThatEndsEarly_ClosesIt()
    {
        var graph = Model.Definitions.Of("trigger>s s:a>x s:b>y s:default>z x>end y>end",
            Model.Definitions.Step("s", "switch", """{"value":1,"cases":[{"name":"a","equals":1},{"name":"b","equals":2}]}"""),
            Model.Definitions.Step("x"), Model.Definitions.Step("y"), Model.Definitions.Step("z"), Model.Definitions.Step("end"));

        var block = Write(graph)[0]!;

        Assert.Equal(["default"], block["branches"]!.AsObject().Select(b => b.Key));
        Assert.Equal("end", (string)block["groups"]![0]!["then"]![0]!["id"]!);
        Assert.Equal(Links(graph), Links(Read(Write(graph).ToElement())));
    }

    [Fact]
    public void FieldsOfTheModel_AreFieldsOfTheStep()
    {
        const string blocks = """
            [{"$kind":"Action","id":"a","type":"set","name":"","input":{"mine":1},"on_error":"error_port","retry":{"attempts":3,"delay":"PT5S"},
            "timeout":"PT30S","disabled":true,"color":"red","branches":{"error":[{"$kind":"Action","id":"b","type":"set","name":"","input":{}}]}},
            {"$kind":"Action","id":"c","type":"set","name":"","input":{}}]
            """;
        var read = Read(blocks);
        var node = read.Node("a")!;

        Assert.Equal((OnError.Port, 3, TimeSpan.FromSeconds(30), true), (node.OnError, node.Retry!.Attempts, node.Timeout, node.Disabled));
        Assert.Equal("a:error>b a:out>c b:out>c trigger:out>a", Links(read));
        Assert.Null(Difference(JsonNode.Parse(blocks), Write(Stored(read))));
    }

    [Fact]
    public void Change_InTheStudio_CountsMoreThanWhatWasSent()
    {
        var read = Read("""
            [{"$kind":"Block","type":"wait","id":"w","inputs":{"duration":30},"color":"red"},
            {"$kind":"Action","id":"a","type":"set","input":{}},{"$kind":"Action","id":"a","type":"set","input":{}}]
            """);
        var changed = read with
        {
            Nodes = [read.Nodes[0] with { Config = Json("""{"for":"2 hours"}"""), Name = "Wait a little" }, .. read.Nodes.Skip(1)],
        };

        var blocks = Write(changed);

        Assert.Equal(
            """{"$kind":"Block","type":"wait","id":"w","name":"Wait a little","inputs":{"duration":"2 hours"},"color":"red"}""",
            blocks[0]!.ToJsonString());
        Assert.Equal(["a", "a#2"], read.Nodes.Skip(1).Select(n => n.Id));
        Assert.Equal(["a", "a"], blocks.Skip(1).Select(b => (string)b!["id"]!));
    }

    [Fact]
    public void Ids_ThatAreMissing_AreMadeAndStay()
    {
        var read = Read("""[{"$kind":"Action","type":"set","input":{}},{"$kind":"Action","id":"step_1","type":"set","input":{}}]""");
        var again = Read(Write(read).ToElement());

        Assert.Equal(["step_2", "step_1"], read.Nodes.Select(n => n.Id));
        Assert.Equal(read.Nodes.Select(n => n.Id), again.Nodes.Select(n => n.Id));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{"steps":7,"nested":[]}""")]
    [InlineData("""{"steps":[0],"nested":[{"id":7}]}""")]
    [InlineData("""{"steps":[-1],"nested":[]}""")]
    [InlineData("""{"steps":[0],"nested":[{"ways":[{"steps":[0]}]}]}""")]
    [InlineData("""{"steps":[0],"nested":[{"ways":[7],"closed":[null]}]}""")]
    public void KeptTree_ThatIsNone_IsPassedOver(string tree) => Assert.Null(BlockTreeJson.Read(Json(tree)));

    [Fact]
    public void KeptTree_OfAnyDepth_IsPassedOver()
    {
        var entries = Enumerable.Range(1, 100_000).Select(i => $$"""{"ways":[{"port":"x","steps":[{{i}}]}]}""");
        Assert.Null(BlockTreeJson.Read(Json($$"""{"steps":[0],"nested":[{{string.Join(',', entries)}},{}]}""")));
    }
}
