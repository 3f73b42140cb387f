using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Makes an invoice with a page on which the client can pay it.</summary>
[Step("stripe_invoice_generation", "Invoice", NodeGroup.Practice, "credit_card", HasOutsideEffect = true,
    Does = "Makes an invoice for the appointment, with a page on which the client can pay it.",
    Example = """{"currency":"usd","payment_method_types":["card"],"charge_on_creation":false,"due_date_offset_days":3}""")]
public sealed class InvoiceNode(IInvoicing invoices, IContacts contacts, ICalendar calendar) : NodeType<InvoiceSettings, InvoiceOutput>
{
    private const int MaxNote = 1_000;

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) switch
    {
        null => null,
        { ChargeOnCreation: true } => "Charged at once",
        { DueDateOffsetDays: 0 } => "Due at once",
        var settings => $"Due in {SpokenTime.Days(settings.DueDateOffsetDays)}",
    };

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        InvoiceSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!(await ClientOfRun.FindAsync(contacts, input, cancellationToken)).Has(out var client, out var nobody))
            return nobody.AsFailure();
        if (!(await LineAsync(input, cancellationToken)).Has(out var line, out var noAmount)) return noAmount.AsFailure();

        var draft = new InvoiceDraft(
            client.Id, settings.Currency, [line with { TaxPercent = settings.TaxPercent }], settings.DueDateOffsetDays,
            settings.PaymentMethodTypes, Note(input))
        { Destination = settings.StripeAccountDestination.Trim() };
        if (!(await invoices.CreateAsync(input.Run.Tenant, draft, input.Source(), cancellationToken)).Has(out var invoice, out var problem))
            return problem.AsFailure();
        if (draft.Destination.Length > 0 && !invoice.IsBilled)
            input.Log(NodeLogLevel.Info,
                $"The Stripe account {draft.Destination} is not connected, so the practice's own ledger is used.");
        input.Log(NodeLogLevel.Info, $"Invoice {invoice.Number}, {invoice.Total}, due {invoice.DueOn.InFull()}");
        if (settings.ChargeOnCreation) invoice = await ChargeAsync(settings, input, invoice, cancellationToken);
        return Complete(new InvoiceOutput(invoice));
    }

    private async Task<Invoice> ChargeAsync(InvoiceSettings settings, NodeInput input, Invoice invoice, CancellationToken cancellationToken)
    {
        if (!invoice.IsUnpaid) return invoice;
        var answer = await invoices.PayAsync(
            input.Run.Tenant, invoice.Id, settings.PaymentMethodTypes[0], input.Source(":charge"), cancellationToken);
        if (answer.Has(out var paid, out var problem))
        {
            input.Log(NodeLogLevel.Info, paid.IsBilled
                ? $"Charged {paid.Total} at once."
                : $"Charged {paid.Total} at once; no money moved, because no payment account is connected.");
            return paid;
        }

        input.Log(NodeLogLevel.Warning, $"The invoice could not be charged at once and stays open. {problem.Message}");
        return invoice;
    }

    /// <summary>
    /// The line: the booked appointment, else the amount that the payload names, else the price of the practice's first appointment type.
    /// </summary>
    private async Task<Answer<InvoiceLine>> LineAsync(NodeInput input, CancellationToken cancellationToken)
    {
        if (input.Whole("price_cents") is { } price and > 0)
        {
            var with = input.Text("with") is { Length: > 0 } name ? $" with {name}" : "";
            return new InvoiceLine(
                input.Text("appointment_type") ?? "Appointment", input.Text("when") is { } when ? when + with : "", 1, price);
        }

        if (AmountInPayload(input.Payload) is { } given)
        {
            return given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var cents) && cents is > 0 and <= Invoice.MaxCents
                ? new InvoiceLine("Services", "", 1, cents)
                : new ConnectorProblem("invoice_amount",
                    $"invoice_parameters.subtotal_cents is {Shown(given)}. Send a whole number of cents from 1 to {Invoice.MaxCents}.");
        }

        if ((await calendar.TypesAsync(input.Run.Tenant, cancellationToken)) is [{ PriceCents: > 0 } first, ..])
        {
            input.Log(NodeLogLevel.Info, $"Nothing names an amount, so the price of “{first.Name}” is taken.");
            return new InvoiceLine(first.Name, "", 1, first.PriceCents);
        }

        return new ConnectorProblem("no_amount",
            "Nothing names an amount: no appointment with a price was booked before. Put a booking step before this one, or send "
            + "invoice_parameters.subtotal_cents.");
    }

    private static JsonElement? AmountInPayload(JsonElement payload) =>
        Parameter(payload, "subtotal_cents") is { ValueKind: not JsonValueKind.Null } amount ? amount : null;

    private static string Note(NodeInput input) =>
        Parameter(input.Payload, "notes") is { ValueKind: JsonValueKind.String } notes && notes.GetString() is { } text
            ? ShownText.Begin(text, MaxNote)
            : "";

    private static JsonElement? Parameter(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("invoice_parameters", out var parameters)
        && parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value)
            ? value
            : null;

    private static string Shown(JsonElement value) => ShownText.Cut(value.GetRawText(), 40);
}

