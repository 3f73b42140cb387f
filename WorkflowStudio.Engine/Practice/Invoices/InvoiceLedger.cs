using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
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
    PlatformEvents events) : IInvoicing
{
    private const int TokenBytes = 20;

    private static readonly ConnectorProblem Unknown = new("invoice_unknown", "There is no such invoice.");

    /// <summary>The secret in the address of a public page.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    public async Task<Answer<Invoice>> CreateAsync(
        Tenant tenant, InvoiceDraft draft, EffectSource source, CancellationToken cancellationToken)
    {
        if (InvoiceRules.Check(draft) is { } problem) return problem;
        var (id, now, token) = (ids.New(), clock.GetUtcNow(), NewToken());
        return await writer.WriteAsync<Answer<Invoice>>(tenant.WorkspaceId, write =>
        {
            var db = write.Db;
            if (db.Invoices.MadeBy(tenant, source.Key) is { } made) return Read(made);
            if (!db.Contacts.Of(tenant).Any(c => c.Id == draft.ContactId))
                return new ConnectorProblem("contact_unknown", "The contact to invoice does not exist any more.");

            var today = now.DayOn(PracticeClock.ZoneOf(db, tenant.WorkspaceId));
            var subtotal = draft.Lines.Sum(l => l.AmountCents);
            var row = new InvoiceRow
            {
                Id = id,
                WorkspaceId = tenant.WorkspaceId,
                Environment = tenant.Environment,
                EffectKey = source.Key,
                CreatedAt = now,
                Sequence = InvoiceNumber.After(db.Invoices.Of(tenant).Max(i => (int?)i.Sequence)),
                Status = InvoiceStatus.Open,
                Currency = draft.Currency.ToLowerInvariant(),
                SubtotalCents = subtotal,
                TotalCents = subtotal,
                IssuedAt = now,
                IssuedOn = today,
                DueOn = today.AddDays(draft.DueInDays),
                Token = token,
                PaymentMethods = string.Join(',', draft.PaymentMethods),
                Note = draft.Note,
                ContactId = draft.ContactId,
                RunId = source.RunId,
            };
            db.Invoices.Add(row);
            db.InvoiceLines.AddRange(draft.Lines.Select((line, i) => new InvoiceLineRow
            {
                InvoiceId = id, Position = i, What = line.What, Detail = line.Detail, Quantity = line.Quantity,
                AmountCents = line.AmountCents,
            }));
            events.Raise(write, tenant, InvoiceEvents.Created(db, row) with { RaisedBy = source.RunId });
            return Read(row);
        }, cancellationToken);
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
        return await writer.WriteAsync<Answer<Invoice>>(tenant.WorkspaceId, write =>
        {
            if (Row(write.Db, tenant, id) is not { } row) return Unknown;
            if (write.Db.Payments.MadeBy(tenant, source.Key) is { } earlier && earlier.InvoiceId == id) return Read(row);
            var capture = write.Db.Workspaces.Where(w => w.Id == tenant.WorkspaceId).Select(w => w.CaptureUntilConnected).FirstOrDefault();
            var simulates = InvoiceRules.SimulatesPayments(tenant.Environment, capture);
            if (InvoiceRules.CannotPay(row.Status, row.PaymentMethods, method, simulates) is { } problem) return problem;
            Settle(write, tenant, row, Payment(row, paymentId, method, source.Key, now, simulated: true), source.RunId);
            return Read(row);
        }, cancellationToken);
    }

    public async Task<Answer<Invoice>> MarkAsync(
        Tenant tenant, Guid id, InvoiceStatus status, Guid? runId, CancellationToken cancellationToken)
    {
        var (paymentId, now) = (ids.New(), clock.GetUtcNow());
        return await writer.WriteAsync<Answer<Invoice>>(tenant.WorkspaceId, write =>
        {
            if (Row(write.Db, tenant, id) is not { } row) return Unknown;
            if (row.Status == status) return Read(row);
            if (InvoiceRules.Closed(row.Status) is { } closed) return closed;
            if (status == InvoiceStatus.Paid)
                Settle(write, tenant, row, Payment(row, paymentId, "recorded", null, now, simulated: false), runId);
            else row.Status = status;
            if (status == InvoiceStatus.Overdue)
                events.Raise(write, tenant, InvoiceEvents.Overdue(write.Db, row) with { RaisedBy = runId });
            return Read(row);
        }, cancellationToken);
    }

    public Task<int> MarkOverdueAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var today = now.DayOn(PracticeClock.ZoneOf(write.Db, tenant.WorkspaceId));
            var late = write.Db.Invoices.Of(tenant).Where(i => i.Status == InvoiceStatus.Open && i.DueOn < today).ToList();
            foreach (var row in late)
            {
                row.Status = InvoiceStatus.Overdue;
                events.Raise(write, tenant, InvoiceEvents.Overdue(write.Db, row));
            }

            return late.Count;
        }, cancellationToken);
    }

    private static InvoiceRow? Row(StudioDbContext db, Tenant tenant, Guid id) => db.Invoices.Of(tenant).FirstOrDefault(i => i.Id == id);

    private static PaymentRow Payment(InvoiceRow invoice, Guid id, string method, string? effectKey, DateTimeOffset now, bool simulated) =>
        new()
        {
            Id = id,
            WorkspaceId = invoice.WorkspaceId,
            Environment = invoice.Environment,
            EffectKey = effectKey,
            CreatedAt = now,
            InvoiceId = invoice.Id,
            Method = method,
            AmountCents = invoice.TotalCents,
            Currency = invoice.Currency,
            Simulated = simulated,
        };

    private void Settle(StudioWrite write, Tenant tenant, InvoiceRow row, PaymentRow payment, Guid? runId)
    {
        write.Db.Payments.Add(payment);
        row.Status = InvoiceStatus.Paid;
        row.PaidAt = payment.CreatedAt;
        write.Signal(tenant, Invoice.PaidSignal(row.Id), JsonSerializer.SerializeToElement(new
        {
            invoice_id = row.Id, number = InvoiceNumber.Text(row.Sequence), total_cents = row.TotalCents, currency = row.Currency,
            method = payment.Method, paid_at = payment.CreatedAt,
        }));
        events.Raise(write, tenant, InvoiceEvents.Paid(write.Db, row) with { RaisedBy = runId });
    }

    private Invoice Read(InvoiceRow row) => new()
    {
        Id = row.Id,
        Number = InvoiceNumber.Text(row.Sequence),
        ContactId = row.ContactId,
        Status = row.Status,
        Currency = row.Currency,
        SubtotalCents = row.SubtotalCents,
        TaxCents = row.TaxCents,
        TotalCents = row.TotalCents,
        IssuedAt = row.IssuedAt,
        DueOn = row.DueOn,
        Url = address.Invoice(row.Token),
    };
}
