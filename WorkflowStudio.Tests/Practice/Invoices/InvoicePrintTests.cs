using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Invoices.Print;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Invoices;

/// <summary>Invoices on paper, read again by another library than the one that wrote them.</summary>
public sealed class InvoicePrintTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Invoice_SaysWhatItsPageSays()
    {
        var view = await ViewAsync(new NewInvoiceLine
        { What = "First visit", Detail = "with Dr. Reyes", Quantity = 1.5m, UnitPrice = 120, TaxPercent = 8.25m });
        await practice.Desk.PayAsync(practice.Tenant, view.Id, new NewPayment { Method = "cash", Amount = 50 }, "p", default);
        await practice.Desk.CreditAsync(practice.Tenant, view.Id, new NewCreditNote { Reason = "Waited long", Amount = 10 }, "c", default);
        view = (await practice.InvoicePages.ByIdAsync(practice.Tenant, view.Id, default))!;
        var file = InvoicePrint.Invoice(view, practice.Clock.GetUtcNow());
        Assert.Equal("INV-1001.pdf", file.FileName);
        var text = Text(file);
        foreach (var said in (string[])["INV-1001", "Houston Dermatology", "Maria Lopez", "First visit", "with Dr. Reyes", "1.5", "$120.00",
            "8.25 %", "$180.00", "$14.85", "$194.85", "-$50.00", "CN-1001", "-$10.00", "$134.85", "December 8, 2026", view.Url,
            "Page 1 of 1"])
            Assert.Contains(said, text, StringComparison.Ordinal);

        text = Text(InvoicePrint.CreditNote(view, view.Credits[0], practice.Clock.GetUtcNow()));
        foreach (var said in (string[])["CN-1001", "INV-1001", "Waited long", "$10.00", "$0.76", "$9.24"])
            Assert.Contains(said, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_OfAllAlphabetsAndLengths_AreSetWithoutHarm()
    {
        string[] names = ["Łukasz Ğüneş", "Ελένη", "Дмитрий", "Nguyễn Thị", "李小龍", "👩‍⚕️ Emoji", "مريم",
            "a\u0301 combined", new string('W', 200)];
        var view = await ViewAsync([.. names.SelectMany(n => Enumerable.Range(0, 5).Select(
            i => new NewInvoiceLine { What = n, Detail = string.Concat(Enumerable.Repeat("and more ", 20)), UnitPrice = i + 1 }))]);
        var file = InvoicePrint.Invoice(view with { Note = string.Join('\n', names) }, practice.Clock.GetUtcNow());
        using var pdf = PdfDocument.Open(file.Bytes);
        Assert.True(pdf.NumberOfPages > 1);
        var text = Text(file);
        foreach (var shown in names[..4]) Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.Contains($"Page {pdf.NumberOfPages} of {pdf.NumberOfPages}", text, StringComparison.Ordinal);
        Assert.All(pdf.GetPages(), p => Assert.All(p.Letters, l => Assert.InRange(l.EndBaseLine.X, 0, p.Width - 40)));
        Assert.All(pdf.GetPages().SelectMany(p => p.Letters), l => Assert.InRange(l.StartBaseLine.Y, 30, 800));
    }

    [Theory]
    [InlineData("America/Chicago", 612)]
    [InlineData("Europe/Berlin", 595)]
    public async Task Paper_IsThatOfTheCountry(string zone, int width)
    {
        var view = await ViewAsync(new NewInvoiceLine { What = "Visit", UnitPrice = 1 });
        using var pdf = PdfDocument.Open(
            InvoicePrint.Invoice(view with { Practice = view.Practice with { TimeZone = zone } }, practice.Clock.GetUtcNow()).Bytes);
        Assert.Equal(width, (int)pdf.GetPage(1).Width);
    }

    [Fact]
    public async Task ManyAtOnce_AreAllMade()
    {
        var view = await ViewAsync(new NewInvoiceLine { What = "Visit", UnitPrice = 1 });
        var files = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Task.Run(() => InvoicePrint.Invoice(view, practice.Clock.GetUtcNow()))));
        Assert.All(files, f => Assert.Contains("INV-1001", Text(f), StringComparison.Ordinal));
    }

    private static string Text(PrintedFile file)
    {
        using var pdf = PdfDocument.Open(file.Bytes);
        return string.Join('\n', pdf.GetPages().Select(p => ContentOrderTextExtractor.GetText(p)));
    }

    private async Task<InvoiceView> ViewAsync(params NewInvoiceLine[] lines)
    {
        var said = new NewInvoice { ContactId = (await practice.ContactAsync()).Id, Currency = "usd", Lines = lines };
        var made = Assert.IsType<InvoiceOutcome.Done>(await practice.Desk.AddAsync(practice.Tenant, said, "hand:1", default));
        return (await practice.InvoicePages.ByIdAsync(practice.Tenant, made.Id, default))!;
    }
}
