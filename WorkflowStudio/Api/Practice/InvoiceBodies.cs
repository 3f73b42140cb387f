using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Api.Practice;

/// <summary>
/// What is sent of invoices and payments. Whatever a body names that is not known is a problem; what an answer has beside what may be sent
/// is passed over, so that what was read can be sent back.
/// </summary>
internal sealed class InvoiceBodies(List<FieldProblem> problems)
{
    private static readonly string[] OfInvoice = ["contactId", "currency", "lines", "dueOn", "paymentMethods", "note"];
    private static readonly string[] OfLine = ["what", "detail", "quantity", "unitPrice", "taxPercent"];
    private static readonly string[] OfPayment = ["amount", "method", "paidOn", "note"];
    private static readonly string[] OfCredit = ["amount", "reason"];

    private static readonly string[] Told =
    [
        "id", "number", "status", "contactName", "subtotal", "tax", "total", "paid", "credited", "balance", "issuedOn", "paidAt", "url",
        "runId", "createdAt", "overpaid", "taxes", "payments", "creditNotes", "madeId", "unbilled",
    ];

    /// <summary>A new invoice.</summary>
    public NewInvoice Invoice(JsonElement body)
    {
        var said = new NewInvoice();
        foreach (var (name, value) in Fields(body, "", OfInvoice, Told))
            said = name switch
            {
                "contactId" => said with { ContactId = Id(name, value) },
                "currency" => said with { Currency = Text(name, value) },
                "lines" => said with { Lines = List(name, value, Line, NewInvoice.MostLines) },
                "dueOn" => said with { DueOn = Day(name, value) },
                "paymentMethods" => said with { PaymentMethods = List(name, value, (place, v) => Text(place, v), 11) },
                _ => said with { Note = Text(name, value) },
            };
        return said;
    }

    /// <summary>What may be changed of an invoice; null for what is not named.</summary>
    public (DateOnly? DueOn, string? Note) Change(JsonElement body)
    {
        (DateOnly? DueOn, string? Note) said = default;
        foreach (var (name, value) in Fields(body, "", ["dueOn", "note"], [.. Told, .. OfInvoice]))
            said = name == "dueOn" ? (Day(name, value), said.Note) : (said.DueOn, Text(name, value));
        return said;
    }

    /// <summary>A payment.</summary>
    public NewPayment Payment(JsonElement body)
    {
        var said = new NewPayment();
        foreach (var (name, value) in Fields(body, "", OfPayment, []))
            said = name switch
            {
                "amount" => said with { Amount = Number(name, value) },
                "method" => said with { Method = Text(name, value) },
                "paidOn" => said with { PaidOn = Day(name, value) },
                _ => said with { Note = Text(name, value) },
            };
        return said;
    }

    /// <summary>A credit note.</summary>
    public NewCreditNote Credit(JsonElement body)
    {
        var said = new NewCreditNote();
        foreach (var (name, value) in Fields(body, "", OfCredit, []))
            said = name == "amount" ? said with { Amount = Number(name, value) } : said with { Reason = Text(name, value) };
        return said;
    }

    /// <summary>Which invoices an address asks for.</summary>
    public static InvoiceFilter Invoices(QueryReader reader)
    {
        var status = reader.Text("status");
        var known = Enum.GetValues<InvoiceStatus>();
        InvoiceStatus? wanted = status is null ? null : known.Where(s => FieldChoice.ValueOf(s) == status).Select(s => (InvoiceStatus?)s)
            .FirstOrDefault();
        if (status is not null && wanted is null)
            reader.Wrong("status", $"The status is one of {string.Join(", ", known.Select(s => FieldChoice.ValueOf(s)))}.");
        return new InvoiceFilter
        {
            Status = wanted, ContactId = reader.Id("contactId"), Search = reader.Text("search"),
            IssuedFrom = reader.Day("issuedOn[gte]"), IssuedTo = reader.Day("issuedOn[lte]"),
            DueFrom = reader.Day("dueOn[gte]"), DueTo = reader.Day("dueOn[lte]"),
        };
    }

    /// <summary>Which payments an address asks for.</summary>
    public static PaymentFilter Payments(QueryReader reader) => new()
    {
        InvoiceId = reader.Id("invoiceId"), ContactId = reader.Id("contactId"), Method = reader.Text("method"),
        From = reader.Day("paidOn[gte]"), To = reader.Day("paidOn[lte]"),
    };

    private NewInvoiceLine Line(string place, JsonElement value)
    {
        var said = new NewInvoiceLine();
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(place, "A line has to be an object with what, quantity and unitPrice."));
            return said;
        }

        foreach (var (name, part) in Fields(value, place + ".", OfLine, ["amount"]))
            said = name switch
            {
                "what" => said with { What = Text($"{place}.what", part) },
                "detail" => said with { Detail = Text($"{place}.detail", part) },
                "quantity" => said with { Quantity = Number($"{place}.quantity", part) ?? 1 },
                "unitPrice" => said with { UnitPrice = Number($"{place}.unitPrice", part) ?? 0 },
                _ => said with { TaxPercent = Number($"{place}.taxPercent", part) ?? 0 },
            };
        return said;
    }

    private IEnumerable<(string Name, JsonElement Value)> Fields(JsonElement body, string place, string[] known, string[] passed)
    {
        foreach (var property in body.EnumerateObject())
        {
            if (known.Contains(property.Name)) yield return (property.Name, property.Value);
            else if (!passed.Contains(property.Name))
                problems.Add(new(place + property.Name, FieldReading.Unknown(known, property.Name)));
        }
    }

    private List<T> List<T>(string place, JsonElement value, Func<string, JsonElement, T> read, int most)
    {
        if (value.ValueKind == JsonValueKind.Null) return [];
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray().Take(most + 1).Index().Select(v => read($"{place}[{v.Index}]", v.Item))];
        problems.Add(new(place, "It has to be a list."));
        return [];
    }

    private Guid? Id(string place, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && ShownId.TryRead(value.GetString()!, out var id)) return id;
        // as unknown as any other
        return Guid.Empty;
    }

    private string Text(string place, JsonElement value) => BodyValue.Text(place, value, problems);

    private decimal? Number(string place, JsonElement value) => BodyValue.Number(place, value, problems);

    private DateOnly? Day(string place, JsonElement value) => BodyValue.Day(place, value, problems);
}
