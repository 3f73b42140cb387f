using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Calendar;

/// <summary>Appointments as desks and programs keep them, over both databases.</summary>
public abstract class AppointmentTableTests(TestStore store) : PracticeSuite(store)
{
    private AppointmentTable Table => practice.Appointments;

    [Fact]
    public async Task Add_ByNamesAndTheClockOfThePractice_IsBookedThere()
    {
        var contact = await practice.ContactAsync();
        var made = await AddAsync(("contactId", "Maria.Lopez@example.test"), ("typeId", "Follow-up"), ("startsAt", "2026-11-30T09:15"));

        Assert.Equal((contact.Id, "2026-11-30T09:15:00-06:00", "2026-11-30T09:30:00-06:00", "Dr. Reyes", "booked"),
            ((Guid)Value(made, "contactId")!, Text(made, "startsAt"), Text(made, "endsAt"), Text(made, "with"), Text(made, "status")));
        Assert.Equal("Maria Lopez, Follow-up", made.Title);
        Assert.StartsWith("https://studio.example.com/appointments/", Text(made, "invitationUrl"), StringComparison.Ordinal);
        Assert.Equal(made.Values, (await Table.FindAsync(practice.Tenant, made.Id, default))!.Values);
        Assert.Equal(made.Values, Assert.Single((await Table.PageAsync(practice.Tenant, RecordQuery.All, 0, 10, default)).Items).Values);
    }

    [Fact]
    public async Task Add_AtATimeThatIsTaken_IsAConflict()
    {
        await BookAsync("2026-11-30T09:00");
        var taken = Assert.Single(Wrong(await TryAsync("2026-11-30T09:15", "type_1")));
        Assert.Equal(("startsAt", "slot_taken"), (taken.Field, taken.Conflict));
        await BookAsync("2026-11-30T09:30", "type_1");
        await BookAsync("2026-11-30T08:45", "type_1", "Dr. Night", hours: false);
    }

