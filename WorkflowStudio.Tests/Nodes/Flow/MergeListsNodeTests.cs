using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class MergeListsNodeTests
{
    private const string Lists = """
        {"l":[{"id":1,"c":7,"n":"one"},{"id":2,"c":"9","n":"two"},{"id":3,"n":"three"}],
        "r":[{"id":9,"n":"Nine"},{"id":"7","n":"Seven"},{"id":9,"n":"Neuf"},{"id":null,"n":"None"},{"id":5,"n":"Five"}]}
        """;

    [Theory]
    [InlineData("inner", "left",
        """[{"id":1,"c":7,"n":"one"},{"id":2,"c":"9","n":"two"},{"id":2,"c":"9","n":"two"}]""")]
    [InlineData("inner", "right",
        """[{"id":"7","c":7,"n":"Seven"},{"id":9,"c":"9","n":"Nine"},{"id":9,"c":"9","n":"Neuf"}]""")]
    [InlineData("left", "nested", """
        [{"id":1,"c":7,"n":"one","right":{"id":"7","n":"Seven"}},{"id":2,"c":"9","n":"two","right":{"id":9,"n":"Nine"}},
        {"id":2,"c":"9","n":"two","right":{"id":9,"n":"Neuf"}},{"id":3,"n":"three"}]
        """)]
    [InlineData("full", "nested", """
        [{"id":1,"c":7,"n":"one","right":{"id":"7","n":"Seven"}},{"id":2,"c":"9","n":"two","right":{"id":9,"n":"Nine"}},
        {"id":2,"c":"9","n":"two","right":{"id":9,"n":"Neuf"}},{"id":3,"n":"three"},{"right":{"id":null,"n":"None"}},
        {"right":{"id":5,"n":"Five"}}]
        """)]
    public async Task Execute_ByKey_MatchesAndKeepsWhatIsAskedFor(string keep, string names, string expected)
    {
        var call = new FlowCall(new MergeListsNode(), $$$"""
            {"left":"{{ l }}","right":"{{ r }}","left_key":"c","right_key":"id","keep":"{{{keep}}}","same_names":"{{{names}}}"}
            """, Lists);
        var items = JsonSerializer.Serialize(JsonElement.Parse(expected));

        Assert.Equal(
            $$"""{"items":{{items}},"count":{{JsonElement.Parse(items).GetArrayLength()}},"matched":2,"left_only":1,"right_only":2}""",
            await call.DoneAsync());
        Assert.Equal(["Matched 2 of 3 items"], call.Log);
    }

    [Theory]
    [InlineData("\"01\"", "[1,\"1\",\"01\"]", "1,01")]
    [InlineData("1", "[\"a\",\"1\",1,\"1.0\"]", "1,1,1.0")]
    [InlineData("\"Ann\"", "[\"ann\",\"ANN\",\"Bo\"]", "ann,ANN")]
    [InlineData("{\"a\":1,\"b\":2}", "[{\"b\":2,\"a\":1.0},{\"a\":1}]", "{\"b\":2,\"a\":1.0}")]
    [InlineData("null", "[null]", "")]
    public async Task Execute_Keys_AreTheSameAsInConditions(string key, string others, string expected)
    {
        var right = JsonElement.Parse(others).EnumerateArray().Select(k => new { k, r = k.ToString() });
        var config = JsonSerializer.Serialize(
            new { left = new[] { new { k = JsonElement.Parse(key) } }, right, left_key = "k", keep = "inner", ignore_case = true });

        var done = JsonElement.Parse(await new FlowCall(new MergeListsNode(), config).DoneAsync());
        Assert.Equal(expected, string.Join(',', done.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("r").GetString())));
    }

    [Theory]
    [InlineData("inner", """{"items":[{"a":1,"b":3}],"count":1,"matched":1,"left_only":1,"right_only":0}""")]
    [InlineData("full", """{"items":[{"a":1,"b":3},{"a":2}],"count":2,"matched":1,"left_only":1,"right_only":0}""")]
    public async Task Execute_SideBySide_GoesByPosition(string keep, string expected) => Assert.Equal(
        expected, await new FlowCall(
            new MergeListsNode(), $$"""{"left":[{"a":1},{"a":2}],"right":[{"b":3}],"mode":"position","keep":"{{keep}}"}""").DoneAsync());

    [Fact]
    public async Task Execute_SideBySideUnderAName_TakesItemsOfAnyKind() => Assert.Equal(
        """{"items":[{"a":1,"phone":"55"}],"count":1,"matched":1,"left_only":0,"right_only":1}""", await new FlowCall(new MergeListsNode(),
            """{"left":[{"a":1}],"right":["55",7],"mode":"position","same_names":"nested","name":"phone"}""").DoneAsync());

    [Fact]
    public async Task Execute_OneAfterTheOther_TakesItemsOfAnyKind() => Assert.Equal(
        """{"items":[1,{"a":2},"x"],"count":3,"matched":0,"left_only":2,"right_only":1}""",
        await new FlowCall(new MergeListsNode(), """{"left":[1,{"a":2}],"right":["x"],"mode":"append"}""").DoneAsync());

    [Theory]
    [InlineData("""{"left":"x","right":[],"mode":"append"}""", "not_a_list: The items must be a list, but a text was found.", "left")]
    [InlineData("""{"left":[],"right":{},"mode":"append"}""", "not_a_list: The items must be a list, but an object was found.", "right")]
    [InlineData("""{"left":[{},[1]],"right":[],"left_key":"k"}""",
        "not_an_object: Item 2 of the left list is a list, but only objects can be merged.", "left")]
    [InlineData("""{"left":[{}],"right":["x"],"mode":"position"}""",
        "not_an_object: Item 1 of the right list is a text, but only objects can be merged.", "right")]
    [InlineData("""{"left":[{"k":1},{"k":2,"right":0}],"right":[{"k":2}],"left_key":"k","same_names":"nested"}""",
        "name_taken: Item 2 has a field of this name already. Choose another one.", "name")]
    [InlineData("""{"left":[],"right":[]}""",
        "wrong_setting: There is no key. Name the field of the left list by which items are matched.", "left_key")]
    public async Task Execute_WhatCannotBeMerged_FailsAndNamesItemAndSetting(string config, string expected, string setting)
    {
        var failure = await new FlowCall(new MergeListsNode(), config).FailureAsync();

        Assert.StartsWith(expected, failure, StringComparison.Ordinal);
        Assert.EndsWith($"(Setting: {setting})", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key", "too_many_items: The lists would make 36,000,000 items; at most 10,000 are possible. Many items have the same key: "
        + "remove doubles from one of the lists first. (Setting: left_key)")]
    [InlineData("append",
        "too_many_items: The lists would make 12,000 items; at most 10,000 are possible. Pass a part of each. (Setting: right)")]
    public async Task Execute_MoreThanTheLimit_FailsBeforeTheyAreMade(string mode, string expected)
    {
        var items = Enumerable.Repeat(new { k = 1 }, 6_000);
        var config = JsonSerializer.Serialize(new { left = items, right = items, mode, left_key = "k" });

        Assert.Equal(expected, await new FlowCall(new MergeListsNode(), config).FailureAsync());
    }

    [Fact]
    public async Task Execute_WideItemThatMatchesMany_FailsBeforeItFillsTheMemory()
    {
        var config = JsonSerializer.Serialize(new
        {
            left = new[] { new { k = 1, wide = new string('x', 500_000) } },
            right = Enumerable.Repeat(new { k = 1 }, 9_000),
            left_key = "k",
        });

        Assert.Equal(
            "output_too_large: What the step gives would be larger than 1 MiB. Pass a part of the list, or less of each item. "
            + "(Setting: left)",
            await new FlowCall(new MergeListsNode(), config).FailureAsync());
    }

    [Fact]
    public void CheckSettings_WithoutAKey_IsMissing() => Assert.Equal(
        ["missing_setting left_key: There is no key. Name the field of the left list by which items are matched."],
        FlowCall.Problems(new MergeListsNode(), """{"left":[],"right":[]}"""));

    [Theory]
    [InlineData("""{"left":"{{ l }}","right":"{{ r }}","left_key":"client_id","right_key":"id"}""", "By client_id = id")]
    [InlineData("""{"left":"{{ l }}","right":"{{ r }}","left_key":"id"}""", "By id")]
    [InlineData("""{"left":"{{ l }}","right":"{{ r }}","mode":"append"}""", "One after the other")]
    [InlineData("""{"left":"{{ l }}","right":"{{ r }}"}""", null)]
    public void Summary_OfSettings_SaysHow(string config, string? expected) =>
        Assert.Equal(expected, new MergeListsNode().Summary(JsonElement.Parse(config)));
}
