using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>What the expressions of a message about an invoice see: everything around, <c>$invoice</c> and <c>$contact</c>.</summary>
/// <param name="around">The step's own scope; null where there is none.</param>
/// <param name="unpaid">The invoice and who is to pay it.</param>
/// <param name="today">The day in the zone of the run.</param>
internal sealed class InvoiceScope(IScope? around, UnpaidInvoice unpaid, DateOnly today) : IScope
{
    /// <summary>Those names, for the types of steps that have such messages.</summary>
    public static IReadOnlyList<AmbientValue> Ambients { get; } =
    [
        new(AmbientNames.Invoice, "The invoice: number, total, total_cents, balance (what is still to pay), balance_cents, currency, "
            + "due_date (November 27), due_on (2026-11-27), "
            + "days_overdue, status, url.", _ => default),
        new(AmbientNames.Contact, "Who is to pay it: first_name, last_name, name, email, phone.", _ => default),
    ];

    /// <inheritdoc/>
    public JsonElement Payload => around?.Payload ?? default;

    /// <inheritdoc/>
    public IEnumerable<JsonElement> OutputsNewestFirst => around?.OutputsNewestFirst ?? [];

    /// <inheritdoc/>
    public bool TryOutput(string nodeId, out JsonElement output)
    {
        output = default;
        return around?.TryOutput(nodeId, out output) == true;
    }

    /// <inheritdoc/>
    public bool TryAmbient(string name, out JsonElement value)
    {
        value = name switch
        {
            AmbientNames.Invoice => Invoice(unpaid.Invoice),
            AmbientNames.Contact => Contact(),
            _ => default,
        };
        return value.ValueKind != JsonValueKind.Undefined || around?.TryAmbient(name, out value) == true;
    }

    private JsonElement Invoice(Invoice invoice) => JsonSerializer.SerializeToElement(
        new
        {
            number = invoice.Number,
            total = invoice.Total,
            total_cents = invoice.TotalCents,
            balance = invoice.Balance,
            balance_cents = invoice.BalanceCents,
            currency = invoice.Currency,
            due_date = invoice.DueOn.InFull(),
            due_on = invoice.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            days_overdue = Math.Max(0, today.DayNumber - invoice.DueOn.DayNumber),
            status = invoice.Status.ToString().ToLowerInvariant(),
            url = invoice.Url,
        },
        NodeJson.Options);

    // a name that is not known is no empty text in a message: it has a default, or the message fails
    private JsonElement Contact() => JsonSerializer.SerializeToElement(
        new
        {
            first_name = Known(unpaid.Contact.FirstName),
            last_name = Known(unpaid.Contact.LastName),
            name = unpaid.Contact.Name,
            email = unpaid.Contact.Email,
            phone = unpaid.Contact.Phone,
        },
        NodeJson.Options);

    private static string? Known(string name) => name.Length > 0 ? name : null;
}
