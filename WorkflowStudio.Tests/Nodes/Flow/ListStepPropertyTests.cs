using System.Text.Json;
using CsCheck;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

/// <summary>What holds for every list that the list steps are given.</summary>
public sealed class ListStepPropertyTests
{
    private const string Zone = "America/Chicago";

    private static readonly string[] Known =
    [
        "1", "1.0", "-3", "2.5e3", "1e40", "-1e35", "\"10\"", "\"9\"", "\"1,000\"", "\"01\"", "\"a\"", "\"A\"", "\"b\"", "\"\"",
        "\" \"", "\"2026-01-01\"", "\"2026-01-01T13:00:00+01:00\"", "\"2026-01-01T12:00:00Z\"", "\"2026-03-08T02:30\"", "true",
        "false", "null",
    ];

    private static readonly string[] Pieces = ["a", "Bo", ",", "\"", "\n", "\r\n", " ", ";", "\\", "ä"];

    private static readonly Gen<string[]> Values = Gen.Int[0, Known.Length - 1].Select(i => Known[i]).Array[0, 30];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 20].Select(string.Concat);

    [Theory]
    [InlineData("ascending")]
    [InlineData("descending")]
    public Task Sort_OfAnyList_IsAPermutationInOrder(string direction) => Values.SampleAsync(async values =>
    {
        var sorted = List(await DoneAsync(
            new SortNode(), $$"""{"items":[{{string.Join(',', values)}}],"keys":[{"direction":"{{direction}}"}]}"""), "items");

        Assert.Equal(values.Order(StringComparer.Ordinal), sorted.Select(v => v.GetRawText()).Order(StringComparer.Ordinal));
        var compare = new Conditions(Zone);
        foreach (var (a, b) in sorted.Zip(sorted.Skip(1)))
        {
            if (a.ValueKind == JsonValueKind.Null || b.ValueKind == JsonValueKind.Null)
            {
                Assert.Equal(JsonValueKind.Null, b.ValueKind);
                continue;
            }

            var (first, second) = direction == "ascending" ? (a, b) : (b, a);
            Assert.True(Kind(first) < Kind(second) || (Kind(first) == Kind(second) && compare.Compare(first, second, false) <= 0),
                $"{first} {second}");
        }
    });

    [Theory]
    [InlineData("first")]
    [InlineData("last")]
    public Task RemoveDuplicates_Twice_RemovesNothingMore(string keep) => Values.SampleAsync(async values =>
    {
        string Config(string items) => $$"""{"items":{{items}},"keep":"{{keep}}","ignore_case":true}""";
        var once = await DoneAsync(new RemoveDuplicatesNode(), Config($"[{string.Join(',', values)}]"));
        var twice = await DoneAsync(new RemoveDuplicatesNode(), Config(once.GetProperty("items").GetRawText()));

        Assert.Equal(once.GetProperty("items").GetRawText(), twice.GetProperty("items").GetRawText());
        Assert.Empty(List(twice, "removed"));
        Assert.Equal(values.Order(StringComparer.Ordinal),
            List(once, "items").Concat(List(once, "removed")).Select(v => v.GetRawText()).Order(StringComparer.Ordinal));
    });

    [Theory]
    [InlineData(",")]
    [InlineData("\\n")]
    [InlineData("Bo")]
    public Task Split_ThenJoin_GivesTheText(string separator) => Texts.SampleAsync(async text =>
    {
        var split = await DoneAsync(
            new SplitListNode(), JsonSerializer.Serialize(new { text, separator, trim = false, skip_empty = false }));
        var joined = await DoneAsync(
            new JoinListNode(), JsonSerializer.Serialize(new { items = split.GetProperty("items"), separator, skip_empty = false }));

        Assert.Equal(text, joined.GetProperty("text").GetString());
    });

    [Fact]
    public Task Split_OfQuotedValues_GivesTheValues() => Gen.Select(Texts.Array[1, 8], Gen.Bool).SampleAsync(async (values, trim) =>
    {
        var text = string.Join(',', values.Select(v => $"\"{v.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        var split = await DoneAsync(new SplitListNode(), JsonSerializer.Serialize(new { by = "csv", text, trim, skip_empty = false }));

        Assert.Equal(values, List(split, "items").Select(v => v.GetString()!));
    });

    [Fact]
    public Task MergeLeft_OfAnyLists_KeepsEachLeftItemAndMatchesAsConditionsDo() =>
        Gen.Select(Values, Values).SampleAsync(async (left, right) =>
        {
            static string Items(string[] keys, string name) =>
                $"[{string.Join(',', keys.Select((k, i) => $$"""{"k":{{k}},"{{name}}":{{i}}}"""))}]";
            var merged = List(await DoneAsync(
                new MergeListsNode(), $$"""{"left":{{Items(left, "l")}},"right":{{Items(right, "r")}},"left_key":"k"}"""), "items");
            var same = new Conditions(Zone);
            var expected = left.SelectMany((a, l) => right.Index().Where(r => a != "null" && r.Item != "null"
                    && same.AreSame(JsonElement.Parse(a), JsonElement.Parse(r.Item), ignoreCase: false))
                .Select(r => $"{l} {r.Index}").DefaultIfEmpty($"{l} -"));

            Assert.Equal(expected, merged.Select(m => $"{m.GetProperty("l")} {(m.TryGetProperty("r", out var r) ? r.ToString() : "-")}"));
        });

    private static int Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => 0,
        JsonValueKind.String when NumberText.TryReadWide(value.GetString(), out _) => 0,
        JsonValueKind.String when WrittenTime.Read(value.GetString()!, Zone) is not null => 1,
        JsonValueKind.String => 2,
        _ => 3,
    };

    private static List<JsonElement> List(JsonElement output, string name) => [.. output.GetProperty(name).EnumerateArray()];

    private static async Task<JsonElement> DoneAsync(NodeType type, string config) =>
        JsonElement.Parse(await new FlowCall(type, config).DoneAsync());
}
