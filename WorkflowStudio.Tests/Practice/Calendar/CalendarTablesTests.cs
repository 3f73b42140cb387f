using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Calendar;

/// <summary>Appointment types and opening hours as they are kept by hand, over both databases.</summary>
public abstract class CalendarTablesTests(TestStore store) : PracticeSuite(store)
{
    private AppointmentTypeTable Types => practice.AppointmentTypes;

    private OpeningHoursTable Hours => practice.OpeningHours;

    [Fact]
    public async Task Type_IsAddedAtTheEnd_WithAnIdForSteps()
    {
        var made = Done(await Types.AddAsync(
            practice.Tenant, Values(("name", "Laser"), ("minutes", 45), ("priceCents", 20_000)), null, default));
        Assert.Equal((2, $"type_{made.Id:N}", true),
            (Types.Value(made, "position"), Types.Value(made, "alias"), Types.Value(made, "active")));
        var known = (await practice.Calendar.TypesAsync(practice.Tenant, default))[^1];
        Assert.Equal((made.Id, 45, 20_000L), (known.Id, known.Minutes, known.PriceCents));
        Assert.Equal("First visit, skin check, Follow-up, Laser", string.Join(", ",
            (await Types.PageAsync(practice.Tenant, RecordQuery.All, 0, 10, default)).Items.Select(t => t.Title)));

        // as a form sends it whose fields were left empty
        var empty = Done(await Types.AddAsync(
            practice.Tenant, Values(("name", "Peeling"), ("minutes", 20), ("position", null), ("alias", null), ("with", null)),
            null, default));
        Assert.Equal(3, Types.Value(empty, "position"));

        Done(await Types.ChangeAsync(practice.Tenant, made.Id, Values(("active", false)), default));
        Assert.DoesNotContain(await practice.Calendar.TypesAsync(practice.Tenant, default), t => t.Id == made.Id);
        Done(await Types.RemoveAsync(practice.Tenant, made.Id, default));
    }

    [Theory]
    [InlineData("alias", "type_1", "Another appointment type has the id type_1 already.")]
    [InlineData("alias", "a b", "An id in steps has letters, digits, dots, underscores and hyphens, such as type_8321a.")]
    [InlineData("minutes", null, "Minutes is missing.")]
    public async Task Type_ThatCannotBe_IsRefused(string field, string? value, string message)
    {
        var values = Values(("name", "Laser"), ("minutes", 45));
        values[field] = value;
        Assert.Equal([new(field, message)], Wrong(await Types.AddAsync(practice.Tenant, values, null, default)));
    }

    [Fact]
    public void Type_OfNoLength_IsRefused()
    {
        Assert.False(FieldReading.TryRead(Types.Field("minutes")!, "0", out _, out var wrong));
        Assert.Equal("Minutes has to be a whole number from 5 to 480.", wrong);
    }

    [Fact]
    public async Task Types_FromAFile_AreKnownByTheirName()
    {
        Assert.Null(RecordFile.Read(Types, "name,minutes,priceCents\nFollow-up,20,9500\nLaser,45,0\n", out var lines));
        var would = await Types.TakeAsync(practice.Tenant, lines, true, default);
        Assert.Equal([LineResult.Changed, LineResult.Added], would.Select(l => l.Result));
        var did = await Types.TakeAsync(practice.Tenant, lines, false, default);
        Assert.Equal([LineResult.Changed, LineResult.Added], did.Select(l => l.Result));
        Assert.Equal((20, 9_500L), ((await practice.TypeAsync("type_1")).Minutes, (await practice.TypeAsync("type_1")).PriceCents));
    }

    [Theory]
    [InlineData("monday", "11:00", "14:00", "from",
        "There is “Monday, 9:00 AM to 12:00 PM” already, and the two would overlap. Change or remove that one first.")]
    [InlineData("saturday", "14:00", "11:00", "to",
        "11:00 AM is not after 2:00 PM: opening hours end on the day on which they begin. For hours over midnight add two, one to 00:00 "
        + "and one from 00:00 on the next day.")]
    [InlineData("saturday", "09:00", "09:00", "to",
        "9:00 AM is not after 9:00 AM: opening hours end on the day on which they begin. For hours over midnight add two, one to 00:00 and "
        + "one from 00:00 on the next day.")]
    public async Task Hours_ThatCannotBe_AreRefused(string weekday, string from, string to, string field, string message) =>
        Assert.Equal([new(field, message)], Wrong(await AddAsync(("weekday", weekday), ("from", from), ("to", to))));

    [Fact]
    public async Task Hours_AreWhatSearchAndBookingsHeed()
    {
        Done(await AddAsync(("weekday", "saturday"), ("from", "20:00"), ("to", "24:00")));
        Done(await AddAsync(("weekday", "saturday"), ("from", "12:00"), ("to", "12:30")));
        Assert.Equal("11/28 12:00, 11/28 20:00", await FreeAsync(new(2026, 11, 28), 2));
        Assert.Equal("Saturday, 8:00 PM to 12:00 AM",
            (await Hours.PageAsync(practice.Tenant, RecordQuery.All, 0, 20, default)).Items[^1].Title);
    }

