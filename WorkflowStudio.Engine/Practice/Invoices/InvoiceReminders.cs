using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The day of the last reminder stands on the invoice, with the effect that reminded.</summary>
internal sealed class InvoiceReminders(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, TimeProvider clock, StudioAddress address) : IInvoiceReminders
{
    public async Task<IReadOnlyList<UnpaidInvoice>> ListAsync(
        Tenant tenant, ReminderWish wish, EffectSource source, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var today = clock.GetUtcNow().DayOn(await PracticeClock.ZoneOfAsync(db, tenant.WorkspaceId, cancellationToken));
        var last = today.AddDays(wish.DaysAhead);
        var unpaid = db.Invoices.AsNoTracking().Of(tenant)
            .Where(i => i.Status == InvoiceStatus.Open || i.Status == InvoiceStatus.Overdue);
        var wished = wish.Which switch
        {
            UnpaidKind.Overdue => unpaid.Where(i => i.DueOn < today),
            UnpaidKind.DueSoon => unpaid.Where(i => i.DueOn >= today && i.DueOn <= last),
            _ => unpaid,
        };
        // what is no value is told first by one database and last by the other
        var rows = await (
            from i in wished
            join c in db.Contacts on i.ContactId equals c.Id
            orderby i.ReminderKey == source.Key ? 0 : 1, (wish.BySms && c.Phone != null) || (wish.ByEmail && c.Email != null) ? 0 : 1,
                i.RemindedOn == null ? 0 : 1, i.RemindedOn, i.DueOn, i.Sequence
            select new { i, c }).Take(Math.Clamp(wish.Most, 1, PracticePages.MaxSize)).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new UnpaidInvoice(r.i.ToInvoice(address), r.c.ToContact()))];
    }

    public async Task<UnpaidInvoice?> FindAsync(Tenant tenant, Guid invoiceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await (
            from i in db.Invoices.AsNoTracking().Of(tenant)
            join c in db.Contacts on i.ContactId equals c.Id
            where i.Id == invoiceId
            select new { i, c }).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : new UnpaidInvoice(row.i.ToInvoice(address), row.c.ToContact());
    }

    public Task<Answer<Invoice>> BeginAsync(
        Tenant tenant, Guid invoiceId, int gapDays, EffectSource source, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return writer.WriteAsync<Answer<Invoice>>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Invoices.Of(tenant).FirstOrDefault(i => i.Id == invoiceId) is not { } row) return InvoiceRules.Unknown;
            if (InvoiceRules.Closed(row.Status) is { } closed) return closed;
            var today = now.DayOn(PracticeClock.ZoneOf(write.Db, tenant.WorkspaceId));
            if (row.ReminderKey == source.Key) return row.ToInvoice(address);
            if (InvoiceRules.RemindedLately(row.RemindedOn, today, gapDays) is { } lately) return lately;
            (row.RemindedBefore, row.RemindedOn, row.ReminderKey) = (row.RemindedOn, today, source.Key);
            return row.ToInvoice(address);
        }, cancellationToken);
    }

    public Task TakeBackAsync(Tenant tenant, Guid invoiceId, EffectSource source, CancellationToken cancellationToken) =>
        writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var row = write.Db.Invoices.Of(tenant).FirstOrDefault(i => i.Id == invoiceId && i.ReminderKey == source.Key);
            if (row is null) return false;
            (row.RemindedOn, row.RemindedBefore, row.ReminderKey) = (row.RemindedBefore, null, null);
            return true;
        }, cancellationToken);
}
