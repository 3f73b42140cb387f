using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class RunWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 16, 14, 0, TimeSpan.Zero);
    private static readonly StudioFormat Format = new("America/Chicago", new FakeClock(Now));

    [Fact]
    public void Look_OfEveryStatus_HasWordsOfItsOwn()
    {
        var looks = Enum.GetValues<RunStatus>().Select(s => StatusLook.Of(s, null, Format).Words).ToList();
        Assert.Equal(looks.Distinct(), looks);
        Assert.Equal("Paused", StatusLook.Of(RunStatus.Paused, Now, Format).Words);
    }

    [Fact]
    public void Filter_OfEveryStatus_FindsItAndNoOther()
    {
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            var fitting = RunWords.Statuses.Select(s => new RunListQuery(Status: s.Value).ToFilter().ToRows().Statuses!).Where(s => s.Contains(status));
            Assert.Single(fitting);
        }
    }

    [Theory]
    [InlineData(RunStatus.Paused, "2 of 5 steps")]
    [InlineData(RunStatus.Waiting, "2 of 5 steps")]
    [InlineData(RunStatus.Running, "1 h")]
    public void Outcome_OfAnOpenRun_SaysHowFarItIs(RunStatus status, string expected) => Assert.StartsWith(expected, RunWords.Outcome(
        new RunLine(Guid.Empty, Guid.Empty, "Visit", status, "webhook", null, 2, 5, null, null, Now.AddHours(-1), null), Now), StringComparison.Ordinal);
}
