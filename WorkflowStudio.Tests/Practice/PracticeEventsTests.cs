using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice;

/// <summary>What the practice's own data tells of itself, once for each thing that happens.</summary>
public sealed class PracticeEventsTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    [Fact]
    public async Task Contact_AddedThenTheSameAgainThenWithMore_TellsOfTheFirstAndTheChange()
    {
        practice.Listen("contact-created", "contact-updated");

        await UpsertAsync("a", "Maria", email: "maria@example.test");
        await UpsertAsync("b", "Maria", email: "maria@example.test");
        await UpsertAsync("c", "Maria", email: "maria@example.test", phone: "+17135550142");

        Assert.Equal(["contact-created", "contact-updated"], practice.Told());
        var (created, updated) = (Payload(0), Payload(1));
        Assert.Equal(("Maria", "maria@example.test", JsonValueKind.Null), (created.GetProperty("first_name").GetString(),
            created.GetProperty("email").GetString(), created.GetProperty("phone").ValueKind));
        Assert.Equal("+17135550142", updated.GetProperty("phone").GetString());
        Assert.Equal("Maria", practice.Writer.Starts[0].Subject);
    }

    [Fact]
    public async Task Contact_NobodyListens_StartsAndSignalsNothing()
    {
        await UpsertAsync("a", "Maria", email: "maria@example.test");

        Assert.Empty(practice.Writer.Starts);
        Assert.Empty(practice.Writer.Signals);
    }

    [Fact]
    public async Task Weigh_WhoListens_IsReadWithoutBlockingAThread()
    {
        practice.Listen("contact-created", "contact-updated");
        var before = practice.Reads.Count;

        var weighed = await practice.Events.WeighAsync(
            practice.Tenant, new PlatformEvent("contact-created", () => JsonElement.Parse("{}")), default);

        Assert.True(Assert.Single(weighed.Verdicts).Value.Allows);
        Assert.Equal(before, practice.Reads.Count);
    }

    [Fact]
    public async Task Contact_AddedByARun_CarriesItsDepth()
    {
        practice.Listen("contact-created");
        var run = practice.Ids.New();
        using (var db = practice.CreateDbContext())
        {
            db.Add(new RunRow
            { Id = run, WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment, Cause = "event", Depth = 4 });
            db.SaveChanges();
        }

        await practice.Contacts.UpsertAsync(
            practice.Tenant, ContactFields.Of("Bo", null, "bo@example.test", null), new EffectSource("k", run), default);

        Assert.Equal(5, Assert.Single(practice.Writer.Starts).Run.Depth);
    }

    [Fact]
    public async Task Invoice_CreatedOverdueAndPaid_TellsOfEachOnce()
    {
        practice.Listen("invoice.created", "invoice.overdue", "invoice.paid");
        var contact = await practice.ContactAsync();

        var draft = new InvoiceDraft(contact.Id, "usd", [new InvoiceLine("Visit", "", 1, 18_000)], 3, ["card"]);
        Assert.True((await practice.Invoices.CreateAsync(practice.Tenant, draft, PracticeFixture.Key("i"), default))
            .Has(out var invoice, out _));
        await practice.Invoices.CreateAsync(practice.Tenant, draft, PracticeFixture.Key("i"), default);
        practice.Clock.Advance(TimeSpan.FromDays(5));
        await practice.Invoices.MarkOverdueAsync(practice.Tenant, null, default);
        await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, InvoiceStatus.Overdue, null, default);
        await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "card", PracticeFixture.Key("p"), default);
        await practice.Invoices.PayAsync(practice.Tenant, invoice.Id, "card", PracticeFixture.Key("p"), default);

        Assert.Equal(["invoice.created", "invoice.overdue", "invoice.paid"], practice.Told());
        Assert.Equal(["open", "overdue", "paid"], Enumerable.Range(0, 3).Select(i => Payload(i).GetProperty("status").GetString()));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(("INV-1001", 18_000, "Maria"),
            (Payload(i).GetProperty("number").GetString(), Payload(i).GetProperty("total_cents").GetInt64(),
                Payload(i).GetProperty("first_name").GetString())));
    }

    [Fact]
    public async Task Appointment_WhoseTimeIsCorrectedAfterIt_IsNotMoved()
    {
        practice.Listen("appointment.rescheduled", "appointment.updated");
        var nine = new DateTimeOffset(2026, 11, 23, 15, 0, 0, TimeSpan.Zero);
        var made = Assert.IsType<RecordOutcome.Done>(await practice.Appointments.AddAsync(practice.Tenant, new Dictionary<string, object?>
        {
            ["contactId"] = (await practice.ContactAsync()).Id, ["typeId"] = (await practice.TypeAsync()).Id, ["startsAt"] = nine,
            ["status"] = "visited",
        }, null, default)).Record.Id;

        Assert.IsType<RecordOutcome.Done>(await practice.Appointments.ChangeAsync(
            practice.Tenant, made, new Dictionary<string, object?> { ["startsAt"] = nine.AddHours(1) }, default));

        Assert.Equal(["appointment.updated"], practice.Told());
    }

    [Fact]
    public async Task Appointment_BookedMovedNotedCanceledAndBookedAgain_TellsOfEachOnce()
    {
        practice.Listen("appointment.booked", "appointment.rescheduled", "appointment.updated", "appointment.canceled");
        var table = practice.Appointments;
        var contact = await practice.ContactAsync();
        var type = await practice.TypeAsync();
        var nine = new DateTimeOffset(2026, 11, 30, 15, 0, 0, TimeSpan.Zero);
        var made = Assert.IsType<RecordOutcome.Done>(await table.AddAsync(practice.Tenant, new Dictionary<string, object?>
        { ["contactId"] = contact.Id, ["typeId"] = type.Id, ["startsAt"] = nine }, null, default)).Record.Id;

        await ChangeAsync(("startsAt", nine.AddHours(1)), ("notes", "Moved by phone"));
        await ChangeAsync(("notes", "Moved by phone"));
        await ChangeAsync(("notes", "Brings the card"));
        await ChangeAsync(("status", "canceled"), ("cancelReason", "Ill"), ("startsAt", nine.AddHours(2)));
        await ChangeAsync(("status", "booked"));
        await table.ChangeAsync(practice.Tenant, made, new Dictionary<string, object?> { ["startsAt"] = nine.AddYears(9) }, default);

        Assert.Equal(
            ["appointment.booked", "appointment.rescheduled", "appointment.updated", "appointment.canceled", "appointment.booked"],
            practice.Told());
        var (booked, moved, canceled) = (Payload(0), Payload(1), Payload(3));
        Assert.Equal(("2026-11-30T09:00:00-06:00", "booked", "Maria", "First visit, skin check"),
            (booked.GetProperty("starts_at").GetString(), booked.GetProperty("status").GetString(),
                booked.GetProperty("first_name").GetString(), booked.GetProperty("appointment_type").GetString()));
        Assert.Equal(("2026-11-30T10:00:00-06:00", "2026-11-30T09:00:00-06:00"),
            (moved.GetProperty("starts_at").GetString(), moved.GetProperty("previous_starts_at").GetString()));
        Assert.Equal("Ill", canceled.GetProperty("cancel_reason").GetString());
        Assert.StartsWith(
            "https://studio.example.com/appointments/", booked.GetProperty("invitation_url").GetString(), StringComparison.Ordinal);

        async Task ChangeAsync(params (string Name, object? Value)[] values) => Assert.IsType<RecordOutcome.Done>(
            await table.ChangeAsync(practice.Tenant, made, values.ToDictionary(v => v.Name, v => v.Value), default));
    }

    [Fact]
    public async Task Appointment_NotedAfterItTookPlace_IsNoNews()
    {
        practice.Listen("appointment.booked", "appointment.updated");
        Assert.IsType<RecordOutcome.Done>(await practice.Appointments.AddAsync(practice.Tenant, new Dictionary<string, object?>
        {
            ["contactId"] = (await practice.ContactAsync()).Id, ["typeId"] = (await practice.TypeAsync()).Id, ["status"] = "visited",
            ["startsAt"] = practice.Clock.GetUtcNow().AddDays(-3).AddSeconds(-2),
        }, null, default));
        Assert.Empty(practice.Told());
    }

    [Fact]
    public async Task Invoice_MarkedPaidByHand_TellsOfIt()
    {
        practice.Listen("invoice.paid");
        var contact = await practice.ContactAsync();
        Assert.True((await practice.Invoices.CreateAsync(practice.Tenant, new InvoiceDraft(contact.Id, "usd",
            [new InvoiceLine("Visit", "", 1, 18_000)], 3, ["card"]), PracticeFixture.Key("i"), default)).Has(out var invoice, out _));

        await practice.Invoices.MarkAsync(practice.Tenant, invoice.Id, InvoiceStatus.Paid, null, default);

        Assert.Equal(["invoice.paid"], practice.Told());
    }

    public void Dispose() => practice.Dispose();

    private async Task UpsertAsync(string key, string name, string? email = null, string? phone = null) =>
        Assert.True((await practice.Contacts.UpsertAsync(
            practice.Tenant, ContactFields.Of(name, null, email, phone), PracticeFixture.Key(key), default)).Has(out _, out _));

    private JsonElement Payload(int start) => ((RunEvent.RunStarted)practice.Writer.Starts[start].First.Event).Payload;
}
