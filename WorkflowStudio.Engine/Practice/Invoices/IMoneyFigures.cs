using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>What clients owe and what they paid. Amounts are in the currencies' smallest units, exact.</summary>
public interface IMoneyFigures
{
    /// <summary>At most so many invoices or payments are added up.</summary>
    public const int MostSummed = 100_000;

    /// <summary>What is to be paid at this moment, and what was billed and paid in a period.</summary>
    Task<ReceivablesFigures> ReceivablesAsync(Tenant tenant, DateRange range, CancellationToken cancellationToken);

    /// <summary>What is to be paid at this moment, by age.</summary>
    Task<AgedDebts> AgesAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>What was paid in a period.</summary>
    Task<PaymentFigures> PaymentsAsync(Tenant tenant, DateRange range, CancellationToken cancellationToken);
}

/// <summary>What is to be paid.</summary>
/// <param name="On">The day in the practice's zone from which ages count.</param>
/// <param name="Period">The period of what was billed and paid.</param>
/// <param name="Currencies">By currency, sorted.</param>
/// <param name="AndMore">
/// Whether there may be more invoices or payments than were added up: of what is to be paid those longest due were, else the newest.
/// </param>
public sealed record ReceivablesFigures(DateOnly On, Period Period, IReadOnlyList<CurrencyReceivables> Currencies, bool AndMore);

/// <summary>What is to be paid, by age.</summary>
/// <param name="On">The day in the practice's zone from which ages count.</param>
/// <param name="Currencies">By currency, sorted.</param>
/// <param name="AndMore">
/// Whether there may be more than the <see cref="IMoneyFigures.MostSummed"/> longest due, which were added up.
/// </param>
public sealed record AgedDebts(DateOnly On, IReadOnlyList<CurrencyDebts> Currencies, bool AndMore);

/// <summary>The unpaid invoices of one currency, and the same by age.</summary>
public sealed record CurrencyDebts(string Currency, MoneyCount Owed, DebtAges Ages);

/// <summary>What is to be paid in one currency.</summary>
/// <param name="Currency">ISO 4217 in lower case.</param>
/// <param name="Owed">The unpaid invoices.</param>
/// <param name="Ages">The same by age.</param>
/// <param name="Biggest">Who owes most, at most five, the most first.</param>
/// <param name="Billed">Invoices made in the period, without those that were taken back.</param>
/// <param name="Paid">Invoices paid in the period, with money that moved.</param>
/// <param name="ActedOut">Invoices whose payment in the period was only acted out.</param>
public sealed record CurrencyReceivables(string Currency, MoneyCount Owed, DebtAges Ages, IReadOnlyList<Debtor> Biggest,
    MoneyCount Billed, MoneyCount Paid, MoneyCount ActedOut);

/// <summary>How many, and what they come to.</summary>
public sealed record MoneyCount(int Count, long Cents)
{
    /// <summary>None.</summary>
    public static MoneyCount None { get; } = new(0, 0);
}

/// <summary>Debts by days after the due date; what is due today is 0 days old.</summary>
public sealed record DebtAges(long NotYetDue, long UpTo30, long UpTo60, long UpTo90, long Over90);

/// <summary>Who owes.</summary>
public sealed record Debtor(Guid ContactId, string Name, int Count, long Cents);

/// <summary>What was paid.</summary>
/// <param name="Period">When.</param>
/// <param name="Sums">By currency, way to pay and whether money moved.</param>
/// <param name="AndMore">Whether there are more payments than were added up; the newest were.</param>
public sealed record PaymentFigures(Period Period, IReadOnlyList<PaymentSum> Sums, bool AndMore);

/// <summary>Payments of one kind.</summary>
/// <param name="Currency">ISO 4217 in lower case.</param>
/// <param name="Method"><c>card</c>, <c>usdc</c> …, or <c>recorded</c> when the practice noted it by hand.</param>
/// <param name="Simulated">Whether it was only acted out: no money moved.</param>
/// <param name="Count">How many.</param>
/// <param name="Cents">What they come to.</param>
public sealed record PaymentSum(string Currency, string Method, bool Simulated, int Count, long Cents);
