using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Makes the next invoice of a series.</summary>
[Step("generate_recurring_invoice", "Recurring invoice", NodeGroup.Practice, "event_repeat", HasOutsideEffect = true,
    Does = "Makes the next invoice of a series whenever the workflow runs: the schedule of the workflow is that of the series. A client "
        + "gets one invoice of this step a period, however often the workflow runs in it; one of several series gets one for each. What "
        + "was taken back is not made again.",
    Example = """
        {"contact":"maria@example.com","period":"month","currency":"usd","due_in_days":14,
        "lines":[{"description":"Retainer","quantity":1,"unit_amount":450.00}]}
        """)]
public sealed class RecurringInvoiceNode(IInvoicing invoices, IContacts contacts)
    : NodeType<RecurringInvoiceSettings, RecurringInvoiceOutput>
{
    private const string NoLines = "Nothing says what is billed. Add a line with a description and a price: without one a run fails here.";

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) yield break;
        if (!Template.Contains(settings.Currency) && !Money.IsKnown(settings.Currency))
        {
            yield return SettingProblem.Wrong("currency", InvoiceRules.UnknownCurrency(settings.Currency).Message);
            yield break;
        }

        // an API may make the workflow before it knows what is billed
        if (settings.Lines.Count == 0)
            yield return new SettingProblem(WorkflowProblemCodes.MissingSetting, "lines", NoLines, ProblemSeverity.Warning);
        foreach (var (i, line) in settings.Lines.Index())
            if (Cents(line, settings.Currency, out var problem) is null)
                yield return SettingProblem.Wrong(JsonPlace.Property(JsonPlace.Item("lines", i), "unit_amount"), problem!);
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { } settings ? Card.Fit($"Each {Word(settings.Period)}, due in {SpokenTime.Days(settings.DueInDays)}") : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        RecurringInvoiceSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (settings.Lines.Count == 0) return new NodeOutcome.Failed("no_lines", NoLines);
        if (Check(input.Settings).FirstOrDefault() is { } wrong) return SettingsFailure.Of(wrong);
        if (!(await ClientAsync(settings, input, cancellationToken)).Has(out var client, out var nobody)) return nobody.AsFailure();
        // of the first call: a try after midnight is still for the period in which it was to be made
        var day = DateOnly.FromDateTime((input.Since ?? input.Now).On(input.Run.TimeZone).DateTime);
        var (key, period) = PeriodOf(settings.Period, day);
        var lines = settings.Lines.Select(l =>
            InvoiceLine.Of(l.Description, period, l.Quantity, Cents(l, settings.Currency, out _)!.Value, l.TaxPercent));
        var draft = new InvoiceDraft(
            client.Id, settings.Currency, [.. lines], settings.DueInDays, settings.PaymentMethodTypes, settings.Note);

        // the same for all runs of the workflow in the period
        var source = new EffectSource($"series:{input.Run.WorkflowId:N}:{input.NodeId}:{client.Id:N}:{key}{Mark(settings.Series)}",
            input.Run.RunId, input.Run.WorkflowId, input.NodeId)
        { CallKey = input.EffectKey };
        if (!(await invoices.CreateAsync(input.Run.Tenant, draft, source, cancellationToken)).Has(out var invoice, out var problem))
            return problem.AsFailure();
        var isVoid = invoice.Status == InvoiceStatus.Void;
        var isNew = invoice.CallKey == input.EffectKey && !isVoid;
        input.Log(isVoid ? NodeLogLevel.Warning : NodeLogLevel.Info,
            isVoid ? $"The invoice of {period} for {client.Name}, {invoice.Number}, was taken back, and the step makes no other one. Make "
                + "it by hand if the client is to pay after all."
            : isNew ? $"Invoice {invoice.Number} for {client.Name}, {period}: {invoice.Total}, due {invoice.DueOn.InFull()}"
            : $"{client.Name} has the invoice of {period} already: {invoice.Number}. No second one was made. Where a client has several, "
                + "tell them apart in the setting Series.");
        return Complete(new RecurringInvoiceOutput(invoice) { Created = isNew, Period = period });
    }

    private async Task<Answer<Contact>> ClientAsync(
        RecurringInvoiceSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (settings.Contact.Trim() is not { Length: > 0 } named) return await ClientOfRun.FindAsync(contacts, input, cancellationToken);
        var known = Guid.TryParse(named, out var id)
            ? await contacts.FindAsync(input.Run.Tenant, id, cancellationToken)
            : await contacts.FindByEmailAsync(input.Run.Tenant, named, cancellationToken);
        return known is not null ? known : new ConnectorProblem("contact_unknown",
            $"There is no contact {Quote.Value(JsonSerializer.SerializeToElement(named))}. Name the id or the e-mail address of one, or "
            + "leave it empty for the contact whom the run is about.");
    }

    /// <summary>The amount of one in the smallest unit; null, with the reason, where the currency has no such amount.</summary>
    private static long? Cents(RecurringLine line, string currency, out string? problem)
    {
        problem = null;
        if (!Money.IsKnown(currency)) return null;
        var cents = line.UnitAmount * Money.Units(currency);
        if (decimal.IsInteger(cents)) return (long)cents;
        var most = Money.Decimals(currency);
        problem = $"{line.UnitAmount.ToString(CultureInfo.InvariantCulture)} has more decimals than {currency.ToLowerInvariant()} has: "
            + $"at most {most}.";
        return null;
    }

    // keys are short, and what tells series apart need not be
    private static string Mark(string series) => series.Trim() is { Length: > 0 } told
        ? ":" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told)))[..32]
        : "";

    private static (string Key, string Words) PeriodOf(SeriesPeriod period, DateOnly day)
    {
        var (date, invariant) = (day.ToDateTime(TimeOnly.MinValue), CultureInfo.InvariantCulture);
        var (quarter, week) = ((day.Month + 2) / 3, ISOWeek.GetWeekOfYear(date));
        return period switch
        {
            SeriesPeriod.Week => ($"{ISOWeek.GetYear(date)}-W{week}", $"week {week} of {ISOWeek.GetYear(date)}"),
            SeriesPeriod.Month => (day.ToString("yyyy-MM", invariant), day.ToString("MMMM yyyy", invariant)),
            SeriesPeriod.Quarter => ($"{day.Year}-Q{quarter}", $"quarter {quarter} of {day.Year}"),
            _ => ($"{day.Year}", $"{day.Year}"),
        };
    }

    private static string Word(SeriesPeriod period) => period switch
    {
        SeriesPeriod.Week => "week",
        SeriesPeriod.Month => "month",
        SeriesPeriod.Quarter => "quarter",
        _ => "year",
    };
}

