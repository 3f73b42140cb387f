using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The practice's own ledger: invoices with a public page, payments that move no money.</summary>
internal sealed class InvoiceLedger(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, StudioAddress address,
    PlatformEvents events, InvoiceBills bills, InvoiceBooks books) : IInvoicing
{
    /// <summary>How many invoices one piece of writing marks.</summary>
    private const int AtOnce = 200;

    public async Task<Answer<Invoice>> CreateAsync(
        Tenant tenant, InvoiceDraft draft, EffectSource source, CancellationToken cancellationToken)
    {
        if (InvoiceRules.Check(draft) is { } problem) return problem;
        var (id, now, token) = (ids.New(), clock.GetUtcNow(), LinkToken.New());
        var isBilled = await bills.AreMadeAsync(tenant, cancellationToken);
        var answer = await writer.WriteAsync<Answer<InvoiceRow>>(tenant.WorkspaceId, write =>
        {
            var db = write.Db;
            if (db.Invoices.MadeBy(tenant, source.Key) is { } made) return made;
            if (!db.Contacts.Of(tenant).Any(c => c.Id == draft.ContactId))
                return new ConnectorProblem("contact_unknown", "The contact to invoice does not exist any more.");

            var today = now.DayOn(PracticeClock.ZoneOf(db, tenant.WorkspaceId));
            var (subtotal, tax) = (draft.Lines.Sum(l => l.AmountCents), InvoiceTax.Of(draft.Lines).Sum(t => t.TaxCents));
            var row = new InvoiceRow
            {
                Id = id,
                WorkspaceId = tenant.WorkspaceId,
                Environment = tenant.Environment,
                EffectKey = source.Key,
                CreatedAt = now,
                Sequence = InvoiceNumber.After(db.Invoices.Of(tenant).Max(i => (int?)i.Sequence)),
                Status = isBilled ? InvoiceStatus.Void : InvoiceStatus.Open,
                AwaitsBill = isBilled,
                Destination = draft.Destination,
                Currency = draft.Currency.ToLowerInvariant(),
                SubtotalCents = subtotal,
                TaxCents = tax,
                TotalCents = subtotal + tax,
                IssuedAt = now,
                IssuedOn = today,
                DueOn = today.AddDays(draft.DueInDays),
                Token = token,
                PaymentMethods = string.Join(',', draft.PaymentMethods),
                Note = draft.Note,
                ContactId = draft.ContactId,
                RunId = source.RunId,
                CallKey = source.CallKey,
            };
            db.Invoices.Add(row);
            db.InvoiceLines.AddRange(draft.Lines.Select((line, i) => InvoiceLineRow.Of(id, i, line)));
            if (!isBilled) events.Raise(write, tenant, InvoiceEvents.Created(db, row) with { RaisedBy = source.RunId });
            return row;
        }, cancellationToken);
        if (!answer.Has(out var stored, out var refused)) return refused;
        if (stored.AwaitsBill && await bills.MakeAsync(tenant, stored.Id, source, cancellationToken) is { } unbilled) return unbilled;
        return stored.AwaitsBill && await FindAsync(tenant, stored.Id, cancellationToken) is { } billed ? billed : Read(stored);
    }

    public async Task<Invoice?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Invoices.AsNoTracking().Of(tenant).FirstOrDefaultAsync(i => i.Id == id, cancellationToken);
        return row is null ? null : Read(row);
    }

    public async Task<Answer<Invoice>> PayAsync(
        Tenant tenant, Guid id, string method, EffectSource source, CancellationToken cancellationToken)
    {
        var (paymentId, now) = (ids.New(), clock.GetUtcNow());
        if (!(await bills.ChargeAsync(tenant, id, source, cancellationToken)).Has(out var charged, out var refused)) return refused;
        var isConnected = charged is null && await bills.AreMadeAsync(tenant, cancellationToken);
        return await writer.WriteAsync<Answer<Invoice>>(tenant.WorkspaceId, write =>
        {
            if (Row(write.Db, tenant, id) is not { } row) return InvoiceRules.Unknown;
            if (write.Db.Payments.MadeBy(tenant, source.Key) is { } earlier && earlier.InvoiceId == id) return Read(row);
            if (charged is not null)
            {
                // its post may have been here first
                var payment = InvoiceBooks.Payment(row, paymentId, charged, source.Key, now, simulated: false);
                if (row.IsUnpaid) books.Book(write, tenant, row, payment, source.RunId);
                return Read(row);
            }

            var capture = write.Db.Workspaces.Where(w => w.Id == tenant.WorkspaceId).Select(w => w.CaptureUntilConnected).FirstOrDefault();
            var simulates = InvoiceRules.SimulatesPayments(tenant.Environment, capture && !isConnected);
            if (InvoiceRules.CannotPay(row.Status, row.PaymentMethods, method, simulates) is { } problem) return problem;
            books.Book(write, tenant, row, InvoiceBooks.Payment(row, paymentId, method, source.Key, now, simulated: true), source.RunId);
            return Read(row);
        }, cancellationToken);
    }

    public async Task<Answer<Invoice>> MarkAsync(
        Tenant tenant, Guid id, InvoiceStatus status, Guid? runId, CancellationToken cancellationToken)
    {
        var (paymentId, now) = (ids.New(), clock.GetUtcNow());
        if (await bills.CloseAsync(tenant, id, status, cancellationToken) is { } refused) return refused;
        return await writer.WriteAsync<Answer<Invoice>>(tenant.WorkspaceId, write =>
        {
            if (Row(write.Db, tenant, id) is not { } row) return InvoiceRules.Unknown;
            if (row.Status == status) return Read(row);
            if (status == InvoiceStatus.Void && row.PaidCents > 0) return InvoiceRules.IsPaidFor;
            if (InvoiceRules.Closed(row.Status) is { } closed) return closed;
            if (status == InvoiceStatus.Paid)
                books.Book(write, tenant, row, InvoiceBooks.Recorded(row, paymentId, now), runId);
            else row.Status = status;
            if (status == InvoiceStatus.Overdue)
                events.Raise(write, tenant, InvoiceEvents.Overdue(write.Db, row) with { RaisedBy = runId });
            if (status == InvoiceStatus.Void)
                events.Raise(write, tenant, InvoiceEvents.Voided(write.Db, row) with { RaisedBy = runId });
            return Read(row);
        }, cancellationToken);
    }

    public Task NoteBillAsync(Tenant tenant, string billId, Guid? invoiceId, bool isPaid, CancellationToken cancellationToken) =>
        bills.TakeAsync(tenant, billId, invoiceId, isPaid, cancellationToken);

    public async Task<IReadOnlyList<UnpaidInvoice>> MarkOverdueAsync(
        Tenant tenant, EffectSource? source, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var marked = await MarkedBeforeAsync(tenant, source?.Key, cancellationToken);
        int some;
        do
        {
            var late = await writer.WriteAsync(tenant.WorkspaceId, write => MarkSome(write, tenant, source, now), cancellationToken);
            marked.AddRange(late);
            some = late.Count;
        }
        while (some == AtOnce);
        return marked;
    }

    // a call that is repeated tells of what the one before has done
    private async Task<List<UnpaidInvoice>> MarkedBeforeAsync(Tenant tenant, string? effectKey, CancellationToken cancellationToken)
    {
        if (effectKey is null) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await WithContacts(
                db, db.Invoices.AsNoTracking().Of(tenant).Where(i => i.Status == InvoiceStatus.Overdue && i.OverdueKey == effectKey))
            .ToListAsync(cancellationToken));
    }

    private List<UnpaidInvoice> MarkSome(StudioWrite write, Tenant tenant, EffectSource? source, DateTimeOffset now)
    {
        var today = now.DayOn(PracticeClock.ZoneOf(write.Db, tenant.WorkspaceId));
        var open = write.Db.Invoices.Of(tenant).Where(i => i.Status == InvoiceStatus.Open && i.DueOn < today);
        var late = WithContacts(write.Db, open).Take(AtOnce).ToList();
        foreach (var (row, _) in late)
        {
            (row.Status, row.OverdueKey) = (InvoiceStatus.Overdue, source?.Key);
            events.Raise(write, tenant, InvoiceEvents.Overdue(write.Db, row) with { RaisedBy = source?.RunId });
        }

        return Read(late);
    }

    private List<UnpaidInvoice> Read(List<InvoiceWithContact> rows) =>
        [.. rows.Select(r => new UnpaidInvoice(Read(r.Invoice), r.Contact.ToContact()))];

    private static IQueryable<InvoiceWithContact> WithContacts(StudioDbContext db, IQueryable<InvoiceRow> invoices) =>
        from i in invoices
        join c in db.Contacts on i.ContactId equals c.Id
        orderby i.DueOn, i.Sequence
        select new InvoiceWithContact(i, c);

    private static InvoiceRow? Row(StudioDbContext db, Tenant tenant, Guid id) => db.Invoices.Of(tenant).FirstOrDefault(i => i.Id == id);

    private Invoice Read(InvoiceRow row) => row.ToInvoice(address);

    private sealed record InvoiceWithContact(InvoiceRow Invoice, ContactRow Contact);
}
