using System.Text;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Calendar;

/// <summary>What other programs read of a calendar, read back as they would, and as it stands in the file.</summary>
public sealed class CalendarFeedsTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    private CalendarFeeds Feeds => new(practice.Writer, practice, practice.Ids, practice.Clock, practice.Address);

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Link_MadeAnew_LeadsToTheCalendarAndTheFormerNowhere()
    {
        Assert.Null(await Feeds.FindAsync(practice.Tenant, default));
        Assert.Null(await Feeds.TellAsync(practice.Tenant, true, default));
        var first = await Feeds.RenewAsync(practice.Tenant, default);
        Assert.Equal((first, false), (await Feeds.FindAsync(practice.Tenant, default), first.TellsMore));
        Assert.NotNull(await Feeds.FeedAsync(Token(first), default));

        var second = await Feeds.RenewAsync(practice.Tenant, default);
        Assert.NotEqual(first.Url, second.Url);
        Assert.Null(await Feeds.FeedAsync(Token(first), default));
        Assert.NotNull(await Feeds.FeedAsync(Token(second), default));
        Assert.Null(await Feeds.FindAsync(practice.Tenant with { Environment = StudioEnvironment.Test }, default));
        await Feeds.StopAsync(practice.Tenant, default);
        Assert.Null(await Feeds.FeedAsync(Token(second), default));
        Assert.Matches("^https://studio.example.com/calendar/[A-Za-z0-9_-]{27}.ics$", first.Url);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("' OR 1=1 --")]
    public async Task Token_OfNobody_LeadsNowhere(string token)
    {
        await BookAsync("2026-11-30T09:00");
        Assert.Null(await Feeds.FeedAsync(token, default));
        Assert.Null(await Feeds.InvitationAsync(token, default));
        Assert.Null(await Feeds.InvitationAsync(new string('a', 100_000), default));
    }

    [Fact]
    public async Task Feed_TellsNameAndType_AndMoreOnlyWhenSomebodyChoseSo()
    {
        var made = await BookAsync("2026-11-30T09:00");
        await ChangeAsync(made, ("notes", "Allergic to latex"));
        var link = await Feeds.RenewAsync(practice.Tenant, default);
        var told = (await Feeds.FeedAsync(Token(link), default))!;
        var read = Assert.Single(Ical.Net.Calendar.Load(told)!.Events);
        Assert.Equal(("First visit, skin check: Maria Lopez", null), (read.Summary, read.Description));
        Assert.DoesNotContain("+1713", told, StringComparison.Ordinal);
        Assert.DoesNotContain("latex", told, StringComparison.Ordinal);
        Assert.DoesNotContain("maria.lopez@", told, StringComparison.Ordinal);

        Assert.True((await Feeds.TellAsync(practice.Tenant, true, default))!.TellsMore);
        read = Assert.Single(Ical.Net.Calendar.Load((await Feeds.FeedAsync(Token(link), default))!)!.Events);
        Assert.Equal("+17135550142\nmaria.lopez@example.test\nWith Dr. Reyes\nAllergic to latex",
            read.Description!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Feed_TellsTheDaysAroundNow_AndTheSameTextWhileNothingChanges()
    {
        var past = await AddAsync(("startsAt", "2026-10-24T09:00"), ("status", "visited"));
        var near = await AddAsync(("startsAt", "2026-10-26T09:00"), ("status", "visited"));
        var next = await BookAsync("2027-05-20T09:00");
        var far = await BookAsync("2028-11-24T09:00");
        var token = Token(await Feeds.RenewAsync(practice.Tenant, default));
        var told = (await Feeds.FeedAsync(token, default))!;
        Assert.Equal([$"{near:D}@workflowstudio", $"{next:D}@workflowstudio", $"{far:D}@workflowstudio"],
            Ical.Net.Calendar.Load(told)!.Events.Select(e => e.Uid!));
        Assert.DoesNotContain($"{past}", told, StringComparison.Ordinal);

        practice.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(told, await Feeds.FeedAsync(token, default));
        practice.Clock.Advance(TimeSpan.FromMinutes(5));
        await ChangeAsync(next, ("startsAt", "2027-05-20T10:00"));
        Assert.NotEqual(told, await Feeds.FeedAsync(token, default));
    }

    [Fact]
    public async Task Feed_OfTooMany_LeavesOutWhatIsOverAndCalledOff_AndSaysWhereItEnds()
    {
        var past = await AddAsync(("startsAt", "2026-11-23T09:00"), ("status", "visited"));
        var canceled = await BookAsync("2026-11-30T09:00");
        await ChangeAsync(canceled, ("status", "canceled"));
        var (first, second, third) =
            (await BookAsync("2026-11-30T10:00"), await BookAsync("2026-12-01T10:00"), await BookAsync("2026-12-02T10:00"));
        var token = Token(await Feeds.RenewAsync(practice.Tenant, default));

        Assert.Equal([past, canceled, first, second, third], await ToldAsync(5));
        Assert.Equal([canceled, first, second, third], await ToldAsync(4));
        Assert.Equal([first, second, third], await ToldAsync(3));
        Assert.Equal([first, second, Guid.Empty], await ToldAsync(2));
        var end = Ical.Net.Calendar.Load((await With(2).FeedAsync(token, default))!)!.Events[^1]!;
        Assert.Equal("There are too many appointments for one calendar: those from here on are in WorkflowStudio alone.", end.Summary);
        Assert.Equal(new DateTime(2026, 12, 2, 16, 0, 0), end.Start!.AsUtc);

        CalendarFeeds With(int most) =>
            new(practice.Writer, practice, practice.Ids, practice.Clock, practice.Address) { MostEvents = most };

        async Task<List<Guid>> ToldAsync(int most) =>
        [
            .. Ical.Net.Calendar.Load((await With(most).FeedAsync(token, default))!)!.Events
                .Select(e => Guid.TryParse(e.Uid!.Split('@')[0], out var id) ? id : Guid.Empty),
        ];
    }

    // the clock of the zone has to be told with the summer time and without
    [Theory]
    [InlineData("2000-01-01T00:00:00Z", "visited")]
    [InlineData("2028-11-24T09:00", "booked")]
    public async Task Times_AtTheEndsOfWhatCanBeNoted_AreTold(string time, string status)
    {
        var text = (await Feeds.InvitationAsync(Token(await AddAsync(("startsAt", time), ("status", status))), default))!;
        Assert.Contains("\r\nBEGIN:DAYLIGHT\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nBEGIN:STANDARD\r\n", text, StringComparison.Ordinal);
        Assert.NotNull(await Feeds.FeedAsync(Token(await Feeds.RenewAsync(practice.Tenant, default)), default));
    }

    [Fact]
    public async Task Event_Moved_KeepsItsIdAndCounts_AndCanceledSaysSo()
    {
        var made = await BookAsync("2026-11-30T09:00");
        var token = Token(made);
        var first = Read(await Feeds.InvitationAsync(token, default));
        Assert.Equal(("CONFIRMED", 0, $"{made:D}@workflowstudio"), (first.Status, first.Sequence, first.Uid));
        await ChangeAsync(made, ("startsAt", "2026-12-01T10:00"));
        var moved = Read(await Feeds.InvitationAsync(token, default));
        Assert.Equal((first.Uid, 1, new DateTime(2026, 12, 1, 16, 0, 0)), (moved.Uid, moved.Sequence, moved.Start!.AsUtc));
        await ChangeAsync(made, ("status", "canceled"));
        var text = (await Feeds.InvitationAsync(token, default))!;
        Assert.Equal(("CANCELLED", 2), (Read(text).Status, Read(text).Sequence));
        Assert.Contains("\r\nSTATUS:CANCELLED\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_AroundClockChanges_AreTheSameMoments()
    {
        // open at night, too
        foreach (var day in new[] { "saturday", "sunday" })
            Done(await practice.OpeningHours.AddAsync(practice.Tenant, new Dictionary<string, object?>
            { ["weekday"] = day, ["from"] = new TimeOnly(0, 0), ["to"] = new TimeOnly(0, 0) }, null, default));
        string[] times =
        [
            "2027-03-13T12:00", "2027-03-14T01:30", "2027-03-14T03:00",
            "2027-11-07T00:30", "2027-11-07T06:00:00Z", "2027-11-07T07:00:00Z", "2027-11-07T02:00",
        ];
        foreach (var time in times)
        {
            var id = await BookAsync(time);
            var text = (await Feeds.InvitationAsync(Token(id), default))!;
            using var db = practice.CreateDbContext();
            var row = db.Appointments.Single(a => a.Id == id);
            var read = Read(text);
            Assert.Equal((row.StartsAt.UtcDateTime, row.EndsAt.UtcDateTime), (read.Start!.AsUtc, read.End!.AsUtc));
            Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:America/Chicago", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Times_OnTheClockOfThePractice_StandThereWithTheirZone()
    {
        var text = (await Feeds.InvitationAsync(Token(await BookAsync("2026-11-30T09:00")), default))!;
        Assert.Contains("\r\nDTSTART;TZID=America/Chicago:20261130T090000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nDTEND;TZID=America/Chicago:20261130T093000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nMETHOD:PUBLISH\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ann; Marie, \"the\\n boss\" \\ 😀 ünï")]
    [InlineData("Evil\r\nATTENDEE:mailto:x@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT")]
    [InlineData("Tab\tNull\0Line\u2028Sep\u0085Next\vForm\f")]
    public async Task Texts_OfStrangers_ComeBackAndEndNoLine(string name)
    {
        var answer = await practice.Contacts.UpsertAsync(
            practice.Tenant, ContactFields.Of(name, null, "evil@example.test", null), PracticeFixture.Key("evil"), default);
        Assert.True(answer.Has(out var contact, out _));
        using (var db = practice.CreateDbContext())
        {
            db.Contacts.Single(c => c.Id == contact.Id).FirstName = name;
            db.SaveChanges();
        }

        var made = await AddAsync(("contactId", contact.Id.ToString()), ("startsAt", "2026-11-30T09:00"), ("notes", name + "\nsecond"));
        var link = await Feeds.RenewAsync(practice.Tenant, default);
        await Feeds.TellAsync(practice.Tenant, true, default);
        var text = (await Feeds.FeedAsync(Token(link), default))!;

        Assert.NotEqual(Guid.Empty, made);
        var read = Assert.Single(Ical.Net.Calendar.Load(text)!.Events);
        Assert.Empty(read.Attendees);
        Assert.Single(text.Split("\r\n"), l => l == "BEGIN:VEVENT");
        Assert.DoesNotContain(text.Split("\r\n"), l => l.StartsWith("ATTENDEE", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 76 && !l.Any(char.IsControl), l));
        var shown = string.Concat(name.ReplaceLineEndings(" ").Where(c => !char.IsControl(c)));
        Assert.Equal($"First visit, skin check: {shown}".Trim(), read.Summary!.Trim());
    }

    private static CalendarEventRead Read(string? text)
    {
        var read = Assert.Single(Ical.Net.Calendar.Load(text!)!.Events);
        return new CalendarEventRead(read.Uid, read.Sequence, read.Status, read.Start, read.End);
    }

    private static string Token(CalendarLink link) => link.Url.Split('/')[^1][..^4];

    private static PracticeRecord Done(RecordOutcome outcome)
    {
        Assert.True(outcome is RecordOutcome.Done, outcome is RecordOutcome.Wrong wrong ? wrong.Problems[0].Message : outcome.ToString());
        return ((RecordOutcome.Done)outcome).Record;
    }

    private string Token(Guid id)
    {
        using var db = practice.CreateDbContext();
        return db.Appointments.Single(a => a.Id == id).Token;
    }

    private Task<Guid> BookAsync(string time) => AddAsync(("startsAt", time));

    private async Task<Guid> AddAsync(params (string Name, string Text)[] values)
    {
        var all = Values(values);
        all["typeId"] = (await practice.TypeAsync()).Id;
        if (!all.ContainsKey("contactId")) all["contactId"] = (await practice.ContactAsync()).Id;
        return Done(await practice.Appointments.AddAsync(practice.Tenant, all, null, default)).Id;
    }

    private async Task ChangeAsync(Guid id, params (string Name, string Text)[] values) =>
        Done(await practice.Appointments.ChangeAsync(practice.Tenant, id, Values(values), default));

    private Dictionary<string, object?> Values((string Name, string Text)[] values) => values.ToDictionary(v => v.Name, v =>
    {
        Assert.True(FieldReading.TryRead(practice.Appointments.Field(v.Name)!, v.Text, out var read, out var wrong), wrong);
        return read;
    });

    private sealed record CalendarEventRead(
        string? Uid, int Sequence, string? Status, Ical.Net.DataTypes.CalDateTime? Start, Ical.Net.DataTypes.CalDateTime? End);
}
