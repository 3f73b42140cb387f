using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class FilterNodeTests
{
    private const string Overdue =
        """{"items":"{{ invoices }}","conditions":[{"left":"{{ $item.status }}","operator":"equals","right":"{{ wanted }}"}]}""";
    private const string Invoices =
        """{"wanted":"overdue","invoices":[{"n":1,"status":"overdue"},{"n":2,"status":"paid"},{"n":3,"status":"overdue"}]}""";

    [Fact]
    public async Task Execute_List_KeepsTheItemsForWhichTheConditionsHold()
    {
        var call = new FlowCall(new FilterNode(), Overdue, Invoices);

        Assert.Equal("""out {"items":[{"n":1,"status":"overdue"},{"n":3,"status":"overdue"}],"count":2}""", Given(await call.DoneAsync()));
        Assert.Equal(["Kept 2 of 3 items"], call.Log);
    }

    [Fact]
    public async Task Execute_NothingIsLeft_LeavesThroughElse() =>
        Assert.Equal("""else {"items":[],"count":0}""",
            Given(await new FlowCall(new FilterNode(), Overdue, """{"wanted":"x","invoices":[{"status":"y"}]}""").DoneAsync()));

    [Theory]
    [InlineData("5", """out {"result":true}""")]
    [InlineData("3", """else {"result":false}""")]
    public async Task Execute_WithoutList_LetsTheRunOnOrNot(string total, string expected) => Assert.Equal(expected, Given(
        await new FlowCall(new FilterNode(), """{"conditions":[{"left":"{{ total }}","operator":"greater_than","right":4}]}""",
            $$"""{"total":{{total}}}""").DoneAsync()));

    [Fact]
    public async Task Execute_ItemWithoutTheField_FailsAndNamesIt() => Assert.StartsWith(
        "unresolved_reference: Item 2: “Value” needs $item.status, which has no value: there is no field status.",
        await new FlowCall(new FilterNode(), Overdue, """{"wanted":"x","invoices":[{"status":"y"},{}]}""").FailureAsync(),
        StringComparison.Ordinal);

    [Fact]
    public async Task Execute_ItemWithoutASize_IsNeitherMoreNorLess() => Assert.Equal("""out {"items":[{"n":"1,200"}],"count":1}""", Given(
        await new FlowCall(new FilterNode(), """{"items":[{},{"n":null},{"n":"1,200"},{"n":3}],"conditions":[{"left":"{{ $item.n }}","operator":"greater_than","right":"{{ $item.limit }}"},{"left":"{{ $item.n }}","operator":"greater_than","right":4}],"match":"any"}""").DoneAsync()));

    [Fact]
    public async Task Execute_ItemThatCannotBeCompared_FailsAndNamesIt() => Assert.StartsWith(
        "cannot_compare: Item 2: “many” and 4 cannot be compared by size.",
        await new FlowCall(new FilterNode(),
            """{"items":[{"n":5},{"n":"many"}],"conditions":[{"left":"{{ $item.n }}","operator":"greater_than","right":4}]}""")
            .FailureAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task Execute_ConditionThatAsksWhetherThereIsAValue_TakesItemsWithoutIt() =>
        Assert.Equal("""out {"items":[{"e":1}],"count":1}""", Given(
            await new FlowCall(new FilterNode(), """{"items":[{},{"e":1}],"conditions":[{"left":"{{ $item.e }}","operator":"exists"}]}""")
                .DoneAsync()));

    [Fact]
    public async Task Execute_ValueThatIsNoList_Fails() =>
        Assert.StartsWith("not_a_list: ", await new FlowCall(new FilterNode(), """{"items":"x","conditions":[{"left":1,"right":1}]}""")
            .FailureAsync(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"items":"{{ $initialPayload.x }}","conditions":[{"left":"{{ $item.a }}","right":"{{ $index }}"}]}""", null)]
    [InlineData("""{"items":"{{ $item.x }}","conditions":[{"left":1,"right":1}]}""", "nodes[0].config.items")]
    public void Validate_Item_IsKnownInTheConditionsAlone(string config, string? path)
    {
        var flow = Flows.Of("trigger > f:filter").Setting("f", config);
        var problems = new WorkflowStudio.Engine.Model.WorkflowValidator(new NodeCatalog([new FilterNode()])).Validate(flow);

        Assert.Equal(path is null ? [] : [path], problems.Select(p => p.Path));
    }

    [Fact]
    public void Validate_FieldOfAKeptItem_IsKnown()
    {
        var flow = Flows.Of("trigger > t:transform > f:filter > s:set")
            .Setting("t", """{"items":[1],"values":{"name":"{{ $item }}"}}""")
            .Setting("f", """{"items":"{{ $node.t.items }}","conditions":[{"left":"{{ $item.name }}","operator":"exists"}]}""")
            .Setting("s", """{"values":{"a":"{{ $node.f.items[0].name }}","b":"{{ $node.f.items[0].nmae }}"}}""");
        var types = new NodeCatalog([new TransformNode(), new FilterNode(), new SetNode()]);

        Assert.Equal(["nodes[2].config.values.b"],
            new WorkflowStudio.Engine.Model.WorkflowValidator(types).Validate(flow)
                .Where(p => p.Code == WorkflowStudio.Engine.Model.WorkflowProblemCodes.UnknownOutput).Select(p => p.Path));
    }

    // fields that say nothing are null
    private static string Given(string output) => output.Replace(",\"result\":null", "", StringComparison.Ordinal)
        .Replace("\"items\":null,\"count\":null,", "", StringComparison.Ordinal);
}

public sealed class TransformNodeTests
{
    [Fact]
    public async Task Execute_List_MakesANewItemOfEach() => Assert.Equal(
        """{"items":[{"name":"Ann Lee","n":0,"by":"Maria"},{"name":"Bo Ray","n":1,"by":"Maria"}],"count":2}""",
        await new FlowCall(
            new TransformNode(),
            """{"items":"{{ people }}","values":{"name":"{{ $item.first }} {{ $item.last }}","n":"{{ $index }}","by":"{{ who }}"}}""",
            """{"who":"Maria","people":[{"first":"Ann","last":"Lee"},{"first":"Bo","last":"Ray"}]}""").DoneAsync());

    [Fact]
    public async Task Execute_KeepingFields_AddsTheValues() => Assert.Equal(
        """{"items":[{"a":1,"b":3,"c":4}],"count":1}""",
        await new FlowCall(new TransformNode(), """{"items":[{"a":1,"b":2}],"values":{"b":3,"c":4},"keep_fields":true}""").DoneAsync());

    [Fact]
    public async Task Execute_ItemThatIsNoObject_HasNothingToKeep() =>
        Assert.Equal("""{"items":[{"v":7}],"count":1}""",
            await new FlowCall(new TransformNode(), """{"items":[7],"values":{"v":"{{ $item }}"},"keep_fields":true}""").DoneAsync());

    [Fact]
    public async Task Execute_ReferenceWithoutAValue_FailsAndNamesTheItem() => Assert.StartsWith(
        "unresolved_reference: Item 1: “Values” needs $item.x, which has no value: there is no field x.",
        await new FlowCall(new TransformNode(), """{"items":[{}],"values":{"a":"{{ $item.x }}"}}""").FailureAsync(),
        StringComparison.Ordinal);

    [Fact]
    public async Task Execute_ItemsThatWouldFillTheMemory_FailBefore()
    {
        var list = JsonSerializer.Serialize(new { list = Enumerable.Range(0, 10_000), wide = new string('x', 100_000) });

        Assert.Equal(
            "output_too_large: What the step gives would be larger than 1 MiB. Pass a part of the list, or less of each item. "
            + "(Setting: values)",
            await new FlowCall(new TransformNode(), """{"items":"{{ list }}","values":{"w":"{{ wide }}"}}""", list).FailureAsync());
    }
}

public sealed class AggregateNodeTests
{
    private const string Invoices = """{"list":[{"s":"open","t":10},{"s":"paid","t":"20.5"},{"s":"open","t":null},{"s":"open","t":5}]}""";

    [Theory]
    [InlineData("count", "4")]
    [InlineData("sum", "35.5")]
    [InlineData("min", "5")]
    [InlineData("max", "\"20.5\"")]
    [InlineData("first", "10")]
    [InlineData("last", "5")]
    [InlineData("unique", "[10,\"20.5\",5]")]
    public async Task Execute_Figure_IsOverTheValuesThatAreThere(string figure, string expected) => Assert.Equal(
        $$"""{"{{figure}}":{{expected}}}""",
        await new FlowCall(new AggregateNode(), $$"""{"items":"{{"{{ list }}"}}","field":"t","calculate":["{{figure}}"]}""", Invoices)
            .DoneAsync());

    [Fact]
    public async Task Execute_Average_IsOfTheNumbers() =>
        Assert.Equal("""{"avg":2.5}""", await new FlowCall(new AggregateNode(), """{"items":[1,2,3,4],"calculate":["avg"]}""").DoneAsync());

    [Fact]
    public async Task Execute_Groups_HaveTheSameFigures() => Assert.Equal(
        """{"count":4,"sum":35.5,"groups":[{"key":"open","count":3,"sum":15},{"key":"paid","count":1,"sum":20.5}]}""",
        await new FlowCall(new AggregateNode(), """{"items":"{{ list }}","field":"t","calculate":["count","sum"],"group_by":"s"}""",
            Invoices).DoneAsync());

    [Fact]
    public async Task Execute_EmptyList_HasNoFigureButCountAndSum() => Assert.Equal(
        """{"count":0,"sum":0,"min":null,"avg":null,"first":null,"unique":[]}""",
        await new FlowCall(new AggregateNode(), """{"items":[],"calculate":["count","sum","min","avg","first","unique"]}""").DoneAsync());

    [Fact]
    public async Task Execute_PathIntoItems_IsFollowed() => Assert.Equal(
        """{"sum":7}""", await new FlowCall(new AggregateNode(),
            """{"items":[{"l":[{"p":3}]},{"l":[{"p":4}]},{"l":[]}],"field":"l[0].p","calculate":["sum"]}""").DoneAsync());

    [Fact]
    public async Task Execute_TextWhereANumberIsNeeded_FailsAndNamesTheItem() => Assert.Equal(
        "not_a_number: Item 2 has \"x\" where sum needs a number. Check the list and the field.",
        await new FlowCall(new AggregateNode(), """{"items":[1,"x"],"calculate":["count","sum"]}""").FailureAsync());

    [Fact]
    public async Task Execute_Times_AreComparedAsTimes() => Assert.Equal(
        """{"max":"2026-01-01T13:00:00Z"}""",
        await new FlowCall(new AggregateNode(), """{"items":["2026-01-01T13:30:00+01:00","2026-01-01T13:00:00Z"],"calculate":["max"]}""")
            .DoneAsync());

    [Fact]
    public void OutputNames_OfSettings_AreWhatIsAskedFor() =>
        Assert.Equal(["count", "sum", "groups"],
            new AggregateNode().OutputNames(JsonElement.Parse("""{"items":"{{ x }}","calculate":["count","sum"],"group_by":"s"}"""))!);
}
