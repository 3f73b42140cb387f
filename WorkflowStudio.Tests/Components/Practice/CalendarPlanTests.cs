using WorkflowStudio.Components.Practice;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Tests.Components.Practice;

public sealed class CalendarPlanTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Fact]
    public void Of_AppointmentsOneAfterTheOther_ShareTheWidth()
    {
        var blocks = Day(Entry("09:00", 30), Entry("09:30", 30)).Blocks;
        Assert.All(blocks, b => Assert.Equal((0, 1), (b.Lane, b.Lanes)));
    }

    [Fact]
    public void Of_AppointmentsAtTheSameTime_StandSideBySide()
    {
        var blocks = Day(Entry("09:00", 60), Entry("09:15", 30), Entry("09:45", 30), Entry("11:00", 30)).Blocks;
        Assert.Equal([(0, 2), (1, 2), (1, 2), (0, 1)], blocks.Select(b => (b.Lane, b.Lanes)));
    }

    [Fact]
    public void Of_ShortAppointmentsInARow_DoNotHideEachOther()
    {
        var blocks = Day(Entry("15:30", 15), Entry("15:45", 30), Entry("16:15", 30)).Blocks;
        Assert.Equal([(0, 2), (1, 2), (0, 1)], blocks.Select(b => (b.Lane, b.Lanes)));
    }

    [Fact]
    public void Of_AnAppointmentOutsideTheOpeningHours_WidensTheDay()
    {
        var plan = CalendarPlan.Of(
            new CalendarView(Monday, [new OpenTime(DayOfWeek.Monday, 9 * 60, 17 * 60)], [Entry("07:30", 30), Entry("18:10", 20)]));
        Assert.Equal((7, 12), (plan.FirstHour, plan.Hours));
        Assert.Equal("7 AM", plan.HourName(0));
    }

    [Fact]
    public void Of_AWeekendThatIsClosedAndEmpty_IsLeftOut() =>
        Assert.Equal(5, CalendarPlan.Of(new CalendarView(Monday, [new OpenTime(DayOfWeek.Monday, 540, 1020)], [])).Days.Count);

    [Theory]
    [InlineData(4, false)] // Friday
    [InlineData(5, true)] // Saturday, closed and empty
    [InlineData(6, true)]
    public void IsOver_ByDay_IsAClosedWeekend(int day, bool over) =>
        Assert.Equal(
            over, CalendarPlan.Of(new CalendarView(Monday, [new OpenTime(DayOfWeek.Monday, 540, 1020)], [])).IsOver(Monday.AddDays(day)));

    [Fact]
    public void Of_ASaturdayWithAnAppointment_IsShown() =>
        Assert.Equal(6, CalendarPlan.Of(new CalendarView(Monday, [], [Entry("10:00", 30, day: 5)])).Days.Count);

    private static CalendarPlan.Day Day(params CalendarEntry[] entries) =>
        CalendarPlan.Of(new CalendarView(Monday, [new OpenTime(DayOfWeek.Monday, 540, 1020)], entries)).Days[0];

    private static CalendarEntry Entry(string time, int minutes, int day = 0)
    {
        var start = new DateTimeOffset(
            Monday.AddDays(day), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(-6));
        return new(Guid.Empty, start, start.AddMinutes(minutes), "First visit", "Dr. Reyes", AppointmentStatus.Booked,
            new Contact(Guid.Empty, "Maria", "Lopez", null, null), 15_000, null);
    }
}