/// <summary>How often a series has an invoice.</summary>
public enum SeriesPeriod
{
    /// <summary>From Monday on.</summary>
    Week,

    /// <summary>Of the calendar.</summary>
    Month,

    /// <summary>Of the calendar year.</summary>
    Quarter,

    /// <summary>Of the calendar.</summary>
    Year,
}

/// <summary>The settings of <see cref="RecurringInvoiceNode"/>.</summary>
public sealed record RecurringInvoiceSettings
{
    /// <summary>Who pays.</summary>
    [Setting("Contact", Description = "The id or the e-mail address of a contact. Empty: the contact whom the run is about.", Max = 300)]
    public string Contact { get; init; } = "";

    /// <summary>How often.</summary>
    [Setting("One each", Description = "A client gets one invoice of this step a period. It stands on the lines of the invoice.",
        Choices = ["week=Week", "month=Month", "quarter=Quarter", "year=Year"])]
    public SeriesPeriod Period { get; init; } = SeriesPeriod.Month;

    /// <summary>What tells the series of a client apart.</summary>
    [Setting("Series", Description = "Tells the series apart where a client has several, such as the number of a contract: one invoice "
        + "each. In a for-each usually of the item. Empty: one series a client.", Max = 200, Advanced = true)]
    public string Series { get; init; } = "";

    /// <summary>What for.</summary>
    [Setting("Lines", Description = "What is billed each time; at least one.", Max = 50)]
    public IReadOnlyList<RecurringLine> Lines { get; init; } = [];

    /// <summary>The currency.</summary>
    [Setting("Currency", Description = "Three letters, for example usd.", Min = 3, Max = 3)]
    public string Currency { get; init; } = "usd";

    /// <summary>Days until it is due.</summary>
    [Setting("Due after", Description = "Days from the day on which it is made.", Unit = "days", Min = 0, Max = 365)]
    public int DueInDays { get; init; } = 14;

    /// <summary>A note for the client.</summary>
    [Setting("Note", Description = "Stands on the invoice.", Max = 1_000, Editor = FieldEditor.MultiLine)]
    public string Note { get; init; } = "";

    /// <summary>How the client can pay.</summary>
    [Setting("Pay with", Description = "The ways to pay that the invoice offers, the usual one first.", Min = 1, Max = 10, Advanced = true)]
    public IReadOnlyList<string> PaymentMethodTypes { get; init; } = ["card"];
}

/// <summary>A line of an invoice of a series.</summary>
public sealed record RecurringLine
{
    /// <summary>What it is.</summary>
    [Setting("Description", Min = 1, Max = 200)]
    public required string Description { get; init; }

    /// <summary>How many.</summary>
    [Setting("Quantity", Min = 1, Max = 10_000)]
    public int Quantity { get; init; } = 1;

    /// <summary>The price of one.</summary>
    [Setting("Price of one", Description = "In the currency's main unit: 49.50 is 49 dollars and 50 cents.", Min = 0, Max = 10_000_000)]
    public required decimal UnitAmount { get; init; }

    /// <summary>The tax on it.</summary>
    [Setting("Tax", Description = "On top of the price.", Unit = "%", Min = 0, Max = 100)]
    public decimal TaxPercent { get; init; }
}

/// <summary>The output of <see cref="RecurringInvoiceNode"/>.</summary>
public sealed record RecurringInvoiceOutput : InvoiceOutput
{
    /// <summary>That of an invoice, with its period.</summary>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public RecurringInvoiceOutput(Invoice invoice)
        : base(invoice) => Period = "";

    [Setting("Created", Description = "Whether this call of the step made it; otherwise the period had its invoice already, or it was "
        + "taken back.")]
    public required bool Created { get; init; }

    [Setting("Period", Description = "As people say it: November 2026.")]
    public required string Period { get; init; }
}
