using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>Which invoices clients are reminded of, and how often.</summary>
public interface IInvoiceReminders
{
    /// <summary>The code of the problem that the client was reminded too short a time ago.</summary>
    public const string RemindedLately = "reminded_lately";

    /// <summary>
    /// The invoices to remind of: first those of which this effect has reminded before, then those of which nobody was reminded, then those
    /// whose reminder is the longest ago; among equals the longest due. Those whose client can be reached in no wished way come last: they
    /// would else be the first of every call.
    /// </summary>
    Task<IReadOnlyList<UnpaidInvoice>> ListAsync(
        Tenant tenant, ReminderWish wish, EffectSource source, CancellationToken cancellationToken);

    /// <summary>One invoice, paid or not, and who is to pay it; null when there is none.</summary>
    Task<UnpaidInvoice?> FindAsync(Tenant tenant, Guid invoiceId, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that the client is reminded now, so that nobody else reminds within the gap; the same effect may do so again. Problems:
    /// <c>invoice_unknown</c>, <c>invoice_paid</c>, <c>invoice_void</c>, <c>reminded_lately</c>.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="invoiceId">The invoice.</param>
    /// <param name="gapDays">Days in the practice's zone that have to lie between two reminders; 0 for none.</param>
    /// <param name="source">The effect, the same for all invoices of a call.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<Answer<Invoice>> BeginAsync(
        Tenant tenant, Guid invoiceId, int gapDays, EffectSource source, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the note of <see cref="BeginAsync"/> back, however often it was called: nobody was written to, so the reminder before counts
    /// again.
    /// </summary>
    Task TakeBackAsync(Tenant tenant, Guid invoiceId, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>Which invoices to remind of.</summary>
/// <param name="Which">By their day.</param>
/// <param name="DaysAhead">Of those that are due soon: within how many days.</param>
/// <param name="Most">How many, at most 200.</param>
/// <param name="BySms">Whether a client with a phone number can be reached.</param>
/// <param name="ByEmail">Whether a client with an e-mail address can be.</param>
public sealed record ReminderWish(UnpaidKind Which, int DaysAhead, int Most, bool BySms = true, bool ByEmail = true);

/// <summary>Unpaid invoices by their day.</summary>
public enum UnpaidKind
{
    /// <summary>They were due before today in the practice's zone, whether they are marked so or not.</summary>
    Overdue,

    /// <summary>They are due today or in the days that follow.</summary>
    DueSoon,

    /// <summary>All that are not paid.</summary>
    All,
}
