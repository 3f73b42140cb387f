using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Payments;

/// <summary>
/// The account with a payment provider that a workspace has connected: it makes bills that clients really pay. Every call carries a key
/// under which it happens once, so that one whose answer was lost may be made again.
/// </summary>
public interface IPaymentAccount
{
    /// <summary>How long the provider surely knows a key again.</summary>
    static readonly TimeSpan KeysHold = TimeSpan.FromHours(23);

    /// <summary>Whether there is one; never in the test environment, where no money moves.</summary>
    Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a bill, with a page of the provider's on which it is paid. Problems: <c>payment_account</c> (settings or key are wrong),
    /// <c>payment_refused</c>, <c>payment_later</c> (another try helps, perhaps after the time it names), and those of
    /// <see cref="Http.IHttpCalls"/>.
    /// </summary>
    Task<Answer<ProviderBill>> BillAsync(Tenant tenant, BillToMake bill, EffectSource source, CancellationToken cancellationToken);

    /// <summary>
    /// The bill of an invoice that is to be paid or was; null when there is none. What was begun and never finished is taken away. For an
    /// invoice whose key the provider may not know any more; the same problems.
    /// </summary>
    Task<Answer<ProviderBill?>> FindAsync(Tenant tenant, Guid invoiceId, CancellationToken cancellationToken);

    /// <summary>Charges what the client has left there for later bills; the same problems. The value is how, in a word.</summary>
    Task<Answer<string>> ChargeAsync(Tenant tenant, string billId, EffectSource source, CancellationToken cancellationToken);

    /// <summary>Says that a bill was paid elsewhere, so that nobody pays it there, too; the same problems.</summary>
    Task<Answer<string>> SettleElsewhereAsync(Tenant tenant, string billId, EffectSource source, CancellationToken cancellationToken);

    /// <summary>Takes a bill back, so that nobody pays it; the same problems.</summary>
    Task<Answer<string>> TakeBackAsync(Tenant tenant, string billId, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>A bill to be made. Amounts are in the currency's smallest unit.</summary>
/// <param name="InvoiceId">The invoice of the practice: the provider keeps it and names it in what it tells.</param>
/// <param name="Number">Its number.</param>
/// <param name="Payer">Who pays.</param>
/// <param name="Currency">ISO 4217 in lower case.</param>
/// <param name="Lines">What for.</param>
/// <param name="DueAt">Until when; in the future.</param>
/// <param name="IssuedAt">When the invoice was made.</param>
public sealed record BillToMake(
    Guid InvoiceId, string Number, Payer Payer, string Currency, IReadOnlyList<BillLine> Lines, DateTimeOffset DueAt,
    DateTimeOffset IssuedAt)
{
    /// <summary>A note for the client; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>The account that the money is passed on to; empty for the one that is connected.</summary>
    public string Destination { get; init; } = "";
}

/// <summary>A line of a bill: the amount is that of the whole line.</summary>
public sealed record BillLine(string Text, long Amount);

/// <summary>Who pays.</summary>
/// <param name="Id">The contact.</param>
/// <param name="Name">Their name; may be empty.</param>
/// <param name="Email">Their e-mail address; null for none.</param>
/// <param name="Phone">Their number; null for none.</param>
/// <param name="CustomerId">What the provider calls them; null when it does not know them yet.</param>
public sealed record Payer(Guid Id, string Name, string? Email, string? Phone, string? CustomerId);

/// <summary>A bill that was made.</summary>
/// <param name="Id">What the provider calls it.</param>
/// <param name="CustomerId">What it calls who pays.</param>
/// <param name="Url">The page on which it is paid.</param>
public sealed record ProviderBill(string Id, string CustomerId, string Url);
