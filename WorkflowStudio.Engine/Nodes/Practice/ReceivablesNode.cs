using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Sums up what clients owe.</summary>
[Step("invoicing_ar_summary", "Receivables summary", NodeGroup.Practice, "summarize",
    Does = "Sums up what clients owe at this moment, by currency and by age: not yet due, and 0–30, 31–60, 61–90 and over 90 days after "
        + "the due date. An invoice that is due today is 0 days old. Names who owes most, and what was billed and paid in a period; "
        + "payments that were only acted out, for which no money moved, are told apart. An e-mail or a notification behind it brings the "
        + "summary.",
    Example = """{"date_range":"last_7_days"}""")]
public sealed class ReceivablesNode(IMoneyFigures figures) : NodeType<ReceivablesSettings, ReceivablesOutput>
{
    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => PeriodSetting.Check(config);

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        ReceivablesSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (PeriodSetting.Read(settings.DateRange, out var range) is { } wrong) return SettingsFailure.Of(wrong);
        var found = await figures.ReceivablesAsync(input.Run.Tenant, range, cancellationToken);
        var output = ReceivablesOutput.Of(found);
        input.Log(
            NodeLogLevel.Info, found.Currencies.All(c => c.Owed.Count == 0) ? "Nothing is to be paid." : $"To be paid: {Owed(found)}");
        return Complete(output);
    }

    private static string Owed(ReceivablesFigures found) =>
        InvoiceWords.All(found.Currencies.Where(c => c.Owed.Count > 0)
            .Select(c => $"{Money.Text(c.Owed.Cents, c.Currency)} on {InvoiceWords.Count(c.Owed.Count)}"));
}

/// <summary>The settings of <see cref="ReceivablesNode"/>.</summary>
public sealed record ReceivablesSettings
{
    /// <summary>The period.</summary>
    [Setting("Period", Description = "Of what was billed and paid; what is owed is always as of now. " + PeriodSetting.Hint
        + " Empty: this_month.")]
    public JsonElement DateRange { get; init; }
}

/// <summary>The output of <see cref="ReceivablesNode"/>.</summary>
public sealed record ReceivablesOutput
{
    [Setting("On", Description = "The day from which ages count: 2026-11-27.")]
    public required string On { get; init; }

    [Setting("Period", Description = "Of what was billed and paid.")]
    public required PeriodFacts Period { get; init; }

    [Setting("Currencies", Description = "By currency, in the order of their names.")]
    public required IReadOnlyList<CurrencyFacts> Currencies { get; init; }

    [Setting("And more", Description = "Whether there are more than 100,000 invoices or payments to add up: of what is to be paid, those "
        + "longest due are; else the newest.")]
    public required bool AndMore { get; init; }

    [Setting("Summary", Description = "For people, in a few lines.")]
    public required string Summary { get; init; }

    internal static ReceivablesOutput Of(ReceivablesFigures found) => new()
    {
        On = found.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Period = PeriodFacts.Of(found.Period),
        Currencies = [.. found.Currencies.Select(CurrencyFacts.Of)],
        AndMore = found.AndMore,
        Summary = ReceivablesWords.Of(found),
    };
}

/// <summary>What is owed in a currency.</summary>
public sealed record CurrencyFacts
{
    [Setting("Currency", Description = "Three letters in lower case.")]
    public required string Currency { get; init; }

    [Setting("Invoices", Description = "How many are to be paid.")]
    public required int Count { get; init; }

    [Setting("Total", Description = "As people read it: $180.00.")]
    public required string Total { get; init; }

    [Setting("Total in cents")]
    public required long TotalCents { get; init; }

    [Setting("Not yet due", Description = "In cents.")]
    public required long NotYetDueCents { get; init; }

    [Setting("0–30 days", Description = "In cents, by days after the due date.")]
    [System.Text.Json.Serialization.JsonPropertyName("days_0_30_cents")]
    public required long UpTo30Cents { get; init; }

    [Setting("31–60 days", Description = "In cents.")]
    [System.Text.Json.Serialization.JsonPropertyName("days_31_60_cents")]
    public required long UpTo60Cents { get; init; }

    [Setting("61–90 days", Description = "In cents.")]
    [System.Text.Json.Serialization.JsonPropertyName("days_61_90_cents")]
    public required long UpTo90Cents { get; init; }

    [Setting("Over 90 days", Description = "In cents.")]
    [System.Text.Json.Serialization.JsonPropertyName("days_over_90_cents")]
    public required long Over90Cents { get; init; }

    [Setting("Biggest debtors", Description = "At most five, the biggest first.")]
    public required IReadOnlyList<DebtorFacts> BiggestDebtors { get; init; }

    [Setting("Billed", Description = "Invoices made in the period, without those that were taken back.")]
    public required int BilledCount { get; init; }

