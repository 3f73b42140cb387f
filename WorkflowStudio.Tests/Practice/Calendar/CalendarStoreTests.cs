using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Calendar;

public abstract class CalendarStoreTests(TestStore store) : PracticeSuite(store)
{
    [Fact]
    public async Task FreeSlots_EmptyCalendar_StartAfterLeadTimeWithinOpeningHours()
    {
        var slots = await SlotsAsync(9);

        // 10:14 and two hours of lead time fall into the lunch break
        Assert.Equal("11/24 13:00, 11/24 13:30, 11/24 14:00, 11/24 14:30, 11/24 15:00, 11/24 15:30, 11/24 16:00, 11/24 16:30, 11/25 09:00",
            Text(slots));
        Assert.All(slots, s => Assert.Equal(TimeSpan.FromHours(-6), s.StartsAt.Offset));
    }

    [Fact]
    public async Task FreeSlots_BookedTime_IsLeftOutAndCanceledTimeIsFree()
    {
        var appointment = await BookAsync("a", (await SlotsAsync(1))[0]);
        Assert.Equal("11/24 13:30", Text(await SlotsAsync(1)));

        using (var db = practice.CreateDbContext())
        {
            var row = db.Appointments.Single(a => a.Id == appointment.Id);
            row.Status = AppointmentStatus.Canceled;
            await db.SaveChangesAsync();
        }

        Assert.Equal("11/24 13:00", Text(await SlotsAsync(1)));
    }

    [Fact]
    public async Task FreeSlots_Wish_IsKept()
    {
        var wish = new SlotWish(new DateOnly(2026, 11, 30), new DateOnly(2026, 12, 4), null, new TimeOnly(12, 0));

        Assert.Equal(
            "11/30 09:00, 11/30 09:30, 11/30 10:00, 11/30 10:30, 11/30 11:00, 11/30 11:30, 12/01 09:00", Text(await SlotsAsync(7, wish)));
    }

    [Fact]
    public async Task Book_SameEffectKey_AnswersTheFirstAppointment()
    {
        var slots = await SlotsAsync(2);
        var first = await BookAsync("a", slots[0]);
        var again = await BookAsync("a", slots[1]);

        Assert.Equal(first, again);
        using var db = practice.CreateDbContext();
        Assert.Single(db.Appointments);
    }

    [Fact]
    public async Task Book_TakenTime_TakesTheNextOfTheList()
    {
        var slots = await SlotsAsync(2);
        await BookAsync("a", slots[0]);
        var second = await BookAsync("b", slots[0], slots[1]);

        Assert.Equal(slots[1].StartsAt, second.StartsAt);
    }

    [Fact]
    public async Task Book_OverlapOfAMinute_IsRefused()
    {
        var slot = (await SlotsAsync(1))[0];
        await BookAsync("a", slot);
        var late = new FreeSlot(slot.EndsAt.AddMinutes(-1), slot.EndsAt.AddMinutes(29));
        var answer = await practice.Calendar.BookAsync(practice.Tenant, await BookingAsync(late), PracticeFixture.Key("b"), default);

        Assert.Equal(new ConnectorProblem("slot_taken",
            "Somebody else has just booked this time. The step looks for another one when it is tried again.", true), answer.Problem);
    }

    [Fact]
    public async Task Book_ManyAtOnce_NoneOverlap()
    {
        var slots = await SlotsAsync(30);
        var booking = await BookingAsync([.. slots]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            Task.Run(() => practice.Calendar.BookAsync(practice.Tenant, booking, PracticeFixture.Key($"k{i}"), default))));

        Assert.All(answers, a => Assert.Null(a.Problem));
        Assert.Equal(slots.Select(s => s.StartsAt), answers.Select(a => a.Value!.StartsAt).Order());
    }

    [Fact]
    public async Task Book_UnknownContactOrType_SaysSo()
    {
        var slots = await SlotsAsync(1);
        var booking = await BookingAsync(slots[0]);
        var nobody = await practice.Calendar.BookAsync(
            practice.Tenant, booking with { ContactId = practice.Ids.New() }, PracticeFixture.Key("a"), default);
        var nothing = await practice.Calendar.BookAsync(
            practice.Tenant, booking with { TypeId = practice.Ids.New() }, PracticeFixture.Key("b"), default);

        Assert.Equal(new ConnectorProblem("contact_unknown", "The contact to book for does not exist any more."), nobody.Problem);
        Assert.Equal(new ConnectorProblem("appointment_type_unknown",
            "The appointment type does not exist any more. Choose another one in the step's settings."), nothing.Problem);
    }

    [Fact]
    public async Task Week_HoldsTheAppointmentsOfTheDayAsked()
    {
        var booked = await BookAsync("a", (await SlotsAsync(1))[0]);

        var week = await practice.Weeks.WeekAsync(practice.Tenant, new DateOnly(2026, 11, 29), default);
        var next = await practice.Weeks.WeekAsync(practice.Tenant, new DateOnly(2026, 11, 30), default);

        Assert.Equal((new DateOnly(2026, 11, 23), PracticeFixture.Zone, 10), (week.Monday, week.TimeZone, week.Open.Count));
        var item = Assert.Single(week.Appointments);
        Assert.Equal((booked.Id, booked.StartsAt, "First visit, skin check", "Dr. Reyes", "Maria Lopez", 15_000L),
            (item.Id, item.StartsAt, item.TypeName, item.With, item.Contact.Name, item.PriceCents));
        Assert.Empty(next.Appointments);
        Assert.Equal(new DateOnly(2026, 11, 23), (await practice.Weeks.WeekAsync(practice.Tenant, null, default)).Monday);
    }

    [Fact]
    public async Task Reads_OfTheCalendar_BlockNoThread()
    {
        var slots = await SlotsAsync(1);
        var booked = await BookAsync("a", slots[0]);
        var before = practice.Reads.Count;

        await SlotsAsync(1);
        await practice.Calendar.HoursAsync(practice.Tenant, default);
        Assert.Equal(booked, await practice.Calendar.FindAsync(practice.Tenant, booked.Id, default));
        Assert.Equal(booked, await practice.Calendar.FindByEffectAsync(practice.Tenant, "a", default));
        await practice.Weeks.WeekAsync(practice.Tenant, null, default);

        Assert.Equal(before, practice.Reads.Count);
    }

    private async Task<IReadOnlyList<FreeSlot>> SlotsAsync(int limit, SlotWish? wish = null) =>
        await practice.Calendar.FreeSlotsAsync(
            practice.Tenant, new SlotSearch(await practice.TypeAsync(), practice.Clock.GetUtcNow(), limit, wish), default);

    private async Task<Booking> BookingAsync(params FreeSlot[] slots) =>
        new((await practice.TypeAsync()).Id, (await practice.ContactAsync()).Id, slots);

    private async Task<Appointment> BookAsync(string key, params FreeSlot[] slots)
    {
        var answer = await practice.Calendar.BookAsync(practice.Tenant, await BookingAsync(slots), PracticeFixture.Key(key), default);
        Assert.True(answer.Has(out var appointment, out _));
        return appointment;
    }

    private static string Text(IEnumerable<FreeSlot> slots) =>
        string.Join(", ", slots.Select(s => s.StartsAt.ToString("MM/dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
}
