using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>
/// What people do with invoices by hand. An invoice that is out is never rewritten: it is paid, credited or taken back, and keeps its
/// number. What carries a key happens once for it.
/// </summary>
public sealed class InvoiceDesk
{
    private readonly IStudioWriter writer;
    private readonly IDbContextFactory<StudioDbContext> contexts;
    private readonly IdFactory ids;
    private readonly TimeProvider clock;
    private readonly IInvoicing invoicing;
    private readonly InvoiceBills bills;
    private readonly InvoiceBooks books;
    private readonly PlatformEvents events;

    internal InvoiceDesk(IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock,
        IInvoicing invoicing, InvoiceBills bills, InvoiceBooks books, PlatformEvents events)
    {
        (this.writer, this.contexts, this.ids, this.clock) = (writer, contexts, ids, clock);
        (this.invoicing, this.bills, this.books, this.events) = (invoicing, bills, books, events);
    }

    // some of its parts are for nobody else
    internal static InvoiceDesk Of(IServiceProvider services) => new(
        services.GetRequiredService<IStudioWriter>(), services.GetRequiredService<IDbContextFactory<StudioDbContext>>(),
        services.GetRequiredService<IdFactory>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IInvoicing>(),
        services.GetRequiredService<InvoiceBills>(), services.GetRequiredService<InvoiceBooks>(),
        services.GetRequiredService<PlatformEvents>());