    [Setting("Billed in cents")]
    public required long BilledCents { get; init; }

    [Setting("Paid", Description = "Invoices paid in the period, with money that moved.")]
    public required int PaidCount { get; init; }

    [Setting("Paid in cents")]
    public required long PaidCents { get; init; }

    [Setting("Acted out", Description = "Invoices whose payment in the period was only acted out: no money moved.")]
    public required int ActedOutCount { get; init; }

    [Setting("Acted out in cents")]
    public required long ActedOutCents { get; init; }

    internal static CurrencyFacts Of(CurrencyReceivables c) => new()
    {
        Currency = c.Currency,
        Count = c.Owed.Count,
        Total = Money.Text(c.Owed.Cents, c.Currency),
        TotalCents = c.Owed.Cents,
        NotYetDueCents = c.Ages.NotYetDue,
        UpTo30Cents = c.Ages.UpTo30,
        UpTo60Cents = c.Ages.UpTo60,
        UpTo90Cents = c.Ages.UpTo90,
        Over90Cents = c.Ages.Over90,
        BiggestDebtors =
        [
            .. c.Biggest.Select(d => new DebtorFacts
            { ContactId = d.ContactId, Name = d.Name, Count = d.Count, Total = Money.Text(d.Cents, c.Currency), TotalCents = d.Cents }),
        ],
        BilledCount = c.Billed.Count,
        BilledCents = c.Billed.Cents,
        PaidCount = c.Paid.Count,
        PaidCents = c.Paid.Cents,
        ActedOutCount = c.ActedOut.Count,
        ActedOutCents = c.ActedOut.Cents,
    };
}

/// <summary>Who owes.</summary>
public sealed record DebtorFacts
{
    [Setting("Contact", Description = "The client's id.")]
    public required Guid ContactId { get; init; }

    [Setting("Name")]
    public required string Name { get; init; }

    [Setting("Invoices", Description = "How many are to be paid.")]
    public required int Count { get; init; }

    [Setting("Total", Description = "As people read it: $180.00.")]
    public required string Total { get; init; }

    [Setting("Total in cents")]
    public required long TotalCents { get; init; }
}

/// <summary>Receivables as people read them.</summary>
internal static class ReceivablesWords
{
    /// <summary>The summary, a line for each fact.</summary>
    public static string Of(ReceivablesFigures found)
    {
        var lines = new List<string> { $"Receivables on {found.On.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}" };
        if (found.Currencies.All(c => c.Owed.Count == 0)) lines.Add("Nothing is to be paid.");
        foreach (var c in found.Currencies.Where(c => c.Owed.Count > 0)) lines.AddRange(["", .. Owed(c)]);
        lines.AddRange(["", $"Billed and paid, {found.Period.Words}:"]);
        lines.AddRange(found.Currencies.Where(Moved).Select(c =>
            $"- billed {Money.Text(c.Billed.Cents, c.Currency)} on {InvoiceWords.Count(c.Billed.Count)}, "
            + $"paid {Money.Text(c.Paid.Cents, c.Currency)} on {InvoiceWords.Count(c.Paid.Count)}"
            + (c.ActedOut.Count == 0 ? ""
                : $", acted out without money {Money.Text(c.ActedOut.Cents, c.Currency)} on {InvoiceWords.Count(c.ActedOut.Count)}")));
        if (!found.Currencies.Any(Moved)) lines.Add("- nothing was billed or paid");
        if (found.AndMore)
            lines.AddRange(["", $"There are more than {IMoneyFigures.MostSummed:N0}: of what is to be paid, those that are due longest are "
                + "added up, of what was billed and paid the newest."]);
        return string.Join('\n', lines);
    }

    private static bool Moved(CurrencyReceivables c) => c.Billed.Count + c.Paid.Count + c.ActedOut.Count > 0;

    private static IEnumerable<string> Owed(CurrencyReceivables c)
    {
        yield return $"{c.Currency.ToUpperInvariant()}: {Money.Text(c.Owed.Cents, c.Currency)} on {InvoiceWords.Count(c.Owed.Count)}";
        foreach (var (words, cents) in new[]
        {
            ("not yet due", c.Ages.NotYetDue), ("0–30 days", c.Ages.UpTo30), ("31–60 days", c.Ages.UpTo60), ("61–90 days", c.Ages.UpTo90),
            ("over 90 days", c.Ages.Over90),
        })
            yield return $"- {words}: {Money.Text(cents, c.Currency)}";
        yield return "Who owes most: " + string.Join("; ", c.Biggest.Select(d =>
            $"{d.Name}, {Money.Text(d.Cents, c.Currency)} on {InvoiceWords.Count(d.Count)}"));
    }
}
