using WorkflowStudio.Engine.Practice.Calendar;

namespace WorkflowStudio.Tests.Practice.Calendar;

public sealed class BookingRulesTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void First_TimesThatCannotBe_AreNotAskedFor()
    {
        var asked = new List<FreeSlot>();
        FreeSlot endless = new(Nine, Nine.AddHours(25)), none = new(Nine, Nine), back = new(Nine, Nine.AddMinutes(-30)), taken = Slot(0),
            free = Slot(30);

        var found = BookingRules.First([endless, none, back, taken, free, Slot(60)], slot =>
        {
            asked.Add(slot);
            return slot != taken;
        });

        Assert.Equal(free, found);
        Assert.Equal([taken, free], asked);
        Assert.Null(BookingRules.First([taken], _ => false));
    }

    private static FreeSlot Slot(int minutes) => new(Nine.AddMinutes(minutes), Nine.AddMinutes(minutes + 30));
}