    /// <summary>Makes an invoice; where a payment account is connected, with its bill there.</summary>
    public async Task<InvoiceOutcome> AddAsync(Tenant tenant, NewInvoice said, string key, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        if (InvoiceWriting.Read(said, await TodayAsync(tenant, cancellationToken), problems) is not { } draft)
            return new InvoiceOutcome.Wrong(problems);
        var made = await invoicing.CreateAsync(tenant, draft, new EffectSource(key), cancellationToken);
        if (made.Has(out var invoice, out var problem)) return new InvoiceOutcome.Done(invoice.Id, invoice.Id);
        if (problem.Code == "contact_unknown") return new InvoiceOutcome.Wrong([new("contactId", "There is no contact with this id.")]);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = await db.Invoices.AsNoTracking().Of(tenant).Where(i => i.EffectKey == key).Select(i => (Guid?)i.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return kept is { } id
            ? new InvoiceOutcome.Done(id, id, problem.Message)
            : new InvoiceOutcome.Refused(problem.Code, problem.Message);
    }

    /// <summary>Has the bill made of an invoice whose payment provider did not take it.</summary>
    public async Task<InvoiceOutcome> BillAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Invoices.AsNoTracking().Of(tenant).FirstOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } row)
            return new InvoiceOutcome.Unknown();
        if (!row.AwaitsBill) return new InvoiceOutcome.Done(id, id);
        var source = new EffectSource(row.EffectKey ?? $"bill:{id:N}", row.RunId);
        return await bills.MakeAsync(tenant, id, source, cancellationToken) is { } problem
            ? new InvoiceOutcome.Refused(problem.Code, problem.Message)
            : new InvoiceOutcome.Done(id, id);
    }

    /// <summary>Changes when one is to be paid, and what it says to the client; null leaves either as it is.</summary>
    public async Task<InvoiceOutcome> ChangeAsync(
        Tenant tenant, Guid id, DateOnly? dueOn, string? note, CancellationToken cancellationToken)
    {
        var (problems, today) = (new List<FieldProblem>(), await TodayAsync(tenant, cancellationToken));
        var text = InvoiceWriting.Text("note", "The note", note ?? "", InvoiceWriting.LongestNote, problems, hasLines: true);
        if (problems.Count > 0) return new InvoiceOutcome.Wrong(problems);
        return await WriteAsync(tenant, id, (write, row) =>
        {
            var due = dueOn ?? row.DueOn;
            if (due != row.DueOn)
            {
                if (InvoiceRules.Closed(row.Status) is { } closed) return new InvoiceOutcome.Refused(closed.Code, closed.Message);
                if (row.BillId is not null) return WithProvider("Its due date stands on the bill that Stripe has. Change it there.");
                if (due < row.IssuedOn || due.DayNumber - today.DayNumber > InvoiceWriting.MostDays)
                    return Wrong("dueOn", "The due date has to be from the day of the invoice to a year from now.");
            }

            if (due == row.DueOn && (note is null || text == row.Note)) return Done(row);
            (row.DueOn, row.Note) = (due, note is null ? row.Note : text);
            if (row.Status == InvoiceStatus.Overdue && due >= today) row.Status = InvoiceStatus.Open;
            events.Raise(write, tenant, InvoiceEvents.Updated(write.Db, row));
            return Done(row);
        }, cancellationToken);
    }

    /// <summary>Takes one back, so that nobody has to pay it; one of which a part was paid is credited instead.</summary>
    public async Task<InvoiceOutcome> VoidAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        var marked = await invoicing.MarkAsync(tenant, id, InvoiceStatus.Void, null, cancellationToken);
        return marked.Has(out _, out var problem) ? new InvoiceOutcome.Done(id, id)
            : problem == InvoiceRules.Unknown ? new InvoiceOutcome.Unknown()
            : new InvoiceOutcome.Refused(problem.Code, problem.Message);
    }

    /// <summary>Notes money that came in beside the invoice's page, or was paid back.</summary>
    public async Task<InvoiceOutcome> PayAsync(Tenant tenant, Guid id, NewPayment said, string key, CancellationToken cancellationToken)
    {
        if (await invoicing.FindAsync(tenant, id, cancellationToken) is not { } known) return new InvoiceOutcome.Unknown();
        var (problems, now, zone) = (new List<FieldProblem>(), clock.GetUtcNow(), await ZoneAsync(tenant, cancellationToken));
        var today = now.DayOn(zone);
        var amount = said.Amount is { } given ? InvoiceWriting.Cents("amount", given, known.Currency, problems) : known.BalanceCents;
        if (amount == 0 && said.Amount is not null) problems.Add(new("amount", "The amount is missing."));
        if (NewPayment.Methods.All(m => m.Value != said.Method))
            problems.Add(new("method", $"How it was paid is one of {string.Join(", ", NewPayment.Methods.Select(m => m.Value))}."));
        if (said.PaidOn is { } day && (day > today || day < today.AddDays(-InvoiceWriting.MostDays)))
            problems.Add(new("paidOn", "The day has to be within the last year, today at the latest."));
        var note = InvoiceWriting.Text("note", "The note", said.Note, InvoiceWriting.LongestNote, problems);
        if (problems.Count > 0) return new InvoiceOutcome.Wrong(problems);
        // the payment provider takes the whole alone, and is told before: else the client could pay twice
        if (known is { IsBilled: true, IsUnpaid: true })
        {
            if (amount != known.BalanceCents) return WithProvider(
                "Its bill is with Stripe, which knows no part payments by hand. Note the whole of it, or what was paid in Stripe.");
            if (await bills.CloseAsync(tenant, id, InvoiceStatus.Paid, cancellationToken) is { } closed)
                return new InvoiceOutcome.Refused(closed.Code, closed.Message);
        }

        var (paymentId, at) = (ids.New(), said.PaidOn is { } on && on != today ? Noon(on, zone) : now);
        return await WriteAsync(tenant, id, (write, row) =>
        {
            if (write.Db.Payments.MadeBy(tenant, key) is { } earlier) return new InvoiceOutcome.Done(id, earlier.Id);
            if (Against(row, amount!.Value) is { } against) return against;
            var payment = InvoiceBooks.Payment(row, paymentId, said.Method, key, now, simulated: false);
            (payment.AmountCents, payment.PaidAt, payment.Note, payment.ByHand) = (amount.Value, at, note, true);
            books.Book(write, tenant, row, payment, null);
            if (amount < 0 || row.IsUnpaid) events.Raise(write, tenant, InvoiceEvents.Updated(write.Db, row));
            return new InvoiceOutcome.Done(id, paymentId);
        }, cancellationToken);
    }

    /// <summary>Takes back what was noted by mistake; the invoice is to be paid again.</summary>
    public async Task<InvoiceOutcome> RemovePaymentAsync(Tenant tenant, Guid paymentId, CancellationToken cancellationToken) =>
        await writer.WriteAsync<InvoiceOutcome>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Payments.Of(tenant).FirstOrDefault(p => p.Id == paymentId) is not { } payment) return new InvoiceOutcome.Unknown();
            var row = write.Db.Invoices.Of(tenant).First(i => i.Id == payment.InvoiceId);
            if (!payment.ByHand) return new InvoiceOutcome.Refused(
                "payment_by_client", "The client paid this on the page of the invoice. Write a credit note, and note what was paid back.");
            if (row.BillId is not null) return WithProvider("Stripe was told that it is paid, and does not take that back.");
            write.Db.Payments.Remove(payment);
            row.PaidCents -= payment.AmountCents;
            if (row.Status == InvoiceStatus.Paid && row.PaidCents + row.CreditedCents < row.TotalCents)
                (row.Status, row.PaidAt) = (InvoiceStatus.Open, null);
            // all of it was credited, and nothing was paid after all
            else if (row.Status == InvoiceStatus.Paid && row.PaidCents == 0) (row.Status, row.PaidAt) = (InvoiceStatus.Void, null);
            events.Raise(write, tenant, InvoiceEvents.Updated(write.Db, row));
            return Done(row);
        }, cancellationToken);

    /// <summary>Writes a credit note. What is left to pay becomes less; of a paid invoice something is to be paid back.</summary>
    public async Task<InvoiceOutcome> CreditAsync(
        Tenant tenant, Guid id, NewCreditNote said, string key, CancellationToken cancellationToken)
    {
        if (await invoicing.FindAsync(tenant, id, cancellationToken) is not { } known) return new InvoiceOutcome.Unknown();
        var problems = new List<FieldProblem>();
        var amount = said.Amount is { } given ? InvoiceWriting.Cents("amount", given, known.Currency, problems) : null;
        if (amount <= 0) problems.Add(new("amount", "The amount has to be above 0."));
        var reason = InvoiceWriting.Text("reason", "The reason", said.Reason, InvoiceWriting.LongestWhat, problems);
        if (reason.Length == 0) problems.Add(new("reason", "Say why: it stands on the credit note."));
        if (problems.Count > 0) return new InvoiceOutcome.Wrong(problems);
        if (known is { IsBilled: true, IsUnpaid: true })
            return WithProvider("Its bill is with Stripe, and is not paid. Take the invoice back and make another one.");
        var (noteId, now, zone) = (ids.New(), clock.GetUtcNow(), await ZoneAsync(tenant, cancellationToken));
        return await WriteAsync(tenant, id, (write, row) =>
        {
            var db = write.Db;
            if (db.CreditNotes.MadeBy(tenant, key) is { } earlier) return new InvoiceOutcome.Done(id, earlier.Id);
            if (row.Status == InvoiceStatus.Void) return new InvoiceOutcome.Refused("invoice_void", "The invoice was taken back already.");
            var left = row.TotalCents - row.CreditedCents;
            var cents = amount ?? left;
            if (cents > left || cents == 0) return Wrong("amount", left == 0 ? "All of the invoice was credited already."
                : $"At most {Money.Text(left, row.Currency)} is left to credit.");
            db.CreditNotes.Add(new CreditNoteRow
            {
                Id = noteId, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, EffectKey = key, CreatedAt = now,
                Sequence = InvoiceNumber.After(db.CreditNotes.Of(tenant).Max(c => (int?)c.Sequence)), InvoiceId = id, AmountCents = cents,
                TaxCents = InvoiceRules.TaxIn(row, cents), IssuedOn = now.DayOn(zone), Reason = reason,
            });
            row.CreditedCents += cents;
            if (row is { IsUnpaid: true, BalanceCents: <= 0, PaidCents: 0 })
            {
                row.Status = InvoiceStatus.Void;
                events.Raise(write, tenant, InvoiceEvents.Voided(db, row));
            }
            else if (row is { IsUnpaid: true, BalanceCents: <= 0 }) books.Settle(write, tenant, row, "credit_note", now, null);
            else events.Raise(write, tenant, InvoiceEvents.Updated(db, row));
            return new InvoiceOutcome.Done(id, noteId);
        }, cancellationToken);
    }

    /// <summary>Keeps the answer to a request with an Idempotency-Key, whose effect carries the same key.</summary>
    public Task KeepAsync(KeptAnswer answer, CancellationToken cancellationToken) =>
        writer.WriteAsync(answer.Tenant.WorkspaceId, write =>
        {
            write.Record(answer);
            return true;
        }, cancellationToken);

    // what stands against a payment of so much
    private static InvoiceOutcome? Against(InvoiceRow row, long cents)
    {
        if (cents < 0)
        {
            return -cents <= row.OverpaidCents ? null : Wrong("amount", row.OverpaidCents > 0
                ? $"At most {Money.Text(row.OverpaidCents, row.Currency)} is to be paid back."
                : "Nothing is to be paid back. Write a credit note first.");
        }

        if (InvoiceRules.Closed(row.Status) is { } closed) return new InvoiceOutcome.Refused(closed.Code, closed.Message);
        return cents <= row.BalanceCents ? null
            : Wrong("amount", $"Only {Money.Text(row.BalanceCents, row.Currency)} is still to be paid.");
    }

    private static InvoiceOutcome.Done Done(InvoiceRow row) => new(row.Id, row.Id);

    private static InvoiceOutcome.Wrong Wrong(string field, string message) => new([new FieldProblem(field, message)]);

    private static InvoiceOutcome.Refused WithProvider(string why) => new("invoice_with_provider", why);

    private static DateTimeOffset Noon(DateOnly day, DateTimeZone zone) =>
        zone.At(LocalDate.FromDateOnly(day), 12 * 60).ToDateTimeOffset();

    private Task<InvoiceOutcome> WriteAsync(
        Tenant tenant, Guid id, Func<StudioWrite, InvoiceRow, InvoiceOutcome> change, CancellationToken cancellationToken) =>
        writer.WriteAsync(tenant.WorkspaceId, write =>
            write.Db.Invoices.Of(tenant).FirstOrDefault(i => i.Id == id) is { } row
                ? change(write, row)
                : new InvoiceOutcome.Unknown(), cancellationToken);

    private async Task<DateTimeZone> ZoneAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
    }

    private async Task<DateOnly> TodayAsync(Tenant tenant, CancellationToken cancellationToken) =>
        clock.GetUtcNow().DayOn(await ZoneAsync(tenant, cancellationToken));
}
