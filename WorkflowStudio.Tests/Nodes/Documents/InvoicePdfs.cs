using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Documents;

/// <summary>What an invoice of the test says.</summary>
internal sealed record WrittenInvoice(
    string Number, string Date, string Supplier, decimal Total, string[] Lines, Action<PdfSheet> Write)
{
    public decimal? Tax { get; init; }

    public decimal? Subtotal { get; init; }

    public decimal? Discount { get; init; }

    public string? Due { get; init; }

    public string? Customer { get; init; }

    public string? Currency { get; init; }
}

/// <summary>
/// Invoices that are laid out as differently as those of different suppliers. The fonts that every PDF may name have no € and no accents.
/// </summary>
internal static class InvoicePdfs
{
    public static IReadOnlyDictionary<string, WrittenInvoice> All { get; } = new Dictionary<string, WrittenInvoice>
    {
        ["labels left of the values"] = new("INV-2026-0042", "2026-05-03", "Acme Medical Supplies Inc.", 259.20m,
            ["Nitrile gloves 10 12.00 120.00", "Bandages 4 30.00 120.00"], s => s
            .Bold(50, 50, "Acme Medical Supplies Inc.", 16).At(50, 70, "12 Harbor Street, Houston, TX 77002")
            .Row(110, (50, "Invoice number:"), (160, "INV-2026-0042")).Row(125, (50, "Invoice date:"), (160, "May 3, 2026"))
            .Row(140, (50, "Due date:"), (160, "June 2, 2026"))
            .At(50, 170, "Bill to:").At(50, 185, "Houston Dermatology")
            .Row(230, (50, "Description"), (-350, "Qty"), (-450, "Unit price"), (-545, "Amount"))
            .Row(250, (50, "Nitrile gloves"), (-350, "10"), (-450, "$12.00"), (-545, "$120.00"))
            .Row(265, (50, "Bandages"), (-350, "4"), (-450, "$30.00"), (-545, "$120.00"))
            .Row(300, (-450, "Subtotal"), (-545, "$240.00")).Row(315, (-450, "Sales tax (8%)"), (-545, "$19.20"))
            .Row(330, (-450, "Total due"), (-545, "$259.20")))
        { Subtotal = 240, Tax = 19.20m, Due = "2026-06-02", Customer = "Houston Dermatology", Currency = "USD" },

        ["labels above the values, in boxes"] = new("7781", "2026-11-14", "Northwind Traders", 500.00m,
            ["Consulting 5 100.00 500.00"], s => s
            .Bold(50, 50, "INVOICE", 22).Row(55, (-545, "Northwind Traders"))
            .Row(100, (50, "Invoice No"), (200, "Date"), (330, "Due date"), (460, "Terms"))
            .Row(116, (50, "7781"), (200, "11/14/2026"), (330, "12/14/2026"), (460, "Net 30"))
            .At(50, 150, "From").At(50, 164, "Northwind Traders").At(50, 178, "4 Lake Road, Chicago")
            .Row(230, (50, "Item"), (300, "Hours"), (380, "Rate"), (-545, "Line total"))
            .Row(248, (50, "Consulting"), (300, "5"), (380, "100.00"), (-545, "500.00"))
            .Row(290, (380, "TOTAL"), (-545, "USD 500.00")))
        { Due = "2026-12-14", Currency = "USD" },

        ["two columns in the head, European decimals"] = new("RE-2026/117", "2026-09-01", "Lindner Praxisbedarf GmbH", 1_487.50m,
            ["Untersuchungsliege 1 1000.00 1000.00", "Papierrollen 50 5.00 250.00"], s => s
            .Row(50, (50, "Lindner Praxisbedarf GmbH"), (350, "Invoice no.: RE-2026/117"))
            .Row(64, (50, "Hauptstr. 5"), (350, "Date: 01.09.2026")).Row(78, (50, "10115 Berlin"), (350, "Due date: 15.09.2026"))
            .At(50, 92, "VAT ID: DE123456789")
            .At(50, 130, "Customer: Praxis Dr. Weber")
            .Row(180, (50, "Article"), (-300, "Quantity"), (-420, "Price"), (-545, "Total"))
            .Row(198, (50, "Untersuchungsliege"), (-300, "1"), (-420, "1.000,00 EUR"), (-545, "1.000,00 EUR"))
            .Row(213, (50, "Papierrollen"), (-300, "50"), (-420, "5,00 EUR"), (-545, "250,00 EUR"))
            .Row(250, (-420, "Net amount"), (-545, "1.250,00 EUR")).Row(265, (-420, "VAT 19%"), (-545, "237,50 EUR"))
            .Row(280, (-420, "Grand total"), (-545, "1.487,50 EUR")))
        { Subtotal = 1_250, Tax = 237.50m, Due = "2026-09-15", Customer = "Praxis Dr. Weber", Currency = "EUR" },

        ["several taxes"] = new("A-100", "2026-03-09", "Maple Clinic Services", 112.00m,
            ["Lab analysis 100.00"], s => s
            .Bold(50, 45, "Maple Clinic Services", 14).At(50, 60, "Tax ID: 88-1234567")
            .At(50, 90, "INVOICE # A-100").At(50, 104, "Issued on 9 March 2026")
            .Row(150, (50, "Service"), (-545, "Amount")).Row(168, (50, "Lab analysis"), (-545, "100.00"))
            .Row(200, (400, "Subtotal:"), (-545, "100.00")).Row(214, (400, "GST 5%:"), (-545, "5.00"))
            .Row(228, (400, "State tax 7%:"), (-545, "7.00")).Row(242, (400, "Amount due (CAD):"), (-545, "$112.00")))
        { Subtotal = 100, Tax = 12 },

        ["several pages"] = new("2026-9001", "2026-07-31", "Bulk Paper Company", 600.00m,
            [.. Enumerable.Range(1, 60).Select(i => $"Paper, kind {i} 2 5.00 10.00")], s =>
            {
                s.Bold(50, 40, "Bulk Paper Company", 15).Row(40, (400, "Invoice 2026-9001")).Row(54, (400, "Date 2026-07-31"));
                for (var i = 0; i < 60; i++)
                {
                    if (i is 0 or 30)
                    {
                        if (i == 30) s.At(50, 800, "Page 1 of 2").Next().At(50, 40, "Bulk Paper Company");
                        s.Row(100, (50, "Product"), (300, "Qty"), (400, "Unit price"), (-545, "Amount"));
                    }

                    s.Row(120 + (i % 30 * 20), (50, $"Paper, kind {i + 1}"), (300, "2"), (400, "5.00"), (-545, "10.00"));
                }

                s.Row(740, (400, "Total"), (-545, "$600.00"));
            }),

        ["a discount"] = new("D-55", "2026-02-28", "Bright Office Ltd", 108.00m,
            ["Chairs 2 50.00 100.00", "Delivery desk 1 20.00 20.00"], s => s
            .Row(50, (50, "Bright Office Ltd"), (-545, "Invoice")).Row(80, (50, "Invoice #: D-55"), (350, "Invoice date: 28/02/2026"))
            .Row(140, (50, "Item"), (250, "Qty"), (330, "Price"), (-545, "Total"))
            .Row(156, (50, "Chairs"), (250, "2"), (330, "£50.00"), (-545, "£100.00"))
            .Row(172, (50, "Delivery desk"), (250, "1"), (330, "£20.00"), (-545, "£20.00"))
            .Row(210, (330, "Subtotal"), (-545, "£120.00")).Row(225, (330, "Discount 10%"), (-545, "-£12.00"))
            .Row(240, (330, "Balance due"), (-545, "£108.00")))
        { Subtotal = 120, Discount = 12, Currency = "GBP" },

        ["Spanish"] = new("F-2026-12", "2026-05-03", "Clinica Sol S.L.", 121.00m,
            ["Consulta medica 1 60.00 60.00", "Analisis 2 20.00 40.00"], s => s
            .Bold(50, 50, "FACTURA", 18).At(50, 80, "Proveedor: Clinica Sol S.L.").At(50, 94, "NIF: B12345678")
            .At(50, 120, "Numero de factura: F-2026-12").At(50, 134, "Fecha de factura: 3 de mayo de 2026")
            .At(50, 148, "Vencimiento: 2 de junio de 2026").At(50, 170, "Cliente: Maria Lopez")
            .Row(210, (50, "Concepto"), (300, "Cantidad"), (390, "Precio"), (-545, "Importe"))
            .Row(226, (50, "Consulta medica"), (300, "1"), (390, "60,00"), (-545, "60,00"))
            .Row(242, (50, "Analisis"), (300, "2"), (390, "20,00"), (-545, "40,00"))
            .Row(280, (390, "Base imponible"), (-545, "100,00 EUR")).Row(296, (390, "IVA (21%)"), (-545, "21,00 EUR"))
            .Row(312, (390, "Total a pagar"), (-545, "121,00 EUR")))
        { Subtotal = 100, Tax = 21, Due = "2026-06-02", Customer = "Maria Lopez", Currency = "EUR" },

        ["descriptions of two lines, no quantities"] = new("SC/8890", "2026-10-20", "Skyline Cleaning", 330.00m,
            ["Cleaning of the practice in October, evenings 250.00", "Windows twice, inside and outside 80.00"], s => s
            .Bold(200, 50, "Skyline Cleaning", 16).At(220, 66, "we clean at night")
            .Row(110, (50, "Invoice Number SC/8890"), (-545, "October 20th, 2026"))
            .Row(124, (50, "Date: October 20th, 2026"))
            .Row(160, (50, "Description"), (-545, "Amount (USD)"))
            .Row(178, (50, "Cleaning of the practice"), (-545, "250.00")).At(50, 192, "in October, evenings")
            .Row(210, (50, "Windows"), (-545, "80.00")).At(50, 224, "twice, inside and outside")
            .Row(270, (400, "Total"), (-545, "330.00"))),

        ["Swiss thousands and shipping"] = new("CH-4410", "2026-01-15", "Alpen Medtech AG", 2_495.00m,
            ["Ultraschallkopf 2 1200.00 2400.00"], s => s
            .Row(50, (-545, "Alpen Medtech AG")).At(50, 90, "Invoice id: CH-4410").At(50, 104, "Date of issue: 15.01.2026")
            .At(50, 118, "Payable by: 14.02.2026")
            .Row(160, (50, "Pos."), (90, "Product"), (300, "Qty"), (380, "Unit price"), (-545, "Amount"))
            .Row(178, (50, "1"), (90, "Ultraschallkopf"), (300, "2"), (380, "1'200.00"), (-545, "2'400.00"))
            .Row(220, (380, "Subtotal"), (-545, "2'400.00")).Row(236, (380, "Shipping"), (-545, "95.00"))
            .Row(252, (380, "Total CHF"), (-545, "2'495.00")))
        { Subtotal = 2_400, Due = "2026-02-14", Currency = "CHF" },

        ["no heads above the lines, in one run of words"] = new("000871", "2026-08-05", "Joe's Plumbing", 215.00m,
            ["Repair of the sink 140.00", "New tap 75.00"], s => s
            .At(50, 60, "Joe's Plumbing").At(50, 74, "Phone (713) 555-0142")
            .At(50, 110, "Invoice: 000871 Date: 08/05/2026")
            .Row(150, (50, "Repair of the sink"), (300, "140.00")).Row(166, (50, "New tap"), (300, "75.00"))
            .Row(190, (50, "Total"), (300, "215.00"))),

        ["amounts with the currency before them, tax within"] = new("KX-1", "2026-12-01", "Kiwi Imports", 230.00m,
            ["Honey 20 11.50 230.00"], s => s
            .Row(50, (50, "Supplier"), (150, "Kiwi Imports")).Row(66, (50, "Invoice no"), (150, "KX-1"))
            .Row(82, (50, "Issue date"), (150, "1 Dec 2026"))
            .Row(130, (50, "Details"), (250, "Units"), (330, "Each"), (-545, "Total"))
            .Row(146, (50, "Honey"), (250, "20"), (330, "NZD 11.50"), (-545, "NZD 230.00"))
            .Row(180, (330, "Total incl. GST"), (-545, "NZD 230.00")).Row(196, (330, "GST included"), (-545, "NZD 30.00")))
        { Tax = 30, Currency = "NZD" },

        ["right-aligned amounts without a currency, totals at the top"] = new("44-19", "2026-06-30", "Delta Labs", 1_234.56m,
            ["Blood panels 1,000.00", "Cultures 234.56"], s => s
            .Bold(50, 50, "Delta Labs", 14).Row(80, (50, "Invoice No: 44-19"), (-545, "Amount due: 1,234.56"))
            .Row(94, (50, "Invoice date: 2026-06-30"), (-545, "Due date: 2026-07-30"))
            .Row(150, (50, "Description"), (-545, "Amount")).Row(166, (50, "Blood panels"), (-545, "1,000.00"))
            .Row(182, (50, "Cultures"), (-545, "234.56"))
            .At(50, 240, "Please pay within 30 days."))
        { Due = "2026-07-30" },
    };
}
