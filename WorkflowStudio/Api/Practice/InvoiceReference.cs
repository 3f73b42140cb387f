using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;
using static WorkflowStudio.Api.Practice.PracticeShapes;

namespace WorkflowStudio.Api.Practice;

/// <summary>What the interface to practice data says of invoices and payments.</summary>
internal static class InvoiceReference
{
    private const string Group = "Invoices";
    private const string Payments = "Payments";

    private static readonly string[] Statuses = [.. Enum.GetValues<InvoiceStatus>().Select(s => FieldChoice.ValueOf(s))];

    public static IReadOnlyDictionary<string, JsonObject> Shapes { get; } = new Dictionary<string, JsonObject>
    {
        ["Invoice"] = Shape.Told("An invoice. Amounts are in the main unit of its currency.", [.. OfList()]),
        ["WholeInvoice"] = Shape.Told("An invoice with everything on it.", [.. OfList(), .. OfOne()]),
        ["ChangedInvoice"] = Shape.Told("An invoice after a change.",
        [
            .. OfList(), .. OfOne(),
            ("madeId", Shape.Uuid("The payment or credit note that was made; the invoice's own id where none was.")),
            ("unbilled", Shape.Text("Why its bill is not with the payment provider yet: until then it is void.").OrNull()),
        ]),
        ["InvoicePage"] = Page("Invoice"),
        ["InvoiceLineBody"] = Shape.Sent("A line of an invoice.",
            ("what*", Shape.Text("What is billed.", 1, 200)), ("detail", Shape.Text("A second line.", max: 200).OrNull()),
            ("quantity", Shape.Number("How many or how much, above 0, with up to three decimals; 1 where nothing is said.").OrNull()),
            ("unitPrice*", Shape.Number("The price of one without tax.")),
            ("taxPercent", Shape.Number("The tax on it, 0 to 100.").OrNull())),
        ["InvoiceBody"] = Shape.Sent("A new invoice.",
            ("contactId*", Shape.Text("Who pays.")),
            ("currency*", Shape.Text($"One of {string.Join(", ", Money.Known)}.", 3, 3)),
            ("lines*", Shape.List(Shape.Ref("InvoiceLineBody"), "What for.", max: NewInvoice.MostLines)),
            ("dueOn", Day($"Until when; {NewInvoice.UsualDays} days from today where nothing is said, a year at most.").OrNull()),
            ("paymentMethods", Shape.List(Shape.Text("", 1, 40), "How it can be paid; `card` where nothing is said.", max: 10).OrNull()),
            ("note", Shape.Text("A note for the client.", max: 1_000).OrNull())),
        ["InvoiceChange"] = Shape.Sent("What may be changed of an invoice that is out.",
            ("dueOn", Day("Until when it is to be paid.").OrNull()), ("note", Shape.Text("A note for the client.", max: 1_000).OrNull())),
        ["PaymentBody"] = Shape.Sent("Money that came in, or was paid back.",
            ("method*", Shape.Word("How.", NewPayment.Methods.Select(m => m.Value))),
            ("amount", Shape.Number(
                "How much, below 0 for what was paid back; all that is still to be paid where nothing is said.").OrNull()),
            ("paidOn", Day("The day on which it came; today where nothing is said.").OrNull()),
            ("note", Shape.Text("A note for the practice.", max: 1_000).OrNull())),
        ["CreditNoteBody"] = Shape.Sent("A part of an invoice that is taken back.",
            ("reason*", Shape.Text("Why: it stands on the paper.", 1, 200)),
            ("amount", Shape.Number("How much, with its tax; all that is left of the invoice where nothing is said.").OrNull())),
        ["Payment"] = Shape.Told("A payment, or with an amount below 0 what was paid back.",
            ("id", Shape.Uuid("The id.")), ("invoiceId", Shape.Uuid("The invoice.")), ("invoiceNumber", Shape.Text("Its number.")),
            ("contactId", Shape.Uuid("Who pays.")), ("contactName", Shape.Text("Their name.")),
            ("method", Shape.Text("How: what the client chose, what the practice noted, or `recorded` where nothing is known.")),
            ("amount", Shape.Number("In the main unit of the currency.")), ("currency", Shape.Text("Three letters.")),
            ("simulated", Shape.Flag("Whether no money moved.")), ("paidAt", Shape.Time("When it came.")),
            ("note", Shape.Text("What the practice noted with it."))),
        ["PaymentPage"] = Page("Payment"),
        ["Ageing"] = Shape.Told("What is owed, by age.",
            ("on", Day("The day from which ages count.")),
            ("currencies", Shape.List(Shape.Told("",
                ("currency", Shape.Text("Three letters.")), ("invoices", Shape.Whole("How many are to be paid.", 0)),
                ("owed", Shape.Number("What they come to.")), ("notYetDue", Shape.Number("Of it, what is due later.")),
                ("days0To30", Shape.Number("Due since 0 to 30 days.")), ("days31To60", Shape.Number("Since 31 to 60 days.")),
                ("days61To90", Shape.Number("Since 61 to 90 days.")), ("over90Days", Shape.Number("Since more than 90 days.")),
                ("biggest", Shape.List(Shape.Told("", ("contactId", Shape.Uuid("Who.")), ("contactName", Shape.Text("Their name.")),
                    ("invoices", Shape.Whole("How many.", 0)), ("owed", Shape.Number("How much."))), "Who owes most.", max: 5))),
                "By currency.")),
            ("andMore", Shape.Flag("Whether there are more invoices than were added up."))),
    };

