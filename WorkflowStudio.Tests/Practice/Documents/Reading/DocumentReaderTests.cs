using System.Text;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Documents.Reading;

/// <summary>What is read of documents of every kind.</summary>
public sealed class DocumentReaderTests
{
    [Fact]
    public async Task Pdf_IsReadPageByPage()
    {
        var read = await ReadAsync(Samples.Pdf(), "a.bin");
        Assert.Equal((DocumentKind.Pdf, "Hello world\n\nThe second page", false), (read.Kind, read.Text, read.IsCut));
        Assert.Equal([new(1, "Hello world"), new(2, "The second page")], read.Pages);
    }

    [Fact]
    public async Task Pdf_CellsOfARow_AreApartByTabsAndStandBelowTheirHeads()
    {
        var read = await ReadAsync(PdfSheet.Of(s => s
            .Row(60, (50, "Item"), (300, "Qty"), (-540, "Amount"))
            .Row(80, (50, "Skin check"), (300, "1"), (-540, "150.00"))
            .Row(100, (-540, "10.00"))
            .At(50, 300, "Thank you for your visit")));
        Assert.Equal("Item\tQty\tAmount\nSkin check\t1\t150.00\n\t\t10.00\n\nThank you for your visit", read.Text);
    }

    [Fact]
    public async Task Pdf_TwoColumnsOfText_AreReadOneAfterTheOther()
    {
        var read = await ReadAsync(PdfSheet.Of(s =>
        {
            s.Bold(50, 50, "A headline that goes across both of the columns of this page", 14);
            for (var i = 1; i <= 6; i++)
                s.Row(60 + (i * 14), (50, $"The left column, line {i} of it"), (310, $"The right column, line {i} of it"));
        }));
        Assert.Equal(
            ["A headline that goes across both of the columns of this page",
                .. Enumerable.Range(1, 6).Select(i => $"The left column, line {i} of it"),
                .. Enumerable.Range(1, 6).Select(i => $"The right column, line {i} of it")],
            read.Text.Split('\n'));
    }

    [Fact]
    public async Task Pdf_OfMorePagesThanAreRead_IsCut()
    {
        var read = await ReadAsync(PdfSheet.Of(s =>
        {
            for (var i = 0; i < DocumentLimits.MaxPages; i++) s.At(50, 50, "x").Next();
        }));
        Assert.Equal((DocumentLimits.MaxPages, true), (read.Pages.Count, read.IsCut));
    }

    [Fact]
    public async Task Docx_IsReadInItsOrder()
    {
        var read = await ReadAsync(Samples.Docx());
        Assert.Equal((DocumentKind.Docx, "Dear Maria,\ntwo\nlines\nItem\tPrice\nCream\t12.50\nGoodbye"), (read.Kind, read.Text));
    }

    [Fact]
    public async Task Xlsx_SheetsThatAreShown_AreTables()
    {
        var read = await ReadAsync(Samples.Xlsx());
        Assert.Equal(
            (DocumentKind.Xlsx, "Prices\nItem\tPrice\tSince\nCream\t12.5\t2026-11-24\n\t0.3\nMore\ntrue"), (read.Kind, read.Text));
        Assert.Equal(["Prices", "More"], read.Tables.Select(t => t.Name));
        Assert.Equal([["Item", "Price", "Since"], ["Cream", "12.5", "2026-11-24"], ["", "0.3"]], read.Tables[0].Rows);
    }

    [Theory]
    [InlineData("Name,Amount\nLopez,\"1,250.00\"\n\"He said \"\"no\"\"\",7", "prices.csv")]
    [InlineData("Name;Amount\r\nLopez;1,250.00\r\n\"He said \"\"no\"\"\";7\r\n", "prices.dat")]
    [InlineData("Name\tAmount\nLopez\t1,250.00\n\"He said \"\"no\"\"\"\t7", "")]
    public async Task Csv_OfAnyDelimiter_IsATable(string text, string name)
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes(text), name);
        Assert.Equal(DocumentKind.Csv, read.Kind);
        Assert.Equal([["Name", "Amount"], ["Lopez", "1,250.00"], ["He said \"no\"", "7"]], Assert.Single(read.Tables).Rows);
    }

    [Fact]
    public async Task Html_IsReadAsPeopleReadIt()
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes(Samples.Page), "page.txt");
        Assert.Equal((DocumentKind.Html, "Visit notes\nFirst line\nsecond line\nItem\tPrice\nCream\t12.50\n- one\n- two"),
            (read.Kind, read.Text));
    }

    [Fact]
    public async Task Mail_IsReadWithItsHeadAndTheNamesOfItsFiles()
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes(Samples.Mail), "mail");
        Assert.Equal(DocumentKind.Eml, read.Kind);
        Assert.Equal(["invoice.pdf"], read.Attachments);
        Assert.Equal("""
            From: "Acme" <billing@acme.example>
            To: "Practice" <front@practice.example>
            Date: 2026-11-24 10:14 -06:00
            Subject: Invoice für Mai

            Please see the invoice.

            Attachments: invoice.pdf
            """, read.Text);
    }

    [Theory]
    [InlineData("Grüße", "windows-1252")]
    [InlineData("Grüße", "utf-8")]
    [InlineData("Grüße", "utf-16")]
    public async Task Text_OfUsualCharsets_IsRead(string text, string charset)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var read = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], "a.txt");
        Assert.Equal((DocumentKind.Text, text), (read.Kind, read.Text));
    }

    [Fact]
    public async Task Text_ThatIsTooLong_IsCutAndSaysSo()
    {
        var read = await ReadAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("äbc \"d\"\n", 200_000))), "a.txt");
        Assert.True(read.IsCut);
        Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(read.Text, Engine.Nodes.NodeJson.Options).Length,
            DocumentLimits.MaxText - 20, DocumentLimits.MaxText + 2);
    }

    private static async Task<DocumentText> ReadAsync(byte[] content, string name = "document", string type = "")
    {
        using var reader = new DocumentReader(TimeProvider.System);
        var answer = await reader.ReadAsync(content, name, type, default);
        Assert.True(answer.Has(out var read, out var problem), problem?.Message);
        return read;
    }
}
