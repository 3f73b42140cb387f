using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Home;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Home;

public sealed class HomeTests
{
    // Nov 1, 11:30 PM
    private static readonly StudioFormat Chicago = new(
        "America/Chicago", new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 5, 30, 0, TimeSpan.Zero)));

    [Fact]
    public void Edges_OfADayWithAClockChange_AreTwentyFiveHours()
    {
        var edges = HomeRange.Today.Edges(Chicago);
        Assert.Equal(26, edges.Count);
        Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second - pair.First));
    }

    [Fact]
    public void Edges_OfTwoWeeks_BeginAtMidnightOfTheWorkspaceAndEndWithToday()
    {
        var edges = HomeRange.TwoWeeks.Edges(Chicago);
        Assert.Equal(15, edges.Count);
        Assert.All(edges, e => Assert.Equal(TimeSpan.Zero, Chicago.Local(e).TimeOfDay));
        Assert.Equal(new DateOnly(2026, 11, 2), Chicago.DayOf(edges[^1]));
    }

    [Theory]
    [InlineData("today", "today")]
    [InlineData("90", "90")]
    [InlineData(null, "14")]
    [InlineData("365", "14")]
    public void Of_TheRangeInTheAddress_FallsBackToTwoWeeks(string? key, string expected) => Assert.Equal(expected, HomeRange.Of(key).Key);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 10)]
    [InlineData(11, 20)]
    [InlineData(93, 100)]
    [InlineData(101, 200)]
    public void TopOf_TheHighestBar_IsARoundNumberWithAWholeHalf(long highest, long top) => Assert.Equal(top, RunsChart.TopOf(highest));

    [Fact]
    public void Figures_LessSuccessThanBefore_SayByHowManyPoints()
    {
        var facts = Facts(new RunBar(810, 26, 0), new RunBar(980, 20, 0));
        var figures = HomeFigure.Of(facts, HomeRange.TwoWeeks);
        Assert.Equal(new HomeFigure("Success rate", "96.8", "%", "↓ 1.1 points, 26 failed", "failed"), figures[0]);
        Assert.Equal(new HomeFigure("Runs", "836", "", "↓ 16% under the 14 days before"), figures[1]);
        Assert.Equal(new HomeFigure("Half finish within", "2.3", "s", "without waits"), figures[2]);
    }

    [Fact]
    public void Figures_OneFailureAmongVeryMany_AreNotAHundredPercent() =>
        Assert.Equal("99.9", HomeFigure.Of(Facts(new RunBar(99_999, 1, 0), new RunBar(0, 0, 0)), HomeRange.TwoWeeks)[0].Value);

    private static HomeFacts Facts(RunBar now, RunBar before) =>
        new([now], before, TimeSpan.FromSeconds(2.3), TimeSpan.FromSeconds(8.7), [], [], []);
}
