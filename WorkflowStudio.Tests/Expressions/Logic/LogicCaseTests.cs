using System.Runtime.CompilerServices;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Logic;

namespace WorkflowStudio.Tests.Expressions.Logic;

/// <summary>Every operator and its corners, as rule, data and value in json-logic-cases.json beside this file.</summary>
public sealed class LogicCaseTests
{
    public static TheoryData<string, string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string, string>();
        foreach (var group in JsonElement.Parse(File.ReadAllText(CasesFile())).EnumerateObject())
        {
            foreach (var item in group.Value.EnumerateArray())
                cases.Add(group.Name, item[0].GetRawText(), item[1].GetRawText(), item[2].GetRawText());
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_CaseOfTheTable_GivesItsValue(string group, string rule, string data, string expected)
    {
        var reading = LogicRule.Compile(JsonElement.Parse(rule));

        Assert.True(reading.Rule is not null, $"{group}: {string.Join(" ", reading.Problems)}");
        var value = reading.Rule.Evaluate(JsonElement.Parse(data));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), value),
            $"{group}: {rule} of {data} is {value.GetRawText()}, not {expected}");
        Assert.Equal(IsTrue(JsonElement.Parse(expected)), reading.Rule.IsTrue(JsonElement.Parse(data)) && !IsNotFinite(rule, expected));
    }

    [Fact]
    public void Table_Operators_AreAllThere()
    {
        var rules = string.Concat(Cases().Select(c => (string)c[1]));

        Assert.All(LogicOperators.Names, name => Assert.Contains($"\"{name}\":", rules, StringComparison.Ordinal));
    }

    // infinity is true and has no JSON: the only value whose truth the table cannot say
    private static bool IsNotFinite(string rule, string expected) => expected == "null" && rule.Contains("\"/\"", StringComparison.Ordinal);

    private static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Null or JsonValueKind.False => false,
        _ => true,
    };

    private static string CasesFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "json-logic-cases.json");
}