/// <summary>The settings of <see cref="InvoiceNode"/>.</summary>
public sealed record InvoiceSettings
{
    /// <summary>The Stripe account that takes the money.</summary>
    [Setting("Stripe account", Description = "The connected account (acct_…) that the money is passed on to; empty for the practice's "
        + "own. Without a Stripe connection the practice's own ledger makes the invoice.", Max = 100,
        Advanced = true)]
    public string StripeAccountDestination { get; init; } = "";

    /// <summary>The currency.</summary>
    [Setting("Currency", Description = "Three letters, for example usd.", Min = 3, Max = 3)]
    public string Currency { get; init; } = "usd";

    /// <summary>The tax on it.</summary>
    [Setting("Tax", Description = "On top of the price.", Unit = "%", Min = 0, Max = 100, Advanced = true)]
    public decimal TaxPercent { get; init; }

    /// <summary>How the client can pay.</summary>
    [Setting("Pay with", Description = "The ways to pay that the invoice offers, the usual one first.", Min = 1, Max = 10)]
    public IReadOnlyList<string> PaymentMethodTypes { get; init; } = ["card"];

    /// <summary>Whether to charge at once.</summary>
    [Setting("Charge at once", Description = "Charges the first way to pay as soon as the invoice is made.")]
    public bool ChargeOnCreation { get; init; }

    /// <summary>Days until it is due.</summary>
    [Setting("Due after", Description = "Days from the day on which it is made.", Unit = "days", Min = 0, Max = 365)]
    public int DueDateOffsetDays { get; init; } = 14;
}

/// <summary>What a step that has made an invoice tells later ones.</summary>
public record InvoiceOutput
{
    /// <summary>That of an invoice.</summary>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public InvoiceOutput(Invoice invoice)
    {
        (InvoiceId, Number, InvoiceUrl) = (invoice.Id, invoice.Number, invoice.Url);
        (TotalCents, Total, Currency) = (invoice.TotalCents, invoice.Total, invoice.Currency);
        (DueOn, Due) = (invoice.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), invoice.DueOn.InFull());
        (Status, ContactId) = (invoice.Status, invoice.ContactId);
    }

    [Setting("Invoice", Description = "Its id.")]
    public required Guid InvoiceId { get; init; }

    [Setting("Number", Description = "As people read it: INV-2041.")]
    public required string Number { get; init; }

    [Setting("Address", Description = "The page on which the client can see and pay it.")]
    public required string InvoiceUrl { get; init; }

    [Setting("Total in cents")]
    public required long TotalCents { get; init; }

    [Setting("Total", Description = "As people read it: $180.00.")]
    public required string Total { get; init; }

    [Setting("Currency", Description = "Three letters in lower case.")]
    public required string Currency { get; init; }

    [Setting("Due on", Description = "The day: 2026-11-27.")]
    public required string DueOn { get; init; }

    [Setting("Due", Description = "The day as people say it: November 27.")]
    public required string Due { get; init; }

    [Setting("Status", Description = "The state of the invoice when the step ended.")]
    public required InvoiceStatus Status { get; init; }

    [Setting("Contact", Description = "The client's id.")]
    public required Guid ContactId { get; init; }
}
