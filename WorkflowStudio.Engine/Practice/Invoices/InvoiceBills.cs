using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>
/// The bills of invoices with the payment account of a workspace. An invoice is kept first and billed then: until its bill is made it is
/// void, so that nobody reminds of what no client has. What the account tells of a bill settles its invoice.
/// </summary>
internal sealed class InvoiceBills(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events,
    InvoiceBooks books, IPaymentAccount? account = null)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromHours(1);

    /// <summary>Whether invoices are billed by an account.</summary>
    public async Task<bool> AreMadeAsync(Tenant tenant, CancellationToken cancellationToken) =>
        account is not null && await account.IsConnectedAsync(tenant, cancellationToken);

    /// <summary>Has the bill of an invoice made; null when it is, or why it is not.</summary>
    public async Task<ConnectorProblem?> MakeAsync(Tenant tenant, Guid id, EffectSource source, CancellationToken cancellationToken)
    {
        if (account is null || await BillAsync(tenant, id, cancellationToken) is not { } bill) return InvoiceRules.Unknown;
        if (!(await BillOnceAsync(account, tenant, bill, source, cancellationToken)).Has(out var made, out var problem)) return problem;
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var row = write.Db.Invoices.Of(tenant).First(i => i.Id == id);
            if (write.Db.Contacts.Of(tenant).FirstOrDefault(c => c.Id == row.ContactId) is { } contact)
                contact.CustomerId = made.CustomerId;
            (row.BillId, row.BillUrl) = (made.Id, made.Url);
            if (row.AwaitsBill) Begin(write, tenant, row, source.RunId);
            return true;
        }, cancellationToken);
        return null;
    }

    // a key that the account may have forgotten would make a second bill: then it is asked for the first
    private async Task<Answer<ProviderBill>> BillOnceAsync(
        IPaymentAccount with, Tenant tenant, BillToMake bill, EffectSource source, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var age = now - bill.IssuedAt;
        if (age <= IPaymentAccount.KeysHold) return await with.BillAsync(tenant, bill, source, cancellationToken);
        if (!(await with.FindAsync(tenant, bill.InvoiceId, cancellationToken)).Has(out var found, out var problem)) return problem;
        if (found is not null) return found;
        var later = bill with { DueAt = bill.DueAt > now + Soonest ? bill.DueAt : now + Soonest };
        return await with.BillAsync(tenant, later, source with { Key = $"{source.Key}:{(int)age.TotalDays}" }, cancellationToken);
    }

    /// <summary>Charges the client for a bill; the value is how, or null where the invoice has no bill that could be charged.</summary>
    public async Task<Answer<string?>> ChargeAsync(Tenant tenant, Guid id, EffectSource source, CancellationToken cancellationToken)
    {
        if (account is null || await OpenBillAsync(tenant, id, cancellationToken) is not { } bill) return (string?)null;
        return (await account.ChargeAsync(tenant, bill, source, cancellationToken)).Has(out var how, out var problem)
            ? new Answer<string?>(how, null)
            : problem;
    }

    /// <summary>Closes the bill of an invoice that is to be paid elsewhere or void; null when nothing is in the way.</summary>
    public async Task<ConnectorProblem?> CloseAsync(Tenant tenant, Guid id, InvoiceStatus status, CancellationToken cancellationToken)
    {
        if (account is null || status is not (InvoiceStatus.Paid or InvoiceStatus.Void)
            || await OpenBillAsync(tenant, id, cancellationToken) is not { } bill) return null;
        var source = new EffectSource($"bill:{id:N}");
        return status == InvoiceStatus.Paid
            ? (await account.SettleElsewhereAsync(tenant, bill, source, cancellationToken)).Problem
            : (await account.TakeBackAsync(tenant, bill, source, cancellationToken)).Problem;
    }

    /// <summary>
    /// Takes what the account tells of a bill: it was paid, or taken back. What is told twice, or of a bill that is none of the
    /// workspace's, changes nothing. <paramref name="invoiceId"/> is the invoice that the bill names: it may be told before its id is
    /// stored.
    /// </summary>
    public Task TakeAsync(Tenant tenant, string billId, Guid? invoiceId, bool isPaid, CancellationToken cancellationToken)
    {
        var (paymentId, now) = (ids.New(), clock.GetUtcNow());
        return writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var row = write.Db.Invoices.Of(tenant).FirstOrDefault(i => i.BillId == billId)
                ?? write.Db.Invoices.Of(tenant).FirstOrDefault(i => i.Id == invoiceId && i.AwaitsBill && i.BillId == null);
            if (row is null) return false;
            if (row.AwaitsBill)
            {
                row.BillId = billId;
                Begin(write, tenant, row, row.RunId);
            }

            if (!row.IsUnpaid) return false;
            if (isPaid)
            {
                var method = row.PaymentMethods.Split(',')[0];
                books.Book(write, tenant, row, InvoiceBooks.Payment(row, paymentId, method, $"bill:{billId}", now, false), null);
            }
            else
            {
                row.Status = InvoiceStatus.Void;
                events.Raise(write, tenant, InvoiceEvents.Voided(write.Db, row));
            }

            return true;
        }, cancellationToken);
    }

    // from now on it is to be paid
    private void Begin(StudioWrite write, Tenant tenant, InvoiceRow row, Guid? runId)
    {
        (row.AwaitsBill, row.Status) = (false, InvoiceStatus.Open);
        events.Raise(write, tenant, InvoiceEvents.Created(write.Db, row) with { RaisedBy = runId });
    }

    private async Task<string?> OpenBillAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Invoices.AsNoTracking().Of(tenant)
            .Where(i => i.Id == id && (i.Status == InvoiceStatus.Open || i.Status == InvoiceStatus.Overdue))
            .Select(i => i.BillId).FirstOrDefaultAsync(cancellationToken);
    }

    // made of what is stored alone: a repeated call says the same, or the account would not know it again
    private async Task<BillToMake?> BillAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Invoices.AsNoTracking().Of(tenant).FirstOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } row) return null;
        var contact = await db.Contacts.AsNoTracking().FirstAsync(c => c.Id == row.ContactId, cancellationToken);
        var lines = await db.InvoiceLines.AsNoTracking().Where(l => l.InvoiceId == id).OrderBy(l => l.Position)
            .Select(l => l.ToLine()).ToListAsync(cancellationToken);
        var zone = await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken);
        var nextDay = LocalDate.FromDateOnly(row.DueOn).PlusDays(1);
        var endOfDay = nextDay.AtStartOfDayInZone(zone).ToDateTimeOffset().AddSeconds(-1);
        return new BillToMake(
            row.Id, InvoiceNumber.Text(row.Sequence),
            new Payer(contact.Id, contact.ToContact().Name, contact.Email, contact.Phone, contact.CustomerId), row.Currency,
            [.. lines.Select(Line), .. InvoiceTax.Of(lines).Select(Line)],
            endOfDay > row.IssuedAt + Soonest ? endOfDay : row.IssuedAt + Soonest, row.IssuedAt)
        { Note = row.Note, Destination = row.Destination };
    }

    private static BillLine Line(InvoiceTax tax) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Tax {tax.Percent:0.###} %"), tax.TaxCents);

    private static BillLine Line(InvoiceLine line)
    {
        var what = line.Detail.Length > 0 ? $"{line.What}, {line.Detail}" : line.What;
        return new BillLine(line.Quantity == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"{line.Quantity:0.###} × {what}"),
            line.AmountCents);
    }
}
