using WorkflowStudio.Components.Runs;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Components.Runs;

public sealed class TimelinePlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Place_OnlyWork_IsToScale()
    {
        var plan = TimelinePlan.Of(Start, At(4), [Work(0, 1), Work(1, 4)]);
        Assert.Equal(0.25, plan.Place(At(1)), 6);
        Assert.Equal(0.5, plan.Place(At(2)), 6);
        Assert.Equal(1, plan.Place(At(4)), 6);
    }

    [Fact]
    public void Place_AWaitOfDays_LeavesMostOfTheAxisToTheWork()
    {
        var wait = new StepStretch(StepStatus.Waiting, At(4), null, 1, null, At(7 * 86400));
        var plan = TimelinePlan.Of(Start, At(5), [Work(0, 4), wait]);
        Assert.Equal(At(7 * 86400), plan.End);
        Assert.InRange(plan.Place(At(4)), 0.5, 0.8);
        Assert.InRange(plan.Place(At(5)), plan.Place(At(4)), 1);
        Assert.Equal(1, plan.Place(plan.End), 6);
    }

    [Fact]
    public void Place_TimesOutsideTheAxis_AreItsEnds()
    {
        var plan = TimelinePlan.Of(Start, At(2), [Work(0, 2)]);
        Assert.Equal(0, plan.Place(At(-10)));
        Assert.Equal(1, plan.Place(At(10)));
    }

    [Fact]
    public void Of_NothingHappenedYet_HasAnAxisWithoutLength()
    {
        var plan = TimelinePlan.Of(Start, Start, []);
        Assert.Equal(0, plan.Place(Start));
        Assert.Equal(Start, plan.End);
    }

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static StepStretch Work(int from, int to) => new(StepStatus.Done, At(from), At(to), 1, null);
}
