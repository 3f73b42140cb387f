using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class BookingNodeTests : IDisposable
{
    private const string Settings =
        """{"calendar_connector":"acuity","calendar_id":"cal_91823abce","appointment_type_id":"type_8321a","allow_partial_deposit":true,"auto_booking_suggestion_limit":3}""";

    private const string NextWeekMorning = """{"preferred_from":"2026-11-30","preferred_to":"2026-12-06","preferred_part":"morning"}""";

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_ReferenceExample_BooksTheFirstTimeThatSuits()
    {
        var call = Call().After(NextWeekMorning);
        var output = await call.OutputAsync();

        Assert.Equal("2026-11-30T09:00:00-06:00 2026-11-30T09:30:00-06:00 Monday, November 30, 9:00 AM|First visit, skin "
            + "check|type_8321a|15000|Dr. Reyes",
            $"{output.GetProperty("starts_at")} {output.GetProperty("ends_at")} "
            + $"{output.GetProperty("when")}|{output.GetProperty("appointment_type")}|{output.GetProperty("appointment_type_id")}|"
            + $"{output.GetProperty("price_cents")}|{output.GetProperty("with")}");
        Assert.Matches("^https://studio.example.com/appointments/[A-Za-z0-9_-]{27}.ics$", output.GetProperty("invitation_url").GetString());
        Assert.True(output.GetProperty("preference_met").GetBoolean());
        Assert.True(output.GetProperty("deposit_allowed").GetBoolean());
        Assert.Equal(["Monday, November 30, 9:30 AM", "Monday, November 30, 10:00 AM", "Monday, November 30, 10:30 AM"],
            output.GetProperty("suggestions").EnumerateArray().Select(s => s.GetProperty("when").GetString()!));
        Assert.Equal(["The calendar acuity (cal_91823abce) is not connected, so the practice's own calendar is used.",
            "Booked Mon Nov 30, 9:00 AM with Dr. Reyes for Maria Lopez"], call.Log);
    }

    [Fact]
    public async Task Execute_CalledAgain_AnswersTheSameAppointmentEvenWhenNothingIsFree()
    {
        var first = await Call().OutputAsync();
        using (var db = practice.CreateDbContext())
        {
            db.OpeningHours.RemoveRange(db.OpeningHours);
            await db.SaveChangesAsync();
        }

        var again = await Call().OutputAsync();

        Assert.Equal(first.GetProperty("appointment_id").GetString(), again.GetProperty("appointment_id").GetString());
        Assert.Equal(0, again.GetProperty("suggestions").GetArrayLength());
        using var check = practice.CreateDbContext();
        Assert.Single(check.Appointments);
    }

    [Theory]
    [InlineData("""{"preferred_time":"15:00"}""", "Tuesday, November 24, 3:00 PM", true)]
    [InlineData("""{"preferred_from":"2026-11-26","preferred_to":"2026-11-26"}""", "Thursday, November 26, 9:00 AM", true)]
    [InlineData("""{"preferred_part":"afternoon"}""", "Tuesday, November 24, 1:00 PM", true)]
    [InlineData("""{"preferred_from":"2026-11-26","preferred_to":"2026-11-26","preferred_part":"evening"}""",
        "Thursday, November 26, 9:00 AM", false)]
    [InlineData("""{"preferred_from":"2026-11-28","preferred_to":"2026-11-29"}""", "Monday, November 30, 9:00 AM", false)]
    [InlineData("""{"preferred_from":"2027-11-28","preferred_to":"2027-11-29"}""", "Tuesday, November 24, 1:00 PM", false)]
    public async Task Execute_Wish_IsMetOrTheNearestTimeIsTaken(string upstream, string when, bool met)
    {
        var call = Call().After(upstream);
        var output = await call.OutputAsync();

        Assert.Equal((when, met), (output.GetProperty("when").GetString(), output.GetProperty("preference_met").GetBoolean()));
        Assert.Equal(!met, call.Log.Contains("Warning: No free time was as the client wished; this is the nearest."));
    }

    [Fact]
    public async Task Execute_UnknownType_TakesTheFirstAndSaysSo()
    {
        var call = Call("""{"appointment_type_id":"type_x"}""");
        var output = await call.OutputAsync();

        Assert.Equal("type_8321a", output.GetProperty("appointment_type_id").GetString());
        Assert.Equal(
            "Warning: The practice has no appointment type type_x, so its first one is booked: First visit, skin check.", call.Log[0]);
    }

    [Fact]
    public async Task Execute_NothingFree_SaysWhatToDo()
    {
        using (var db = practice.CreateDbContext())
        {
            db.OpeningHours.RemoveRange(db.OpeningHours);
            await db.SaveChangesAsync();
        }

        Assert.Equal(new NodeOutcome.Failed("no_free_slot",
            "No time is free for “First visit, skin check” with Dr. Reyes in the next 60 days. Open longer (in the calendar, under "
            + "“Opening hours”), or call off appointments that will not take place."), await Call().RunAsync());
    }

    [Fact]
    public async Task Execute_NoTypes_SaysWhatToDo()
    {
        using (var db = practice.CreateDbContext())
        {
            db.AppointmentTypes.RemoveRange(db.AppointmentTypes);
            await db.SaveChangesAsync();
        }

        Assert.Equal(new NodeOutcome.Failed("no_appointment_type",
            "The practice has no appointment types that are offered. Add one in the calendar, under “Appointment types”."),
            await Call().RunAsync());
    }

    [Fact]
    public async Task Execute_NobodyToBookFor_SaysWhatToSend() => Assert.Equal(
        new NodeOutcome.Failed("no_contact",
            "It is not known whom this is for: no earlier step found a contact, and the data that started the run names nobody. Send "
            + "first_name and email or phone, or put an intake step before this one."),
        await Call().With("{}").RunAsync());

    [Fact]
    public async Task Execute_ManyRunsAtOnce_NoneOverlap()
    {
        var outputs = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => Task.Run(() => new NodeCall(practice, Node(), Settings) { EffectKey = $"run{i}" }.After(NextWeekMorning).OutputAsync())));

        Assert.Equal(12, outputs.Select(o => o.GetProperty("starts_at").GetString()).Distinct().Count());
        using var db = practice.CreateDbContext();
        var booked = db.Appointments.OrderBy(a => a.StartsAt).ToList();
        Assert.All(booked.Zip(booked.Skip(1)), pair => Assert.True(pair.First.EndsAt <= pair.Second.StartsAt));
    }

    private BookingNode Node() => new(practice.Calendar, practice.Contacts, new CalendarRules());

    private NodeCall Call(string settings = Settings) => new(practice, Node(), settings);
}
