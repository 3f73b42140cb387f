using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Documents;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Documents;

public sealed class ClassifyNodeTests
{
    private const string Settings = """
        {"text":"{{ message }}",
        "classes":[{"name":"billing","words":"invoice*, refund, credit card"},{"name":"booking","words":"appointment, come in, café"}]}
        """;

    [Theory]
    [InlineData("My INVOICES are wrong, I want a refund.", "billing", """["invoice*","refund"]""", 2, 0)]
    [InlineData("May I come  in, or pay by credit\\ncard?", "billing", """["credit card"]""", 1, 1)]
    [InlineData("No appointments, please.", "other", "[]", 0, 0)]
    [InlineData("The refunded sum", "other", "[]", 0, 0)]
    [InlineData("At the CAFE\\u0301", "booking", """["café"]""", 0, 1)]
    [InlineData("", "other", "[]", 0, 0)]
    [InlineData("A refund\\ufffe", "billing", """["refund"]""", 1, 0)]
    public async Task Execute_Text_IsOfTheClassOfWhichMostWordsAreFound(
        string message, string name, string found, int billing, int booking) =>
        Assert.Equal(
            $$$"""{"class":"{{{name}}}","found":{{{found}}},"counts":{"billing":{{{billing}}},"booking":{{{booking}}}}}""",
            await new FlowCall(new ClassifyNode(), Settings, $$"""{"message":"{{message}}"}""").DoneAsync());

    [Fact]
    public async Task Execute_FewerWordsThanAsked_IsOtherwise()
    {
        var call = new FlowCall(
            new ClassifyNode(),
            """{"text":"A refund","classes":[{"name":"billing","words":"refund, invoice, Refund"}],"at_least":2,"otherwise":"none"}""");

        Assert.Equal("""{"class":"none","found":[],"counts":{"billing":1}}""", await call.DoneAsync());
        Assert.Equal(["No class has enough of its words in the text, so it is none."], call.Log);
    }

    [Fact]
    public async Task Execute_Class_IsSaidInTheLog()
    {
        var call = new FlowCall(new ClassifyNode(), Settings, """{"message":"An invoice and a refund"}""");

        await call.DoneAsync();

        Assert.Equal(["billing: found invoice*, refund"], call.Log);
    }

    [Theory]
    [InlineData("""{"name":"a","words":"y"}""",
        "wrong_setting classes[1].name: There is a class a already. Give each its own name, or put their words into one.")]
    [InlineData("""{"name":"b","words":"y, ?!"}""",
        "wrong_setting classes[1].words: “?!” has no letter and no digit, so it is never found. Take it out.")]
    [InlineData("""{"name":"b","words":","}""",
        "wrong_setting classes[1].words: “,” has no letter and no digit, so it is never found. Take it out.")]
    [InlineData("""{"name":"b","words":""}""", "wrong_setting classes[1].words: Words must have at least 1 character, but has 0.")]
    [InlineData("""{"name":"b"}""", "missing_setting classes[1].words: Words is missing. Fill it in: the step cannot run without it.")]
    public void Check_ClassThatDoesNotFit_IsNamed(string second, string problem) => Assert.Equal(
        [problem],
        FlowCall.Problems(new ClassifyNode(), $$"""{"text":"x","classes":[{"name":"a","words":"x"},{{second}}]}"""));

    [Fact]
    public async Task Execute_NameThatAnExpressionGaveTwice_Fails() => Assert.Equal(
        "wrong_setting: There is a class a already. Give each its own name, or put their words into one. (Setting: classes[1].name)",
        await new FlowCall(
            new ClassifyNode(), """{"text":"x","classes":[{"name":"a","words":"x"},{"name":"{{ name }}","words":"y"}]}""",
            """{"name":"a"}""").FailureAsync());

    [Theory]
    [InlineData(Settings, "billing, booking")]
    [InlineData("{}", null)]
    public void Summary_OfClasses_ListsTheirNames(string config, string? summary) =>
        Assert.Equal(summary, new ClassifyNode().Summary(JsonElement.Parse(config)));
}
