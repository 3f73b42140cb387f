using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Model;

/// <summary>
/// One rule wherever text stands for a number: here by itself, in settings and in aggregate. Functions and conditions have it in their own
/// tests.
/// </summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1,180.50", 1180.50)]
    [InlineData("1,180", 1180)]
    [InlineData("12,345,678", 12345678)]
    [InlineData("-12,345.5", -12345.5)]
    [InlineData(" +7 ", 7)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("007", 7)]
    [InlineData("1.5e3", 1500)]
    public void TryRead_Number_IsRead(string text, double expected)
    {
        Assert.True(NumberText.TryRead(text, out var number));
        Assert.Equal((decimal)expected, number);
    }

    [Theory]
    [InlineData("12,34")]
    [InlineData("0,5")]
    [InlineData("-1,5")]
    [InlineData("0,500")]
    [InlineData("1,1800")]
    [InlineData("1234,567")]
    [InlineData(",180")]
    [InlineData("180,")]
    [InlineData("1.000,5")]
    [InlineData("1.5,000")]
    [InlineData("1e1,000")]
    [InlineData("1 180")]
    [InlineData("٣")]
    [InlineData("1e400")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData(null)]
    public void TryRead_AnythingElse_IsNone(string? text) => Assert.False(NumberText.TryRead(text, out _));

    [Fact]
    public void TryReadWide_NumberBeyond28Digits_IsRead()
    {
        Assert.True(NumberText.TryReadWide("1,000e300", out var number));
        Assert.Equal(1e303, number);
        Assert.False(NumberText.TryReadWide("0,5", out _));
    }

    [Theory]
    [InlineData("1,180", 1180)]
    [InlineData(" 12.0 ", 12)]
    [InlineData("1e1", 10)]
    public void Settings_NumberAsText_IsReadByTheSameRule(string text, int expected)
    {
        var schema = SchemaBuilder.Of<Counted>();
        Assert.True(SettingsReader.TryRead<Counted>(schema, JsonSerializer.SerializeToElement(new { count = text, price = text }),
            out var read, out var problem), problem?.Message);
        Assert.Equal((expected, (decimal)expected), (read.Count, read.Price));
    }

    [Theory]
    [InlineData("12,34")]
    [InlineData("0,5")]
    public void Settings_TextThatIsNoNumber_IsNamed(string text)
    {
        Assert.False(SettingsReader.TryRead<Counted>(
            SchemaBuilder.Of<Counted>(), JsonSerializer.SerializeToElement(new { price = text }), out _, out var problem));
        Assert.Equal(("wrong_setting", "price"), (problem.Code, problem.Path));
    }

    [Fact]
    public async Task Aggregate_NumbersAsText_AddsThemByTheSameRule()
    {
        const string Sum = """{"items":"{{ v }}","calculate":["sum"]}""";
        Assert.Equal("""{"sum":1185.5}""", await new FlowCall(new AggregateNode(), Sum, """{"v":["1,180.5",5]}""").DoneAsync());
        Assert.StartsWith("not_a_number: Item 1", await new FlowCall(new AggregateNode(), Sum, """{"v":["0,5"]}""").FailureAsync(),
            StringComparison.Ordinal);
    }

    internal sealed record Counted
    {
        [Setting("Count")]
        public int Count { get; init; }

        [Setting("Price")]
        public decimal Price { get; init; }
    }
}
