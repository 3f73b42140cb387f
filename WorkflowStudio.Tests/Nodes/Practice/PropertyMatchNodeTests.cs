using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Properties;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class PropertyMatchNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Match_OfWhatIsAskedFor_AnswersTheCheapestFirst()
    {
        await HouseAsync("Big house", 3_200, 4, "Houston");
        await HouseAsync("Garden flat", 1_450, 2, "Houston");
        await HouseAsync("Loft", 1_200, 2, "Houston");
        await HouseAsync("Far away", 900, 2, "Dallas");
        await HouseAsync("Gone", 1_000, 2, "Houston", "taken");

        var call = Call("""{"place":"houston","max_price":"1500","min_bedrooms":"2"}""");
        var output = await call.OutputAsync();

        Assert.Equal("Loft, Garden flat", Titles(output));
        Assert.Equal(2, output.GetProperty("count").GetInt32());
        Assert.Equal("- Loft, Houston, $1,200.00 a month, 2 bedrooms\n- Garden flat, Houston, $1,450.00 a month, 2 bedrooms",
            output.GetProperty("summary").GetString());
        Assert.Contains("2 properties fit, 2 of them are handed on.", call.Log);
    }

    [Theory]
    [InlineData("""{"max_price":"about $1,300"}""", "Loft")]
    [InlineData("""{"max_price":"1.3k"}""", "Loft")]
    [InlineData("""{"kind":"HOUSE"}""", "Loft, Garden flat")]
    [InlineData("""{"kind":"office"}""", "")]
    [InlineData("""{"deal":"sale"}""", "")]
    [InlineData("""{"place":"%"}""", "")]
    [InlineData("""{"pets":"two dogs"}""", "")]
    [InlineData("""{"pets":"no"}""", "Loft, Garden flat")]
    [InlineData("""{"move_in":"2026-01-01"}""", "Loft")]
    [InlineData("""{"move_in":"2026-07-01T10:00:00Z"}""", "Loft, Garden flat")]
    [InlineData("""{"limit":1}""", "Loft")]
    [InlineData("""{"max_price":"5000","currency":"EUR"}""", "")]
    public async Task Match_KnowsEachWish(string settings, string found)
    {
        await HouseAsync("Garden flat", 1_450, 2, "Houston", from: "2026-06-15");
        await HouseAsync("Loft", 1_200, 2, "Houston");

        var output = await Call(settings).OutputAsync();
        Assert.Equal(found, Titles(output));
    }

    [Fact]
    public async Task Match_WithoutSettings_TakesWhatTheStepsBeforeAndThePayloadSay()
    {
        await HouseAsync("Garden flat", 1_450, 2, "Houston");
        await HouseAsync("Loft", 1_200, 1, "Houston");

        var call = Call("{}").With("""{"city":"Houston","budget":"lots"}""").After("""{"bedrooms":2}""");
        var output = await call.OutputAsync();

        Assert.Equal("Garden flat", output.GetProperty("matches")[0].GetProperty("title").GetString());
        Assert.Equal(1, output.GetProperty("count").GetInt32());
        Assert.Contains("Warning: “lots”, which was said for max_price, is passed over: it has to hold a number, such as 1500.", call.Log);
    }

    [Theory]
    [InlineData("""{"max_price":"cheap"}""", "“cheap” is not taken: max_price has to hold a number, such as 1500.")]
    [InlineData("""{"kind":"castle"}""",
        "“castle” is not taken: kind is one of apartment, house, room, studio, office, shop, land, other.")]
    [InlineData("""{"kind":"1"}""", "“1” is not taken: kind is one of apartment, house, room, studio, office, shop, land, other.")]
    [InlineData("""{"move_in":"soon"}""", "“soon” is not taken: move_in has to be a day such as 2026-11-30.")]
    public async Task Match_OfASettingThatCannotBeRead_Fails(string settings, string message)
    {
        var failed = Assert.IsType<NodeOutcome.Failed>(await Call(settings).RunAsync());
        Assert.Equal("wrong_setting", failed.Code);
        Assert.StartsWith(message, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_WhereNothingFits_SaysSo()
    {
        var output = await Call("{}").OutputAsync();
        Assert.False(output.GetProperty("has_matches").GetBoolean());
        Assert.Equal("Nothing fits at the moment.", output.GetProperty("summary").GetString());
    }

    [Fact]
    public async Task Match_SeesNothingOfOthers()
    {
        using var other = new PracticeFixture();
        var tenant = other.Tenant;
        await practice.Properties.AddAsync(tenant, new Dictionary<string, object?> { ["title"] = "Not theirs" }, null, default);
        Assert.Equal(0, (await Call("{}").OutputAsync()).GetProperty("count").GetInt32());
    }

    private async Task HouseAsync(string title, decimal rent, int bedrooms, string city, string status = "available", string? from = null)
    {
        var values = new Dictionary<string, object?>
        {
            ["title"] = title, ["price"] = rent, ["bedrooms"] = bedrooms, ["city"] = city, ["status"] = status, ["kind"] = "house",
            ["availableFrom"] = from is null ? null : DateOnly.ParseExact(from, "yyyy-MM-dd", null),
        };
        Assert.IsType<RecordOutcome.Done>(await practice.Properties.AddAsync(practice.Tenant, values, null, default));
    }

    private static string Titles(JsonElement output) =>
        string.Join(", ", output.GetProperty("matches").EnumerateArray().Select(m => m.GetProperty("title").GetString()));

    private NodeCall Call(string settings) => new(practice, new PropertyMatchNode(new PropertyStore(practice)), settings);
}
