namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>Fields that belong together.</summary>
/// <param name="Id">The name.</param>
/// <param name="Fields">The fields.</param>
internal sealed record FieldSchema(string Id, IReadOnlyList<FieldWish> Fields);

/// <summary>The schemas that are there without anybody having made them.</summary>
internal static class FieldSchemas
{
    public const string Invoice = "invoice";
    public const string Contract = "contract";
    public const string Resume = "resume";
    public const string General = "general";

    // what the number of a document looks like: with a digit, without blanks
    private const string Number = @"[A-Za-z0-9]*[A-Za-z/_.-]*\d[A-Za-z0-9/_.-]*";

    private static readonly FieldSchema[] All =
    [
        new(Invoice,
        [
            Text("invoice_number", "The number of the invoice",
                "invoice number, invoice no, invoice nr, invoice num, invoice id, inv no, inv, invoice #, invoice, bill "
                + "number, document number, numero de factura, no de factura, factura no, factura numero, factura, "
                + "rechnungsnummer, reference, number, no", Number) with { Required = true },
            Day("invoice_date", "When it was written",
                "invoice date, date of invoice, date of issue, issue date, issued on, issued, billing date, bill date, "
                + "fecha de factura, fecha de emision, fecha factura, fecha, dated, date") with { Required = true },
            Day("due_date", "When it is to be paid",
                "due date, payment due date, payment due, due by, due on, pay by, payable by, fecha de vencimiento, "
                + "vencimiento, due"),
            Text("supplier", "Who sends it",
                "supplier, vendor, seller, billed by, bill from, issued by, from, proveedor, emisor, vendedor, de"),
            Text("customer", "Who is to pay",
                "bill to, billed to, invoice to, invoiced to, sold to, customer, client, buyer, facturar a, cliente, to"),
            Text("purchase_order", "The order that it is for",
                "purchase order, po number, p.o. number, po no, po #, order number, order no, numero de pedido, pedido", Number),
            Money("subtotal", "The sum before discount and tax",
                "subtotal, sub-total, sub total, net amount, total net, net total, total before tax, base imponible, "
                + "importe neto"),
            Money("discount", "What is taken off", "discount, rebate, descuento"),
            Money("shipping", "Shipping and handling",
                "shipping and handling, shipping & handling, shipping, freight, delivery charge, delivery fee, gastos de "
                + "envio, envio"),
            Money("tax", "All taxes", "total tax, sales tax, tax total, vat, gst, tax, iva"),
            Money("total", "What is to be paid",
                "total amount due, total due, amount due, balance due, grand total, invoice total, total to pay, amount "
                + "payable, total payable, total a pagar, importe total, total factura, total amount, total incl. vat, "
                + "total incl vat, total") with { Required = true },
            Text("currency", "The currency, by its code", ""),
            new FieldWish { Name = "line_items", Type = WishedType.List, Description = "What is charged, line by line" },
        ]),
        new(Contract,
        [
            Text("contract_title", "What the contract is called", "contract title, title, agreement title, titulo"),
            Text("contract_number", "Its number",
                "contract number, contract no, agreement number, agreement no, numero de contrato", Number),
            new FieldWish { Name = "parties", Type = WishedType.List, Description = "Who makes it", Labels = Split("parties, partes") },
            Day("effective_date", "When it begins",
                "effective date, commencement date, start date, fecha de inicio, effective as of, dated as of, dated, "
                + "date"),
            Day("end_date", "When it ends",
                "expiration date, expiry date, termination date, end date, expires on, expires, fecha de fin, fecha de "
                + "termino"),
            new FieldWish { Name = "auto_renewal", Type = WishedType.Boolean, Description = "Whether it renews by itself",
                Labels = Split("auto-renewal, auto renewal, automatic renewal, renovacion automatica") },
            Text("notice_period", "How long before its end it can be ended", "notice period, period of notice, preaviso"),
            Text("governing_law", "The law that holds", "governing law, applicable law, ley aplicable"),
            Money("contract_value", "What it is worth",
                "contract value, total value, contract price, total fee, importe del contrato, rent, fee"),
        ]),
        new(Resume,
        [
            Text("candidate_name", "Who it is about", "candidate name, full name, name, nombre completo, nombre"),
            new FieldWish { Name = "email", Type = WishedType.Email, Labels = Split("e-mail, email address, correo electronico, correo") },
            new FieldWish { Name = "phone", Type = WishedType.Phone, Labels = Split("telephone, phone number, mobile, tel, telefono") },
            new FieldWish { Name = "years_of_experience", Type = WishedType.Number, Description = "How many years of work",
                Labels = Split("years of experience, anos de experiencia") },
            new FieldWish { Name = "skills", Type = WishedType.List, Description = "What the person can do",
                Labels = Split("key skills, technical skills, skills, competencies, habilidades, competencias") },
            new FieldWish { Name = "languages", Type = WishedType.List, Labels = Split("languages, idiomas") },
            Text("current_position", "What the person does now",
                "current position, position, job title, current role, puesto actual, puesto"),
            Text("education", "The highest degree", "education, degree, formacion, educacion, estudios"),
            Text("location", "Where the person lives", "location, address, direccion, ubicacion, city"),
        ]),
        new(General,
        [
            Text("document_type", "What kind of document it is", "document type, type of document, tipo de documento"),
            Text("title", "What it is called", "title, subject, re, titulo, asunto"),
            Day("date", "When it was written", "date, dated, fecha"),
            Text("reference", "Its number or sign", "reference number, reference, ref, case number, document number, referencia", Number),
            Text("sender", "Who wrote it", "from, sender, author, de, remitente"),
            new FieldWish { Name = "email", Type = WishedType.Email, Labels = Split("e-mail, correo") },
            new FieldWish { Name = "phone", Type = WishedType.Phone, Labels = Split("telephone, tel, telefono") },
            Money("total", "An amount that it comes to", "amount due, grand total, total"),
        ]),
    ];

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. All.Select(s => s.Id)];

    /// <summary>The schema that a name means; it may end with -schema. Null for none.</summary>
    public static FieldSchema? Find(string name)
    {
        var id = name.Trim().ToLowerInvariant();
        foreach (var end in (string[])["-schema", "_schema"]) if (id.EndsWith(end, StringComparison.Ordinal)) id = id[..^end.Length];
        if (id is "document") id = General;
        return Array.Find(All, s => s.Id == id);
    }

    private static FieldWish Text(string name, string description, string labels, string pattern = "") =>
        new() { Name = name, Description = description, Labels = Split(labels), Pattern = pattern, NeedsLabel = true };

    // of several labels that stand in a text, the one further up counts
    private static string[] Split(string labels) => labels.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static FieldWish Day(string name, string description, string labels) =>
        new() { Name = name, Description = description, Labels = Split(labels), Type = WishedType.Date };

    private static FieldWish Money(string name, string description, string labels) =>
        new() { Name = name, Description = description, Labels = Split(labels), Type = WishedType.Money, IsBelow = true };
}