    public static IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Get("/invoices", Group, "List invoices") with
        {
            Parameters = [.. Paged(), .. Filters()],
            Answers = [new(200, "A page of invoices, the newest first.", Shape.Ref("InvoicePage"))],
        },
        Post("/invoices", Group, "Create an invoice") with
        {
            More = "It gets the next number and a page on which the client sees and pays it, and `invoice.created` is raised. Tax is "
                + "reckoned from the sum of all lines of a rate. Where Stripe is connected its bill is made there; where Stripe does not "
                + "take it, `unbilled` says why, and the invoice is void until somebody tries again on its page.",
            Body = Shape.Ref("InvoiceBody"),
            Answers = [new(201, "It was made.", One("ChangedInvoice")) { HasLocation = true }],
            Conflict = "The payment provider stands against it.",
        },
        Get("/invoices/ageing", Group, "Summarize what is owed").Answering(200, "What is owed.", One("Ageing")),
        Get("/invoices/export", Group, "Take invoices out as CSV") with
        {
            Parameters = [.. Filters()],
            Answers = [new(200, "The file.", Shape.Text("CSV."), CsvAnswer.Type)],
        },
        Get("/invoices/{id}", Group, "Get an invoice").Answering(200, "The invoice.", One("WholeInvoice")),
        Patch("/invoices/{id}", Group, "Update an invoice") with
        {
            More = "An invoice that is out is not rewritten: only its due date and note can change. Take it back, or write a credit note.",
            Body = Shape.Ref("InvoiceChange"),
            Answers = [new(200, "It was changed.", One("ChangedInvoice"))],
            Conflict = "It is paid or void, or its bill is with Stripe.",
        },
        Delete("/invoices/{id}", Group, "Take an invoice back") with
        {
            More = "It becomes void and keeps its number: numbers of invoices have no gaps.",
            Conflict = "Something was paid for it.",
        },
        Get("/invoices/{id}/pdf", Group, "Print an invoice") with
        {
            Answers = [new(200, "The file.", Shape.Text("PDF."), "application/pdf")],
        },
        Get("/invoices/{id}/credit-notes/{credit}/pdf", Group, "Print a credit note") with
        {
            Answers = [new(200, "The file.", Shape.Text("PDF."), "application/pdf")],
        },
        Post("/invoices/{id}/payments", Payments, "Note a payment") with
        {
            More = "The last of what is to be paid makes the invoice paid, raises `invoice.paid` and ends its reminders.",
            Body = Shape.Ref("PaymentBody"),
            Answers = [new(201, "It was noted.", One("ChangedInvoice"))],
            Conflict = "The invoice is paid or void, or its bill is with Stripe.",
        },
        Post("/invoices/{id}/credit-notes", Group, "Write a credit note") with
        {
            More = "What is left to pay becomes less; an unpaid invoice of which nothing is left is void, and of a paid one something is "
                + "to be paid back.",
            Body = Shape.Ref("CreditNoteBody"),
            Answers = [new(201, "It was written.", One("ChangedInvoice"))],
            Conflict = "The invoice is void, or its bill is with Stripe and not paid.",
        },
        Get("/payments", Payments, "List payments") with
        {
            Parameters = [.. Paged(), .. PaymentFilters()],
            Answers = [new(200, "A page of payments, the last paid first.", Shape.Ref("PaymentPage"))],
        },
        Get("/payments/export", Payments, "Take payments out as CSV") with
        {
            Parameters = [.. PaymentFilters()],
            Answers = [new(200, "The file.", Shape.Text("CSV."), CsvAnswer.Type)],
        },
        Get("/payments/{id}", Payments, "Get a payment").Answering(200, "The payment.", One("Payment")),
        Delete("/payments/{id}", Payments, "Take a noted payment back") with
        {
            More = "Only what the practice has noted; the invoice is to be paid again.",
            Conflict = "The client paid it, or Stripe was told of it.",
        },
    ];

    private static IEnumerable<DescribedParameter> Filters() =>
    [
        new("status", Shape.Word("Only those of this status.", Statuses)), new("contactId", Shape.Text("Only those of this contact.")),
        new("search", Shape.Text("A number, or a part of the name, e-mail or phone of who pays.")),
        new("issuedOn[gte]", Day("Made then or later.")), new("issuedOn[lte]", Day("Made then or before.")),
        new("dueOn[gte]", Day("Due then or later.")), new("dueOn[lte]", Day("Due then or before.")),
    ];

    private static IEnumerable<DescribedParameter> PaymentFilters() =>
    [
        new("invoiceId", Shape.Text("Only those of this invoice.")), new("contactId", Shape.Text("Only those of this contact.")),
        new("method", Shape.Text("Only those paid so.")), new("paidOn[gte]", Day("Paid then or later.")),
        new("paidOn[lte]", Day("Paid then or before.")),
    ];

    private static IEnumerable<(string, JsonObject)> OfList()
    {
        yield return ("id", Shape.Uuid("The id."));
        yield return ("number", Shape.Text("As people read it: INV-1001."));
        yield return ("status", Shape.Word("What became of it.", Statuses));
        yield return ("contactId", Shape.Uuid("Who pays."));
        yield return ("contactName", Shape.Text("Their name."));
        yield return ("currency", Shape.Text("Three letters in lower case."));
        yield return ("subtotal", Shape.Number("What the lines come to without tax."));
        yield return ("tax", Shape.Number("The tax."));
        yield return ("total", Shape.Number("Both together."));
        yield return ("paid", Shape.Number("What has come in for it, without what was paid back."));
        yield return ("credited", Shape.Number("What credit notes have taken off it."));
        yield return ("balance", Shape.Number("What is still to be paid."));
        yield return ("issuedOn", Day("The day on which it was made."));
        yield return ("dueOn", Day("Until when it is to be paid."));
        yield return ("paidAt", Shape.Time("When the last of it was paid.").OrNull());
        yield return ("url", Shape.Address("The page on which the client sees and pays it."));
        yield return ("runId", Shape.Uuid("The run that made it.").OrNull());
        yield return ("createdAt", Shape.Time("Since when it is there."));
    }

    private static IEnumerable<(string, JsonObject)> OfOne()
    {
        yield return ("note", Shape.Text("A note for the client."));
        yield return ("paymentMethods", Shape.List(Shape.Text(""), "How it can be paid."));
        yield return ("overpaid", Shape.Number("What is to be paid back."));
        yield return ("lines", Shape.List(Shape.Told("", ("what", Shape.Text("What is billed.")), ("detail", Shape.Text("A second line.")),
            ("quantity", Shape.Number("How many or how much.")), ("unitPrice", Shape.Number("The price of one.").OrNull()),
            ("taxPercent", Shape.Number("The tax on it.")), ("amount", Shape.Number("Of the whole line, without tax."))), "What for."));
        yield return ("taxes", Shape.List(Shape.Told("", ("percent", Shape.Number("The rate.")),
            ("net", Shape.Number("What its lines come to.")), ("tax", Shape.Number("The tax."))), "By rate, the highest first."));
        yield return ("payments", Shape.List(Shape.Told("", ("id", Shape.Uuid("The id.")), ("method", Shape.Text("How.")),
            ("amount", Shape.Number("How much.")), ("simulated", Shape.Flag("Whether no money moved.")), ("paidAt", Shape.Time("When.")),
            ("note", Shape.Text("What the practice noted."))), "What has come in, and what was paid back."));
        yield return ("creditNotes", Shape.List(Shape.Told("", ("id", Shape.Uuid("The id.")), ("number", Shape.Text("CN-1001.")),
            ("issuedOn", Day("When.")), ("amount", Shape.Number("How much, with tax.")), ("tax", Shape.Number("The tax in it.")),
            ("reason", Shape.Text("Why."))), "What was taken off it."));
    }
}
