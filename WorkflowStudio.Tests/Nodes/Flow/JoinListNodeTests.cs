using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class JoinListNodeTests
{
    private const string People = """{"people":[{"n":"Ann","c":{"t":1}},{"n":"Bo","c":{"t":2}},{"n":"Cy","c":{"t":3}}]}""";

    [Theory]
    [InlineData("""{"items":["a","b","c"]}""", "a, b, c", 3)]
    [InlineData("""{"items":["a","b","c"],"last_separator":" and "}""", "a, b and c", 3)]
    [InlineData("""{"items":["a","b"],"last_separator":" and "}""", "a and b", 2)]
    [InlineData("""{"items":["a"],"last_separator":" and "}""", "a", 1)]
    [InlineData("""{"items":[1.50,true,"x"],"separator":"\\n"}""", "1.5\ntrue\nx", 3)]
    [InlineData("""{"items":["a",null,"","b"]}""", "a, b", 2)]
    [InlineData("""{"items":["a",null,"","b"],"skip_empty":false}""", "a, , b", 3)]
    [InlineData("""{"items":[]}""", "", 0)]
    [InlineData("""{"items":[null],"empty":"nobody"}""", "nobody", 0)]
    [InlineData("""{"items":"{{ people }}","field":"n"}""", "Ann, Bo, Cy", 3)]
    [InlineData("""{"items":"{{ people }}","field":"c.t","separator":"+"}""", "1+2+3", 3)]
    [InlineData("""{"items":"{{ people }}","field":"x","empty":"none"}""", "none", 0)]
    [InlineData("""{"items":"{{ people }}","text":"{{ $index + 1 }}. {{ $item.n }}","separator":"; "}""", "1. Ann; 2. Bo; 3. Cy", 3)]
    [InlineData("""{"items":"{{ people }}","text":"{{ $item.x ?? $item.c.t }}"}""", "1, 2, 3", 3)]
    public async Task Execute_List_IsOneText(string config, string text, int count) => Assert.Equal(
        (text, count), Read(await new FlowCall(new JoinListNode(), config, People).DoneAsync()));

    [Theory]
    [InlineData("""{"items":["a",{"n":1}]}""",
        "not_a_text: Item 2 has an object where a text is needed. Name a field that holds one. (Setting: field)")]
    [InlineData("""{"items":[{"n":[1,2]}],"text":"{{ $item.n }}"}""",
        "not_a_text: Item 1 has a list of 2 where a text is needed. Name a field that holds one. (Setting: text)")]
    [InlineData("""{"items":[{}],"text":"Dear {{ $item.n }}"}""",
        "unresolved_reference: Item 1: “Text of each item” needs $item.n, which has no value: there is no field n. See that it is there, "
        + "or write a default into the setting text: {{ $item.n ?? \"…\" }}.")]
    [InlineData("""{"items":[],"field":"a","text":"b"}""",
        "wrong_setting: Give a field or a text for each item, not both. (Setting: text)")]
    public async Task Execute_WhatIsNoText_FailsAndNamesItemAndSetting(string config, string expected) =>
        Assert.Equal(expected, await new FlowCall(new JoinListNode(), config).FailureAsync());

    [Fact]
    public async Task Execute_TextThatWouldFillTheMemory_FailsBefore()
    {
        var list = JsonSerializer.Serialize(new { list = Enumerable.Range(0, 10_000), wide = new string('x', 100_000) });

        Assert.Equal(
            "output_too_large: What the step gives would be larger than 1 MiB. Pass a part of the list, or less of each item. "
            + "(Setting: items)",
            await new FlowCall(new JoinListNode(), """{"items":"{{ list }}","text":"{{ $item }} {{ wide }}"}""", list).FailureAsync());
    }

    [Fact]
    public void CheckSettings_FieldAndText_AreOneTooMany() => Assert.Equal(
        ["wrong_setting text: Give a field or a text for each item, not both."],
        FlowCall.Problems(new JoinListNode(), """{"items":[],"field":"a","text":"{{ $item.b }}"}"""));

    [Theory]
    [InlineData("""{"items":"{{ x }}","field":"name"}""", "name")]
    [InlineData("""{"items":"{{ x }}","text":"{{ $item.name }}!"}""", "{{ $item.name }}!")]
    [InlineData("""{"items":"{{ x }}"}""", null)]
    public void Summary_OfSettings_SaysWhatIsJoined(string config, string? expected) =>
        Assert.Equal(expected, new JoinListNode().Summary(JsonElement.Parse(config)));

    private static (string?, int) Read(string output) => JsonElement.Parse(output) is var done
        ? (done.GetProperty("text").GetString(), done.GetProperty("count").GetInt32())
        : default;
}
