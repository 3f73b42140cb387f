using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using WorkflowStudio.Tests.Support;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace WorkflowStudio.Tests.Practice.Documents.Reading;

/// <summary>A document of every kind.</summary>
internal static class Samples
{
    public const string Mail = """
        From: Acme <billing@acme.example>
        To: Practice <front@practice.example>
        Subject: =?utf-8?q?Invoice_f=C3=BCr_Mai?=
        Date: Tue, 24 Nov 2026 10:14:00 -0600
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/html; charset=utf-8

        <p>Please see the <b>invoice</b>.</p><script>evil()</script>
        --b
        Content-Type: application/pdf; name=invoice.pdf
        Content-Disposition: attachment; filename="invoice.pdf"
        Content-Transfer-Encoding: base64

        JVBERg==
        --b--
        """;

    public const string Page = """
        <!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><h1>Visit
        notes</h1><p>First&nbsp;line<br>second <b>line</b></p><script>var x = "no";</script><p hidden>no</p>
        <p style="display: none">no</p><table><tr><th>Item</th><th>Price</th></tr><tr><td>Cream</td><td>12.50</td></tr></table>
        <ul><li>one</li><li>two</li></ul></body></html>
        """;

    public static byte[] Pdf() => PdfSheet.Of(s => s.At(50, 60, "Hello world").Next().At(50, 60, "The second page"));

    public static byte[] Docx()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            var table = new Word.Table(
                Row("Item", "Price"),
                Row("Cream", "12.50"));
            main.Document = new Word.Document(new Word.Body(
                Paragraph("Dear Maria,"), new Word.Paragraph(new Word.Run(new Word.Text("two"), new Word.Break(), new Word.Text("lines"))),
                table, Paragraph("Goodbye")));
        }

        return stream.ToArray();
    }

    public static byte[] Xlsx()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var styles = book.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = new Stylesheet(
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14 }));
            var shared = book.AddNewPart<SharedStringTablePart>();
            shared.SharedStringTable = new SharedStringTable(
                new SharedStringItem(new Text("Item")),
                new SharedStringItem(new Run(new Text("Cre")), new Run(new Text("am"))));
            book.Workbook = new Workbook(new Sheets());
            Sheet(book, "Prices", null,
                new Row(Cell("A1", "0", CellValues.SharedString), Inline("B1", "Price"), Inline("C1", "Since")),
                new Row(Cell("A2", "1", CellValues.SharedString), Cell("B2", "12.5", null), Cell("C2", "46350", null, 1)),
                new Row(Cell("B3", "0.30000000000000004", null)));
            Sheet(book, "Secret", SheetStateValues.Hidden, new Row(Inline("A1", "hidden")));
            Sheet(book, "More", null, new Row(Cell("A1", "1", CellValues.Boolean)));
        }

        return stream.ToArray();
    }

    /// <summary>An archive with these files.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }

        return stream.ToArray();
    }

    /// <summary>Packed as a PDF may be (ISO 32000-1, 7.4.4), with codes that grow a code early.</summary>
    public static byte[] Lzw(byte[] content)
    {
        var (packed, known, next, width, bits, held) = (new List<byte>(), new Dictionary<(int, byte), int>(), 258, 9, 0, 0);
        Write(256);
        var now = -1;
        foreach (var one in content)
        {
            if (now < 0) now = one;
            else if (known.TryGetValue((now, one), out var longer)) now = longer;
            else
            {
                Write(now);
                known[(now, one)] = next++;
                width = Width(next);
                now = one;
                if (next < 4095) continue;
                Write(256);
                known.Clear();
                (next, width) = (258, 9);
            }
        }

        if (now >= 0) Write(now);
        width = Width(next + (now < 0 ? 0 : 1));
        Write(257);
        if (held > 0) packed.Add((byte)(bits << (8 - held)));
        return [.. packed];

        static int Width(int next) => next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;

        void Write(int code)
        {
            (bits, held) = (((bits << width) | code) & 0xFFFFFF, held + width);
            for (; held >= 8; held -= 8) packed.Add((byte)(bits >> (held - 8)));
        }
    }

    /// <summary>A PDF of one page with a content stream that is stored as it is given, and other objects behind it.</summary>
    public static byte[] RawPdf(byte[] content, string contentKeys, string resources = "", params byte[][] more)
    {
        using var pdf = new MemoryStream();
        var offsets = new List<long>();
        Write("%PDF-1.7\n"u8);
        Object("<</Type/Catalog/Pages 2 0 R>>");
        Object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        Object($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>");
        Begin();
        Write(Encoding.ASCII.GetBytes($"<</Length {content.Length}{contentKeys}>>\nstream\n"));
        Write(content);
        Write("\nendstream\nendobj\n"u8);
        Object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        foreach (var one in more)
        {
            Begin();
            Write(one);
            Write("\nendobj\n"u8);
        }

        var start = pdf.Length;
        Write(Encoding.ASCII.GetBytes($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets) Write(Encoding.ASCII.GetBytes($"{offset:0000000000} 00000 n \n"));
        Write(Encoding.ASCII.GetBytes($"trailer<</Size {offsets.Count + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"));
        return pdf.ToArray();

        void Write(ReadOnlySpan<byte> bytes) => pdf.Write(bytes);

        void Begin()
        {
            offsets.Add(pdf.Length);
            Write(Encoding.ASCII.GetBytes($"{offsets.Count} 0 obj\n"));
        }

        void Object(string text)
        {
            Begin();
            Write(Encoding.ASCII.GetBytes(text + "\nendobj\n"));
        }
    }

    /// <summary>Bytes packed as FlateDecode has them.</summary>
    public static byte[] Deflated(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var packed = new ZLibStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)) packed.Write(content);
        return stream.ToArray();
    }

    private static Word.Paragraph Paragraph(string text) => new(new Word.Run(new Word.Text(text)));

    private static Word.TableRow Row(params string[] cells) => new(cells.Select(c => new Word.TableCell(Paragraph(c))));

    private static Cell Cell(string at, string value, CellValues? type, uint style = 0)
    {
        var cell = new Cell { CellReference = at, CellValue = new CellValue(value), StyleIndex = style };
        if (type is { } known) cell.DataType = known;
        return cell;
    }

    private static Cell Inline(string at, string text) => new()
    { CellReference = at, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    private static void Sheet(WorkbookPart book, string name, SheetStateValues? state, params Row[] rows)
    {
        var part = book.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetData(rows));
        var sheets = book.Workbook!.Sheets!;
        var sheet = new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)sheets.Count() + 1, Name = name };
        if (state is { } hidden) sheet.State = hidden;
        sheets.Append(sheet);
    }
}
