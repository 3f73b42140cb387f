using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Documents;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes.Documents;

/// <summary>Invoices of many layouts, from the PDF to the fields.</summary>
public sealed class InvoiceExtractionTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly DocumentReader reader = new(TimeProvider.System);

    public static TheoryData<string> Layouts => [.. InvoicePdfs.All.Keys];

    public void Dispose()
    {
        reader.Dispose();
        practice.Dispose();
    }

    [Fact]
    public void Layouts_AreAtLeastTen() => Assert.InRange(InvoicePdfs.All.Count, 10, 100);

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Pdf_OfEachLayout_GivesItsFieldsAndItsSumsFit(string layout)
    {
        var written = InvoicePdfs.All[layout];
        var pdf = PdfSheet.Of(written.Write);
        Assert.True((await reader.ReadAsync(pdf, "invoice.pdf", "application/pdf", default)).Has(out var read, out var problem),
            problem?.Code);

        var found = await new NodeCall(practice, new ExtractNode(new FakeModel(), new NoDocuments()), """{"schema_id":"invoice-schema"}""")
            .After(JsonSerializer.Serialize(new { text = read.Text })).OutputAsync();

        string?[] Of(params string[] names) => [.. names.Select(n => found.GetProperty(n).ToString())];
        string? Say(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);
        string? Amount(string name) => found.GetProperty(name) is { ValueKind: JsonValueKind.Number } n ? Say(n.GetDecimal()) : null;
        Assert.True(
            (written.Number, written.Date, written.Supplier) == (Of("invoice_number")[0], Of("invoice_date")[0], Of("supplier")[0])
                && Say(written.Total) == Amount("total"),
            string.Join(" | ", Of("invoice_number", "invoice_date", "supplier", "total")) + "\n" + read.Text);
        Assert.Equal(written.Lines.Select(Plain), found.GetProperty("line_items").EnumerateArray().Select(Line));
        Assert.Equal((Say(written.Tax), Say(written.Subtotal), Say(written.Discount)), (Amount("tax"), Amount("subtotal"),
            Amount("discount")));
        if (written.Due is { } due) Assert.Equal(due, Of("due_date")[0]);
        if (written.Customer is { } customer) Assert.Equal(customer, Of("customer")[0]);
        if (written.Currency is { } currency) Assert.Equal(currency, Of("currency")[0]);
        var checks = found.GetProperty("checks").EnumerateArray().ToList();
        Assert.Contains(checks, c => c.GetProperty("name").GetString() == "total");
        Assert.All(checks, c => Assert.True(c.GetProperty("ok").GetBoolean(), c.GetRawText()));
        Assert.Equal("[]", found.GetProperty("missing").GetRawText());
        Assert.InRange(found.GetProperty("confidence").GetProperty("total").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task Pdf_WhoseTotalIsWrong_IsSaidToBe()
    {
        var call = new NodeCall(practice, new ExtractNode(new FakeModel(), new NoDocuments()), """{"schema_id":"invoice"}""").After("""
            {"text":"Acme\nInvoice no: 7\nDate: 2026-05-03\nItem\tQty\tPrice\tAmount\nGloves\t2\t10.00\t20.00\nTotal\t\t\t25.00"}
            """);
        var found = await call.OutputAsync();
        var wrong = Assert.Single(found.GetProperty("checks").EnumerateArray(), c => !c.GetProperty("ok").GetBoolean());
        Assert.Equal("""{"name":"total","ok":false,"expected":20.00,"found":25.00}""", wrong.GetRawText());
        Assert.InRange(found.GetProperty("confidence").GetProperty("total").GetDouble(), 0, 0.5);
        Assert.Contains("Warning: The sum total does not fit: 25.00 stands there, 20.00 was expected.", call.Log);
    }

    private static string Plain(string line) => line.Replace(",", "", StringComparison.Ordinal);

    private static string Line(JsonElement line)
    {
        string?[] parts =
        [
            line.GetProperty("description").GetString(), Number("quantity", "0.##"), Number("unit_price", "0.00"), Number("amount", "0.00"),
        ];
        return Plain(string.Join(' ', parts.OfType<string>()));

        string? Number(string name, string form) => line.GetProperty(name) is { ValueKind: JsonValueKind.Number } n
            ? n.GetDecimal().ToString(form, CultureInfo.InvariantCulture) : null;
    }
}
