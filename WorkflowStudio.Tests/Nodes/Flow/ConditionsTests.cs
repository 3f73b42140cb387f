using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class ConditionsTests
{
    private readonly Conditions conditions = new("America/Chicago");

    [Theory]
    [InlineData("equals", "5", "5", true)]
    [InlineData("equals", "5", "5.0", true)]
    [InlineData("equals", "5", "\"5\"", true)]
    [InlineData("equals", "\"007\"", "\"7\"", false)]
    [InlineData("equals", "\"Ann\"", "\"ann\"", false)]
    [InlineData("equals", "true", "\"True\"", true)]
    [InlineData("equals", "true", "1", false)]
    [InlineData("equals", "null", "null", true)]
    [InlineData("equals", "null", "\"\"", false)]
    [InlineData("equals", """{"a":1,"b":2}""", """{"b":2,"a":1}""", true)]
    [InlineData("equals", "[1,2]", "[2,1]", false)]
    [InlineData("equals", "[1]", "1", false)]
    [InlineData("equals", "\"2026-01-01T12:00:00Z\"", "\"2026-01-01T13:00:00+01:00\"", true)]
    [InlineData("equals", "\"2026-01-01\"", "\"2026-01-01T06:00:00Z\"", false)]
    [InlineData("equals", "9007199254740993", "9007199254740992", false)]
    [InlineData("not_equals", "1", "2", true)]
    [InlineData("not_equals", "null", "2", true)]
    [InlineData("contains", "\"a text\"", "\"tex\"", true)]
    [InlineData("contains", "\"order 12\"", "12", true)]
    [InlineData("contains", "[1,\"2\"]", "2", true)]
    [InlineData("contains", "[[1]]", "[1]", true)]
    [InlineData("contains", """{"vip":false}""", "\"vip\"", true)]
    [InlineData("contains", "null", "\"x\"", false)]
    [InlineData("not_contains", "\"abc\"", "\"x\"", true)]
    [InlineData("not_contains", "null", "\"x\"", true)]
    [InlineData("starts_with", "\"+1713\"", "\"+1\"", true)]
    [InlineData("starts_with", "1713", "17", true)]
    [InlineData("starts_with", "null", "\"\"", false)]
    [InlineData("ends_with", "\"a.pdf\"", "\".pdf\"", true)]
    [InlineData("ends_with", "\"a.pdf\"", "\".PDF\"", false)]
    [InlineData("greater_than", "\"10\"", "\"9\"", true)]
    [InlineData("greater_than", "10", "\"9.5\"", true)]
    [InlineData("greater_than", "\"b\"", "\"a\"", true)]
    [InlineData("greater_than", "1e30", "1e29", true)]
    [InlineData("greater_than", "null", "0", false)]
    [InlineData("greater_than", "\"2026-11-24\"", "\"2026-11-24T05:59:59Z\"", true)]
    [InlineData("greater_or_equal", "5", "5", true)]
    [InlineData("greater_than", "\"1,180.50\"", "900", true)]
    [InlineData("less_than", "\"1e2\"", "\"1,000\"", true)]
    [InlineData("less_than", "true", "false", false)]
    [InlineData("less_than", "null", "[]", false)]
    [InlineData("greater_or_equal", "{}", "null", false)]
    [InlineData("less_than", "\"2026-09-30\"", "\"2026-10-01\"", true)]
    [InlineData("less_than", "\"2026-11-24T10:00:00-06:00\"", "\"2026-11-24T15:00:00Z\"", false)]
    [InlineData("equals", "\"2026-01-01T12:00:00+0000\"", "\"2026-01-01T17:00:00+05\"", true)]
    [InlineData("equals", "5", "\"5,0\"", false)]
    [InlineData("equals", "1180.5", "\"1,180.50\"", true)]
    [InlineData("less_than", "\"2026-01-01T17:00:00+0530\"", "\"2026-01-01T12:00:00Z\"", true)]
    [InlineData("less_or_equal", "-1", "0", true)]
    [InlineData("is_empty", "null", "null", true)]
    [InlineData("is_empty", "\" \"", "null", true)]
    [InlineData("is_empty", "[]", "null", true)]
    [InlineData("is_empty", "{}", "null", true)]
    [InlineData("is_empty", "0", "null", false)]
    [InlineData("is_empty", "false", "null", false)]
    [InlineData("is_not_empty", "[null]", "null", true)]
    [InlineData("is_true", "true", "null", true)]
    [InlineData("is_true", "\"Yes\"", "null", true)]
    [InlineData("is_true", "1", "null", true)]
    [InlineData("is_true", "2", "null", false)]
    [InlineData("is_true", "\"maybe\"", "null", false)]
    [InlineData("is_false", "false", "null", true)]
    [InlineData("is_false", "\"off\"", "null", true)]
    [InlineData("is_false", "null", "null", false)]
    [InlineData("exists", "0", "null", true)]
    [InlineData("exists", "\"\"", "null", true)]
    [InlineData("exists", "null", "null", false)]
    [InlineData("matches", "\"INV-1001\"", "\"^INV-\\\\d+$\"", true)]
    [InlineData("matches", "\"inv-1001\"", "\"^INV\"", false)]
    [InlineData("matches", "1001", "\"^\\\\d{4}$\"", true)]
    [InlineData("matches", "null", "\".*\"", false)]
    public void Check_OneCondition_ComparesAsPeopleMeanIt(string asked, string left, string right, bool expected)
    {
        var result = conditions.Check(Condition(asked, left, right));

        Assert.Equal((expected, (string?)null), (result.Holds, result.Problem));
    }

    [Theory]
    [InlineData("less_than", "\"apple\"", "5")]
    [InlineData("greater_than", "5", "\"0,5\"")]
    [InlineData("greater_or_equal", "[5]", "5")]
    [InlineData("less_or_equal", "[]", "[]")]
    [InlineData("greater_than", "{}", "\"a\"")]
    [InlineData("less_than", "true", "1")]
    [InlineData("less_than", "\"2026-01-01\"", "2026")]
    public void Check_ValuesWithoutASizeInCommon_AreAProblem(string asked, string left, string right)
    {
        var result = conditions.Check(Condition(asked, left, right));

        Assert.Equal((false, "cannot_compare"), (result.Holds, result.Code));
        Assert.Contains("cannot be compared by size", result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("equals", "\"Ann\"", "\"ANN\"")]
    [InlineData("contains", "[\"Ann\"]", "\"ann\"")]
    [InlineData("contains", "\"Annette\"", "\"ANN\"")]
    [InlineData("starts_with", "\"Ann\"", "\"an\"")]
    [InlineData("ends_with", "\"Ann\"", "\"NN\"")]
    [InlineData("matches", "\"Ann\"", "\"^ann$\"")]
    [InlineData("greater_or_equal", "\"a\"", "\"A\"")]
    public void Check_IgnoringCase_TakesCapitalAndSmallLettersAsTheSame(string asked, string left, string right) =>
        Assert.True(conditions.Check(Condition(asked, left, right) with { IgnoreCase = true }).Holds);

    [Theory]
    [InlineData("\"(\"")]
    [InlineData("\"(?=x)\"")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    public void Check_PatternThatCannotBeUsed_IsAProblem(string pattern) =>
        Assert.NotNull(conditions.Check(Condition("matches", "\"x\"", pattern)).Problem);

    [Fact]
    public void Check_PatternThatWouldBacktrackForever_Ends() =>
        Assert.False(conditions.Check(Condition("matches", $"\"{new string('a', 50_000)}\"", "\"^(a+)+b$\"")).Holds);

    [Theory]
    [InlineData(ConditionMatch.All, "1,2", false, "2 equals 1: no")]
    [InlineData(ConditionMatch.All, "1,1", true, "1 equals 1: yes")]
    [InlineData(ConditionMatch.Any, "2,1", true, "1 equals 1: yes")]
    [InlineData(ConditionMatch.Any, "2,3", false, "3 equals 1: no")]
    [InlineData(ConditionMatch.All, "", true, "No condition is set")]
    public void Check_SeveralConditions_NamesTheOneThatDecided(ConditionMatch match, string lefts, bool expected, string words)
    {
        var result = conditions.Check(
            [.. lefts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(l => Condition("equals", l, "1"))], match);

        Assert.Equal((expected, words), (result.Holds, result.Words));
    }

    [Theory]
    [InlineData("\"x\"", "“x” is empty: no")]
    [InlineData("null", "nothing is empty: yes")]
    [InlineData("[1,2]", "a list of 2 is empty: no")]
    public void Check_Words_SayWhatWasSeen(string left, string words) =>
        Assert.Equal(words, conditions.Check(Condition("is_empty", left, "null")).Words);

    private static Condition Condition(string asked, string left, string right) =>
        JsonElement.Parse($$"""{"left":{{left}},"operator":"{{asked}}","right":{{right}}}""").Deserialize<Condition>(NodeJson.Options)!;
}
