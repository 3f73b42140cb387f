using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class SplitListNodeTests
{
    [Theory]
    [InlineData("""{"text":" a, b,,c "}""", """["a","b","c"]""")]
    [InlineData("""{"text":" a, b,,c ","trim":false}""", """[" a"," b","c "]""")]
    [InlineData("""{"text":"a,,","skip_empty":false}""", """["a","",""]""")]
    [InlineData("""{"text":"a and b and c","separator":" and "}""", """["a","b","c"]""")]
    [InlineData("""{"text":"a\tb\nc","separator":"\\t"}""", """["a","b\nc"]""")]
    [InlineData("""{"text":"a\r\nb\n\rc\n","by":"lines"}""", """["a","b","c"]""")]
    [InlineData("""{"text":"a\r\nb\n\nc","by":"lines","skip_empty":false}""", """["a","b","","c"]""")]
    [InlineData("""{"text":12.5,"separator":"."}""", """["12","5"]""")]
    [InlineData("""{"text":""}""", "[]")]
    [InlineData("""{"text":"","skip_empty":false}""", """[""]""")]
    public async Task Execute_Text_IsParted(string config, string expected) => Assert.Equal(
        $$"""{"items":{{expected}},"count":{{JsonElement.Parse(expected).GetArrayLength()}}}""",
        await new FlowCall(new SplitListNode(), config).DoneAsync());

    [Theory]
    [InlineData("""a,"b, c" , d""", true, """["a","b, c","d"]""")]
    [InlineData("""a,"b, c", d""", false, """["a","b, c"," d"]""")]
    [InlineData("\"say \"\"hi\"\"\",\"two\nlines\"", true, """["say \"hi\"","two\nlines"]""")]
    [InlineData("a,b\r\nc,d\r\n", false, """["a","b","c","d"]""")]
    [InlineData("a,,\"\",", false, """["a","","",""]""")]
    [InlineData("a\n\nb", false, """["a","","b"]""")]
    [InlineData("", false, """[""]""")]
    public async Task Execute_Csv_ReadsQuotationMarks(string text, bool trim, string expected) => Assert.Equal(
        expected, await Items(JsonSerializer.Serialize(new { by = "csv", text, trim, skip_empty = false })));

    [Fact]
    public async Task Execute_CsvWithAnotherSeparator_ReadsThat() => Assert.Equal(
        """["a","b;c","1,5"]""", await Items("""{"by":"csv","text":"a;\"b;c\";1,5","separator":";"}"""));

    [Theory]
    [InlineData("a,\"b", "Value 2 begins with a quotation mark that is never closed. Close it, or leave it out.")]
    [InlineData("\"a\"b", "Value 1 goes on behind its closing quotation mark. Double the quotation marks that belong to it.")]
    [InlineData("a,b,6\" pipe",
        "Value 3 has a quotation mark inside. Put the whole value into quotation marks, and double those in it.")]
    public async Task Execute_CsvThatCannotBeRead_FailsAndNamesTheValue(string text, string expected) => Assert.Equal(
        $"wrong_csv: {expected} (Setting: text)",
        await new FlowCall(new SplitListNode(), JsonSerializer.Serialize(new { by = "csv", text })).FailureAsync());

    [Theory]
    [InlineData(2, "[[1,2],[3,4],[5]]")]
    [InlineData(5, "[[1,2,3,4,5]]")]
    public async Task Execute_Batches_AreListsOfItems(int size, string expected) =>
        Assert.Equal(expected, await Items($$"""{"by":"batches","items":[1,2,3,4,5],"size":{{size}}}"""));

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public async Task Execute_ManyParts_AreRefusedOverTheLimit(int parts, bool fits)
    {
        var call = new FlowCall(
            new SplitListNode(), JsonSerializer.Serialize(new { text = string.Join(',', Enumerable.Repeat("x", parts)) + ",,," }));

        if (fits) Assert.EndsWith(",\"count\":10000}", await call.DoneAsync(), StringComparison.Ordinal);
        else
            Assert.Equal("too_many_items: The text has more than 10,000 parts, the most that are possible. Split a part of it. "
                + "(Setting: text)", await call.FailureAsync());
    }

    [Theory]
    [InlineData("""{"by":"batches","text":"a"}""", "missing_setting items: There is no list to part. Fill it in, or choose how a text is "
        + "parted.")]
    [InlineData("""{"items":[1]}""", "missing_setting text: There is no text to part. Fill it in, or choose batches of a list.")]
    [InlineData("""{"text":"{{ x }}","separator":""}""", "wrong_setting separator: The separator is empty. Fill it in, or choose lines.")]
    [InlineData("""{"by":"csv","text":"{{ x }}","separator":"; "}""",
        "wrong_setting separator: The separator must be one character, such as a comma or a semicolon, and no quotation mark.")]
    public async Task SettingsThatCannotWork_AreNamedAtSaveAndFailTheStep(string config, string expected)
    {
        Assert.Equal([expected], FlowCall.Problems(new SplitListNode(), config));
        var place = expected.Split(' ', ':')[1];
        Assert.EndsWith($"(Setting: {place})", await new FlowCall(new SplitListNode(), config, """{"x":"a"}""").FailureAsync(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"by":"lines","text":"{{ x }}"}""", "By lines")]
    [InlineData("""{"text":"{{ x }}"}""", "By “,”")]
    [InlineData("""{"by":"batches","items":"{{ x }}","size":20}""", "Batches of 20")]
    public void Summary_OfSettings_SaysHow(string config, string expected) =>
        Assert.Equal(expected, new SplitListNode().Summary(JsonElement.Parse(config)));

    private static async Task<string> Items(string config) =>
        JsonElement.Parse(await new FlowCall(new SplitListNode(), config).DoneAsync()).GetProperty("items").GetRawText();
}
