using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Reads a text of Word: its headers, its text in the order of reading, its footers. Rows of tables are lines.</summary>
internal static class DocxReading
{
    // the main namespace of WordprocessingML, and the one of its strict form (ISO/IEC 29500)
    private const string Transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    public static DocumentText Read(byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var document = WordprocessingDocument.Open(stream, false);
        var room = new TextRoom();
        var main = document.MainDocumentPart ?? throw new InvalidDataException("No text in it.");
        foreach (var part in main.HeaderParts.Cast<OpenXmlPart>().Append(main).Concat(main.FooterParts))
            Write(part, room, cancellationToken);
        return new DocumentText(DocumentKind.Docx, room.ToString()) { IsCut = room.IsFull };
    }

    private static void Write(OpenXmlPart part, TextRoom room, CancellationToken cancellationToken)
    {
        using var xml = PartXml.Read(part);
        var cells = 0;
        while (!room.IsFull && xml.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            // the same once more, for programs that do not know the newer form
            while (xml is { NodeType: XmlNodeType.Element, LocalName: "Fallback" }) xml.Skip();
            if (xml.NamespaceURI is not (Transitional or Strict)) continue;
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (xml.LocalName == "t") room.Add(PartXml.Text(xml));
                else if (xml.LocalName is "tab" && xml.Depth > 0 && !xml.HasAttributes) room.Add('\t');
                else if (xml.LocalName is "br" or "cr") room.Add('\n');
                else if (xml.LocalName == "noBreakHyphen") room.Add('-');
                else if (xml is { LocalName: "tc", IsEmptyElement: false }) cells++;
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                if (xml.LocalName == "tr") room.EndLine();
                else if (xml.LocalName == "tc")
                {
                    cells--;
                    room.TrimEnd();
                    room.Add('\t');
                }
                // paragraphs of one cell stay in its line
                else if (xml.LocalName == "p") EndParagraph(room, cells > 0);
            }
        }

        room.EndLine();
    }

    private static void EndParagraph(TextRoom room, bool isInCell)
    {
        if (!isInCell) room.EndLine();
        else if (room.Last is not ('\n' or '\t' or ' ')) room.Add(' ');
    }
}

/// <summary>The XML of a part of a package, read from front to back.</summary>
internal static class PartXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
        CloseInput = true, MaxCharactersInDocument = DocumentLimits.MaxUnpacked,
    };

    public static XmlReader Read(OpenXmlPart part) => XmlReader.Create(part.GetStream(FileMode.Open, FileAccess.Read), Settings);

    /// <summary>The text of the element at which the reader stands, which it then has behind it up to its end.</summary>
    public static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, text) = (xml.Depth, new System.Text.StringBuilder());
        while (xml.Read() && xml.Depth > depth)
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                text.Append(xml.Value);
        return text.ToString();
    }
}