    [Fact]
    public async Task Day_ThatIsClosedOrHasHoursOfItsOwn_IsHeeded()
    {
        Done(await AddAsync(("day", "2026-11-26"), ("closed", "true")));
        var friday = Done(await AddAsync(("day", "2026-11-27"), ("from", "15:00"), ("to", "16:00"), ("weekday", "monday")));

        Assert.Equal(("friday", "November 27, 2026, 3:00 PM to 4:00 PM"), (Hours.Value(friday, "weekday"), friday.Title));
        Assert.Equal("11/27 15:00, 11/27 15:30, 11/30 09:00", await FreeAsync(new(2026, 11, 26), 3));
        var hours = await practice.Calendar.HoursAsync(practice.Tenant, default);
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 15, 0, 0, TimeSpan.FromHours(-6)),
            hours.NextOpen(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.FromHours(-6))));
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 15, 0, 0, TimeSpan.FromHours(-6)),
            hours.AfterOpenDays(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.FromHours(-6)), 1));
        var week = await practice.Weeks.WeekAsync(practice.Tenant, new DateOnly(2026, 11, 24), default);
        Assert.Equal([(DayOfWeek.Wednesday, 540), (DayOfWeek.Wednesday, 780), (DayOfWeek.Friday, 900)],
            week.Open.Where(o => o.Weekday >= DayOfWeek.Wednesday).Select(o => (o.Weekday, o.From)));
        var told = await new OpenTimes(practice, practice.Clock).OfAsync(practice.Tenant, default);
        Assert.Equal((10, 0, 1), (told.Week.Count, told.On(new(2026, 11, 26)).Count(), told.On(new(2026, 11, 27)).Count()));

        Assert.Equal("closed", Assert.Single(Wrong(await AddAsync(("day", "2026-11-27"), ("closed", "true")))).Field);
        Assert.Equal("from", Assert.Single(Wrong(await AddAsync(("day", "2026-11-26"), ("from", "09:00"), ("to", "10:00")))).Field);
        Assert.Equal("day", Assert.Single(Wrong(await AddAsync(("closed", "true")))).Field);
    }

    [Fact]
    public async Task File_WhoseLinesStandAgainstEachOther_IsForeseenAsItWillBeTaken()
    {
        ImportLine[] hours =
        [
            new(2, null, Values(("weekday", "saturday"), ("from", new TimeOnly(9, 0)), ("to", new TimeOnly(12, 0))), []),
            new(3, null, Values(("weekday", "saturday"), ("from", new TimeOnly(11, 0)), ("to", new TimeOnly(13, 0))), []),
        ];
        ImportLine[] types =
        [
            new(2, null, Values(("name", "Peeling"), ("minutes", 30), ("alias", "peel")), []),
            new(3, null, Values(("name", "Peeling"), ("minutes", 45)), []),
            new(4, null, Values(("name", "Other"), ("minutes", 45), ("alias", "peel")), []),
        ];
        foreach (var isPreview in new[] { true, false })
        {
            Assert.Equal([LineResult.Added, LineResult.Refused],
                (await Hours.TakeAsync(practice.Tenant, hours, isPreview, default)).Select(l => l.Result));
            Assert.Equal([LineResult.Added, LineResult.Changed, LineResult.Refused],
                (await Types.TakeAsync(practice.Tenant, types, isPreview, default)).Select(l => l.Result));
        }
    }

    private static PracticeRecord Done(RecordOutcome outcome)
    {
        Assert.True(outcome is RecordOutcome.Done, outcome is RecordOutcome.Wrong wrong ? wrong.Problems[0].Message : outcome.ToString());
        return ((RecordOutcome.Done)outcome).Record;
    }

    private static IReadOnlyList<FieldProblem> Wrong(RecordOutcome outcome) => Assert.IsType<RecordOutcome.Wrong>(outcome).Problems;

    private static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) =>
        values.ToDictionary(v => v.Name, v => v.Value);

    private Task<RecordOutcome> AddAsync(params (string Name, string Text)[] values) => Hours.AddAsync(
        practice.Tenant, values.ToDictionary(v => v.Name, v =>
        {
            Assert.True(FieldReading.TryRead(Hours.Field(v.Name)!, v.Text, out var read, out var wrong), wrong);
            return read;
        }), null, default);

    private async Task<string> FreeAsync(DateOnly from, int count)
    {
        var free = await practice.Calendar.FreeSlotsAsync(practice.Tenant, new SlotSearch(
            await practice.TypeAsync(), practice.Clock.GetUtcNow(), count, new SlotWish(from, null, null, null)), default);
        return string.Join(", ", free.Select(f => f.StartsAt.ToString("MM/dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
