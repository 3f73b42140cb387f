using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Reads a workbook of Excel: each sheet that is shown is a table of values, formulas by what they came to.</summary>
internal static class XlsxReading
{
    private const int MostShared = 8_000_000;

    public static DocumentText Read(byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var document = SpreadsheetDocument.Open(stream, false);
        var book = document.WorkbookPart ?? throw new InvalidDataException("No workbook in it.");
        var shared = Shared(book, cancellationToken);
        var dates = new CellDates(book);
        var tables = new TableRoom();
        var sheets = (book.Workbook?.Sheets?.Elements<Sheet>() ?? [])
            .Where(s => s.State is null || s.State.Value == SheetStateValues.Visible).ToList();
        foreach (var sheet in sheets)
        {
            if (tables.IsFull) break;
            if (sheet.Id?.Value is not { } id || !book.TryGetPartById(id, out var part) || part is not WorksheetPart worksheet) continue;
            tables.Begin(sheet.Name?.Value ?? "", sheets.Count > 1);
            using var xml = PartXml.Read(worksheet);
            while (!tables.IsFull && xml.ReadToFollowing("row", xml.NamespaceURI.Length == 0 ? MainNamespace(xml) : xml.NamespaceURI))
            {
                cancellationToken.ThrowIfCancellationRequested();
                tables.Add(Row(xml, shared, dates, cancellationToken));
            }
        }

        return tables.Of(DocumentKind.Xlsx);
    }

    private static string MainNamespace(XmlReader xml)
    {
        xml.MoveToContent();
        return xml.NamespaceURI;
    }

    private static List<string> Row(XmlReader xml, List<string> shared, CellDates dates, CancellationToken cancellationToken)
    {
        var cells = new List<string>();
        if (xml.IsEmptyElement) return cells;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" }) continue;
            var at = Column(xml.GetAttribute("r")) ?? cells.Count;
            var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
            var value = Value(xml, type, style, shared, dates, cancellationToken);
            if (at >= DocumentLimits.MaxColumns) continue;
            while (cells.Count < at) cells.Add("");
            if (at == cells.Count) cells.Add(value);
            else cells[at] = value;
        }

        return cells;
    }

    private static string Value(
        XmlReader xml, string? type, string? style, List<string> shared, CellDates dates, CancellationToken cancellationToken)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, value, inline) = (xml.Depth, "", new StringBuilder());
        while (xml.Read() && xml.Depth > depth)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "v") value = PartXml.Text(xml);
            else if (xml.LocalName == "t" && inline.Length < DocumentLimits.MaxText) inline.Append(PartXml.Text(xml));
        }

        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < shared.Count ? shared[i] : "",
            "inlineStr" => inline.ToString(),
            "b" => value == "1" ? "true" : "false",
            "str" or "e" or "d" => value,
            _ => dates.Shown(value, style),
        };
    }

    // C7 is the third column
    private static int? Column(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (c is < 'A' or > 'Z') break;
            if (column > 20_000) return null;
            column = (column * 26) + (c - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }

    private static List<string> Shared(WorkbookPart book, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        if (book.SharedStringTablePart is not { } part) return texts;
        using var xml = PartXml.Read(part);
        var (text, size) = (new StringBuilder(), 0);
        while (size + text.Length < MostShared && xml.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                text.Clear();
                if (xml.IsEmptyElement) texts.Add("");
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh") xml.Skip(); // how it is spoken
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t") text.Append(PartXml.Text(xml));
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "si")
            {
                texts.Add(text.ToString());
                size += text.Length;
            }
        }

        return texts;
    }
}