    [Fact]
    public async Task Buffer_KeepsTheTimeAfterItFree_AndMayLieBehindTheClosing()
    {
        await ChangeTypeAsync("type_8321a", ("bufferMinutes", 15));
        await BookAsync("2026-11-30T16:30");
        await BookAsync("2026-11-30T09:00");

        Assert.Equal("slot_taken", Assert.Single(Wrong(await TryAsync("2026-11-30T09:30", "type_1"))).Conflict);
        Assert.Equal("slot_taken", Assert.Single(Wrong(await TryAsync("2026-11-30T16:00"))).Conflict);
        await BookAsync("2026-11-30T09:45", "type_1");
        var free = await practice.Calendar.FreeSlotsAsync(practice.Tenant, new SlotSearch(
            await practice.TypeAsync(), practice.Clock.GetUtcNow(), 50,
            new SlotWish(new(2026, 11, 30), new(2026, 11, 30), null, null)), default);
        Assert.Equal("10:00 10:45 11:30 13:00 13:45 14:30 15:15",
            string.Join(' ', free.Select(f => f.StartsAt.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task Add_ManyAtOnceForOneTime_OneIsBooked()
    {
        var values = await ValuesAsync("2026-11-30T09:00");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ =>
            Task.Run(() => Table.AddAsync(practice.Tenant, values, null, default))));

        Assert.Single(outcomes.OfType<RecordOutcome.Done>());
        Assert.All(outcomes.OfType<RecordOutcome.Wrong>(), w => Assert.Equal("slot_taken", Assert.Single(w.Problems).Conflict));
        using var db = practice.CreateDbContext();
        Assert.Single(db.Appointments);
    }

    [Fact]
    public async Task Move_ManyAtOnceToOneTime_OneIsThere()
    {
        var made = new List<Guid>();
        for (var i = 0; i < 6; i++) made.Add((await BookAsync($"2026-11-30T{9 + (i / 2):00}:{i % 2 * 30:00}")).Id);
        var moved = await Task.WhenAll(made.Select(id =>
            Task.Run(() => Table.ChangeAsync(practice.Tenant, id, Values(("startsAt", "2026-12-01T10:00")), default))));

        Assert.Single(moved.OfType<RecordOutcome.Done>());
        using var db = practice.CreateDbContext();
        Assert.Equal(6, db.Appointments.Select(a => a.StartsAt).Distinct().Count());
    }

    [Theory]
    [InlineData("dr. reyes")]
    [InlineData("DR.  REYES")]
    [InlineData("Dr.\u00a0Reyes")]
    public async Task Person_WrittenOtherwise_IsTheSame(string with)
    {
        await BookAsync("2026-11-30T09:00");
        var values = await ValuesAsync("2026-11-30T09:00");
        values["with"] = with;
        Assert.Equal("slot_taken", Assert.Single(Wrong(await Table.AddAsync(practice.Tenant, values, null, default))).Conflict);

        await BookAsync("2026-11-30T10:00", with: with);
        Assert.Equal("slot_taken", Assert.Single(Wrong(await TryAsync("2026-11-30T10:00"))).Conflict);
        var free = await practice.Calendar.FreeSlotsAsync(practice.Tenant, new SlotSearch(
            await practice.TypeAsync(), practice.Clock.GetUtcNow(), 2, new SlotWish(new(2026, 11, 30), null, null, null)), default);
        Assert.Equal(["2026-11-30T09:30:00-06:00", "2026-11-30T10:30:00-06:00"], free.Select(f => FieldReading.Text(f.StartsAt)));
    }

    [Fact]
    public async Task WhatIsCalledOff_IsMovedOnlyWhenItIsBookedAgain()
    {
        var made = await BookAsync("2026-11-30T09:00");
        await BookAsync("2026-12-01T09:00");
        Done(await ChangeAsync(made.Id, ("status", "canceled")));

        FieldProblem[] refused = [new("startsAt", "It was called off. Book it again to move it.")];
        Assert.Equal(refused, Wrong(await ChangeAsync(made.Id, ("startsAt", "2026-11-28T03:00"))));
        Assert.Equal(refused, Wrong(await ChangeAsync(made.Id, ("startsAt", "2026-12-01T10:00"), ("status", "canceled"))));
        Done(await ChangeAsync(made.Id, ("notes", "Calls again"), ("startsAt", "2026-11-30T09:00")));
        Assert.Equal("slot_taken",
            Assert.Single(Wrong(await ChangeAsync(made.Id, ("startsAt", "2026-12-01T09:00"), ("status", "booked")))).Conflict);
        Done(await ChangeAsync(made.Id, ("startsAt", "2026-12-01T10:00"), ("status", "booked")));
    }

    [Theory]
    [InlineData("2026-11-24T10:00", "This time is over. One that took place has the status visited, missed or canceled.")]
    [InlineData("2026-11-30T12:15",
        "On Monday, November 30 the practice is open from 9:00 AM to 12:00 PM and from 1:00 PM to 5:00 PM; the appointment would be from "
        + "12:15 PM to 12:45 PM.")]
    [InlineData("2026-11-28T10:00", "The practice is closed on Saturday, November 28.")]
    [InlineData("2026-11-30T09:00:30", "An appointment begins at a whole minute.")]
    [InlineData("9999-12-31T23:59", "An appointment begins in the year 2000 or later, and at most two years from now.")]
    [InlineData("9999-12-31T23:59:59Z", "An appointment begins in the year 2000 or later, and at most two years from now.")]
    [InlineData("0002-01-01T00:00:00Z", "An appointment begins in the year 2000 or later, and at most two years from now.")]
    [InlineData("2027-03-14T02:30", "The clock of America/Chicago skips this time: it is set forward then. Choose another.")]
    public async Task Add_AtATimeThatCannotBe_IsRefusedInWords(string time, string message) =>
        Assert.Equal([new("startsAt", message)], Wrong(await TryAsync(time)));

    [Fact]
    public async Task Add_AtATimeThatComesTwice_IsTheFirst()
    {
        using (var db = practice.CreateDbContext())
        {
            db.Add(new OpeningHoursRow
            {
                Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment,
                Weekday = DayOfWeek.Sunday, FromMinutes = 0, ToMinutes = 600, CreatedAt = practice.Clock.GetUtcNow(),
            });
            db.SaveChanges();
        }

        Assert.Equal("2027-11-07T01:30:00-05:00", Text(await BookAsync("2027-11-07T01:30"), "startsAt"));
        Assert.Equal("2027-11-07T01:30:00-06:00", Text(await BookAsync("2027-11-07T07:30:00Z"), "startsAt"));
    }

    [Fact]
    public async Task WhatIsForeignOrUnknown_IsRefused()
    {
        var values = await ValuesAsync("2026-11-30T09:00");
        foreach (var tenant in new[]
        {
            new Tenant(practice.Ids.New(), practice.Tenant.Environment), practice.Tenant with { Environment = StudioEnvironment.Test },
        })
        {
            var (contact, type) = OfOther(tenant);
            Assert.Equal("There is no contact with this id.", await WhyAsync("contactId", contact.Id));
            Assert.Equal($"No contact has the address {contact.Email}.", await WhyAsync("contactId", contact.Email));
            Assert.Equal("There is no appointment type with this id.", await WhyAsync("typeId", type.Id));
            Assert.Equal($"There is no appointment type {type.Alias}.", await WhyAsync("typeId", type.Alias));
            Assert.Equal($"There is no appointment type {type.Name}.", await WhyAsync("typeId", type.Name));
        }

        Assert.Equal("No contact has the address nobody@example.test.", await WhyAsync("contactId", "nobody@example.test"));
        Assert.Equal("There is no appointment type Massage.", await WhyAsync("typeId", "Massage"));
        Assert.Equal("Contact is missing.", await WhyAsync("contactId", null));
        using (var db = practice.CreateDbContext())
        {
            var bo = db.Contacts.Single(c => c.Id == (Guid)values["contactId"]!);
            db.Add(new ContactRow
            { Id = practice.Ids.New(), WorkspaceId = bo.WorkspaceId, Environment = bo.Environment, FirstName = "Bo", Email = bo.Email });
            db.SaveChanges();
        }

        Assert.Equal("Several contacts have the address maria.lopez@example.test. Name one by its id.",
            await WhyAsync("contactId", "maria.lopez@example.test"));
        await ChangeTypeAsync("type_8321a", ("active", false));
        Assert.Equal("“First visit, skin check” is not offered any more. Choose another appointment type.",
            await WhyAsync("typeId", "type_8321a"));

        async Task<string> WhyAsync(string field, object? value) => Assert.Single(Wrong(
            await Table.AddAsync(practice.Tenant, new Dictionary<string, object?>(values) { [field] = value }, null, default))).Message;
    }

    [Fact]
    public async Task Changes_AreCountedAndTimesOfWhatIsCanceledAreFree()
    {
        var made = await BookAsync("2026-11-30T09:00");
        Done(await ChangeAsync(made.Id, ("startsAt", "2026-11-30T10:00")));
        Done(await ChangeAsync(made.Id, ("notes", "Bring the card")));
        Done(await ChangeAsync(made.Id, ("notes", "Bring the card")));
        Assert.Equal([new("status", "It has not begun yet, so nobody can say whether the client came.")],
            Wrong(await ChangeAsync(made.Id, ("status", "visited"))));
        Assert.Contains("called off before it is removed",
            Assert.IsType<RecordOutcome.Used>(await Table.RemoveAsync(practice.Tenant, made.Id, default)).Why, StringComparison.Ordinal);
        var canceled = Done(await ChangeAsync(made.Id, ("status", "canceled"), ("cancelReason", "Ill")));
        Assert.Equal(("Ill", "canceled"), (Text(canceled, "cancelReason"), Text(canceled, "status")));
        var other = await BookAsync("2026-11-30T10:00");
        Assert.Equal("slot_taken", Assert.Single(Wrong(await ChangeAsync(made.Id, ("status", "booked")))).Conflict);
        using (var db = practice.CreateDbContext()) Assert.Equal(3, db.Appointments.Single(a => a.Id == made.Id).Sequence);
        Done(await Table.RemoveAsync(practice.Tenant, made.Id, default));
        Done(await ChangeAsync(other.Id, ("startsAt", "2026-11-30T10:15")));
        practice.Clock.Advance(TimeSpan.FromDays(10));
        Done(await ChangeAsync(other.Id, ("status", "visited")));
        Done(await ChangeAsync(other.Id, ("notes", "Came late")));
        // a click too many is taken back
        Done(await ChangeAsync(other.Id, ("status", "booked")));
        Assert.Equal("This time is over. One that took place has the status visited, missed or canceled.",
            Assert.Single(Wrong(await ChangeAsync(other.Id, ("startsAt", "2026-11-30T11:00")))).Message);
    }

    [Fact]
    public async Task TypeAndLength_StayWithWhatWasBooked()
    {
        var made = await BookAsync("2026-11-30T09:00");
        await ChangeTypeAsync("type_8321a", ("minutes", 60), ("with", "Dr. Night"), ("active", false));
        var noted = Done(await ChangeAsync(made.Id, ("notes", "x")));
        Assert.Equal(("2026-11-30T09:30:00-06:00", "Dr. Reyes"), (Text(noted, "endsAt"), Text(noted, "with")));
        var other = Done(await ChangeAsync(made.Id, ("typeId", "type_1")));
        Assert.Equal("2026-11-30T09:15:00-06:00", Text(other, "endsAt"));
        Assert.Contains("cannot be removed",
            Assert.IsType<RecordOutcome.Used>(await practice.AppointmentTypes.RemoveAsync(
                practice.Tenant, (await practice.TypeAsync("type_1")).Id, default)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_IsNarrowedByPersonTypeStatusAndTime()
    {
        var (one, two) = (await BookAsync("2026-11-30T09:00"), await BookAsync("2026-12-01T09:00", "type_1"));
        Done(await ChangeAsync(two.Id, ("status", "canceled")));

        Assert.Equal([two.Id, one.Id], await FoundAsync());
        Assert.Equal([one.Id], await FoundAsync(new RecordFilter("status", FilterRule.Is, "booked")));
        Assert.Equal([two.Id], await FoundAsync(new RecordFilter("typeId", FilterRule.Is, (await practice.TypeAsync("type_1")).Id)));
        Assert.Equal([two.Id, one.Id], await FoundAsync(new RecordFilter("contactId", FilterRule.Is, Value(one, "contactId"))));
        Assert.Empty(await FoundAsync(new RecordFilter("contactId", FilterRule.Is, practice.Ids.New())));
        Assert.Equal([one.Id], await FoundAsync(
            new RecordFilter("startsAt", FilterRule.AtLeast, new DateTimeOffset(2026, 11, 30, 15, 0, 0, TimeSpan.Zero)),
            new RecordFilter("startsAt", FilterRule.AtMost, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public async Task File_ComesBackAsTheSame_AndAPreviewSaysWhatIsTaken()
    {
        var made = await BookAsync("2026-11-30T09:00");
        Done(await ChangeAsync(made.Id, ("notes", "=1+1")));
        await practice.ContactAsync();
        var text = new StringWriter();
        await RecordFile.WriteAsync(Table, Table.AllAsync(practice.Tenant, RecordQuery.All, default), text, default);
        Assert.Contains("'=1+1", text.ToString(), StringComparison.Ordinal);
        Assert.Null(RecordFile.Read(Table, text.ToString(), out var lines));
        Assert.Equal(LineResult.Same, Assert.Single(await Table.TakeAsync(practice.Tenant, lines, false, default)).Result);

        const string File = """
            Contact;Appointment type;Begins;Status
            maria.lopez@example.test;type_1;2026-11-30 09:15;booked
            maria.lopez@example.test;type_1;2026-11-30 09:30;booked
            maria.lopez@example.test;type_1;2025-11-30 09:30;visited
            """;
        Assert.Null(RecordFile.Read(Table, File, out lines));
        LineResult[] expected = [LineResult.Refused, LineResult.Added, LineResult.Added];
        Assert.Equal(expected, (await Table.TakeAsync(practice.Tenant, lines, true, default)).Select(l => l.Result));
        Assert.Equal(expected, (await Table.TakeAsync(practice.Tenant, lines, false, default)).Select(l => l.Result));
        Assert.Equal(3, (await FoundAsync()).Count);
    }

    [Fact]
    public async Task File_WhoseLinesWantOneTime_IsForeseenAsItWillBeTaken()
    {
        var moved = await BookAsync("2026-11-30T10:00");
        ImportLine[] lines =
        [
            new(2, null, await ValuesAsync("2026-11-30T09:00"), []),
            new(3, null, await ValuesAsync("2026-11-30T09:15"), []),
            new(4, null, await ValuesAsync("2026-11-30T10:00"), []),
            new(5, moved.Id, Values(("startsAt", "2026-11-30T09:00")), []),
            new(6, moved.Id, Values(("startsAt", "2026-11-30T11:00")), []),
            new(7, null, await ValuesAsync("2026-11-30T10:00"), []),
            new(8, null, await ValuesAsync("2026-11-30T11:15"), []),
            new(9, moved.Id, Values(("status", "canceled"), ("cancelReason", "Ill")), []),
            new(10, null, await ValuesAsync("2026-11-30T11:15"), []),
        ];
        LineResult[] expected =
        [
            LineResult.Added, LineResult.Refused, LineResult.Refused, LineResult.Refused, LineResult.Changed, LineResult.Added,
            LineResult.Refused, LineResult.Changed, LineResult.Added,
        ];
        var would = await Table.TakeAsync(practice.Tenant, lines, true, default);
        Assert.Equal(expected, would.Select(l => l.Result));
        Assert.Equal("slot_taken", Assert.Single(would[1].Problems).Conflict);
        Assert.Equal(moved.Values, Assert.Single((await Table.PageAsync(practice.Tenant, RecordQuery.All, 0, 10, default)).Items).Values);
        Assert.Equal(expected, (await Table.TakeAsync(practice.Tenant, lines, false, default)).Select(l => l.Result));
    }

    [Fact]
    public async Task Change_OfWhatSomebodyElseHasChangedSince_IsAConflict()
    {
        var made = await BookAsync("2026-11-30T09:00");
        Done(await ChangeAsync(made.Id, ("status", "canceled"), ("cancelReason", "Ill")));

        var refused = Assert.Single(Wrong(await Table.ChangeAsync(practice.Tenant, made.Id, Values(("notes", "Late")), 0, default)));
        Assert.Equal(("changed_meanwhile", "Somebody has changed this appointment meanwhile. Look at it as it is now, then try again."),
            (refused.Conflict, refused.Message));
        Done(await Table.ChangeAsync(practice.Tenant, made.Id, Values(("notes", "Late")), 1, default));
        Assert.Equal("Ill", Text((await Table.FindAsync(practice.Tenant, made.Id, default))!, "cancelReason"));
    }

    // in the same database
    private (ContactRow Contact, AppointmentTypeRow Type) OfOther(Tenant tenant)
    {
        var id = practice.Ids.New();
        var contact = new ContactRow
        {
            Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, FirstName = "Eve", Email = $"{id:N}@example.test",
            CreatedAt = practice.Clock.GetUtcNow(),
        };
        var type = new AppointmentTypeRow
        {
            Id = practice.Ids.New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, Alias = $"type_{id:N}",
            Name = $"Type {id:N}", Minutes = 30, CreatedAt = practice.Clock.GetUtcNow(),
        };
        using var db = practice.CreateDbContext();
        db.AddRange(contact, type);
        db.SaveChanges();
        return (contact, type);
    }

    private static PracticeRecord Done(RecordOutcome outcome)
    {
        Assert.True(outcome is RecordOutcome.Done, outcome is RecordOutcome.Wrong wrong ? wrong.Problems[0].Message : outcome.ToString());
        return ((RecordOutcome.Done)outcome).Record;
    }

    private static IReadOnlyList<FieldProblem> Wrong(RecordOutcome outcome) => Assert.IsType<RecordOutcome.Wrong>(outcome).Problems;

    private object? Value(PracticeRecord record, string field) => Table.Value(record, field);

    private string Text(PracticeRecord record, string field) => FieldReading.Text(Value(record, field));

    private Dictionary<string, object?> Values(params (string Name, object? Value)[] values) => values.ToDictionary(v => v.Name, v =>
    {
        if (v.Value is not string text) return v.Value;
        Assert.True(FieldReading.TryRead(Table.Field(v.Name)!, text, out var read, out var wrong), wrong);
        return read;
    });

    private async Task<Dictionary<string, object?>> ValuesAsync(string time, string type = "type_8321a") =>
        Values(("contactId", (await practice.ContactAsync()).Id), ("typeId", type), ("startsAt", time));

    private async Task<RecordOutcome> TryAsync(string time, string type = "type_8321a") =>
        await Table.AddAsync(practice.Tenant, await ValuesAsync(time, type), null, default);

    private async Task<PracticeRecord> BookAsync(string time, string type = "type_8321a", string? with = null, bool hours = true)
    {
        var values = await ValuesAsync(time, type);
        if (with is not null) values["with"] = with;
        if (!hours)
            Done(await practice.OpeningHours.AddAsync(practice.Tenant, new Dictionary<string, object?>
            { ["weekday"] = "monday", ["from"] = new TimeOnly(7, 0), ["to"] = new TimeOnly(9, 0) }, null, default));
        return Done(await Table.AddAsync(practice.Tenant, values, null, default));
    }

    private async Task<PracticeRecord> AddAsync(params (string Name, object? Value)[] values) =>
        Done(await Table.AddAsync(practice.Tenant, Values(values), null, default));

    private Task<RecordOutcome> ChangeAsync(Guid id, params (string Name, object? Value)[] values) =>
        Table.ChangeAsync(practice.Tenant, id, Values(values), default);

    private async Task ChangeTypeAsync(string alias, params (string Name, object? Value)[] values) => Done(
        await practice.AppointmentTypes.ChangeAsync(practice.Tenant, (await practice.TypeAsync(alias)).Id,
            values.ToDictionary(v => v.Name, v => v.Value), default));

    private async Task<List<Guid>> FoundAsync(params RecordFilter[] filters) =>
        [.. (await Table.PageAsync(practice.Tenant, new RecordQuery(null, filters), 0, 50, default)).Items.Select(r => r.Id)];
}
