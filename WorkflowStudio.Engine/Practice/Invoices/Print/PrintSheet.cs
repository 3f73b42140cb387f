using System.Text;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace WorkflowStudio.Engine.Practice.Invoices.Print;

/// <summary>
/// Pages that are written from the top down. Lengths are points, 72 to the inch; positions count from the upper left corner.
/// </summary>
internal sealed class PrintSheet : IDisposable
{
    private const double Margin = 54;
    private const double Foot = 72;

    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x1b, 0x1f, 0x27));
    private static readonly XBrush Faint = new XSolidBrush(XColor.FromArgb(0x5b, 0x63, 0x70));
    private static readonly XPen Line = new(XColor.FromArgb(0xd5, 0xd9, 0xdf), 0.75);

    private readonly PdfDocument document = new();
    private readonly PageSize size;
    private readonly List<(PdfPage Page, XGraphics Graphics)> pages = [];

    public PrintSheet(string title, DateTimeOffset made, bool isLetter)
    {
        size = isLetter ? PageSize.Letter : PageSize.A4;
        (document.Info.Title, document.Info.Creator) = (title, "WorkflowStudio");
        document.Info.CreationDate = made.UtcDateTime;
        Turn();
    }

    /// <summary>Where the next thing stands.</summary>
    public double Top { get; set; }

    /// <summary>The left edge of what is written.</summary>
    public static double Left => Margin;

    /// <summary>The right edge.</summary>
    public double Right => pages[^1].Page.Width.Point - Margin;

    private XGraphics Graphics => pages[^1].Graphics;

    private double Bottom => pages[^1].Page.Height.Point - Foot;

    /// <summary>Begins a page when so much does not fit on this one any more; whether it did.</summary>
    public bool Need(double height)
    {
        if (Top + height <= Bottom) return false;
        Turn();
        return true;
    }

    /// <summary>Writes one line from a place on, or up to it; answers its width. The top stays where it is.</summary>
    public double Write(string text, double at, double points, bool strong = false, bool faint = false, bool toLeft = false)
    {
        var pieces = PrintFonts.Pieces(text).Select(p => (p.Text, Font: PrintFonts.Font(p.Family, points, strong))).ToList();
        var width = pieces.Sum(p => Graphics.MeasureString(p.Text, p.Font).Width);
        var x = toLeft ? at - width : at;
        foreach (var (piece, font) in pieces)
        {
            Graphics.DrawString(piece, font, faint ? Faint : Ink, x, Top + points);
            x += Graphics.MeasureString(piece, font).Width;
        }

        return width;
    }

    /// <summary>Writes a text in as many lines as it takes, and moves below it.</summary>
    public void Paragraph(string text, double at, double width, double points, bool strong = false, bool faint = false)
    {
        foreach (var line in Lines(text, width, points, strong))
        {
            Need(points * 1.45);
            Write(line, at, points, strong, faint);
            Top += points * 1.45;
        }
    }

    /// <summary>A text in lines of a width at most; a word that is longer is cut.</summary>
    public IReadOnlyList<string> Lines(string text, double width, double points, bool strong = false)
    {
        var lines = new List<string>();
        foreach (var part in text.Split('\n'))
        {
            var line = "";
            foreach (var word in part.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Cut(w, width, points, strong)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && Width(longer, points, strong) > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else line = longer;
            }

            lines.Add(line);
        }

        return lines;
    }

    /// <summary>A line across the page.</summary>
    public void Rule()
    {
        Graphics.DrawLine(Line, Left, Top, Right, Top);
        Top += 8;
    }

    /// <summary>Makes what stands at a place lead to an address.</summary>
    public void Link(double at, double width, double height, string address) => pages[^1].Page.AddWebLink(
        new PdfRectangle(Graphics.Transformer.WorldToDefaultPage(new XRect(at, Top, width, height))), address);

    /// <summary>The file, each page with its number and what it belongs to.</summary>
    public byte[] ToBytes(string foot)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            var (page, graphics) = pages[i];
            var font = PrintFonts.Font("latin", 8, strong: false);
            var number = $"Page {i + 1} of {pages.Count}";
            var y = page.Height.Point - 40;
            graphics.DrawString(foot, font, Faint, Margin, y);
            graphics.DrawString(number, font, Faint, page.Width.Point - Margin - graphics.MeasureString(number, font).Width, y);
            graphics.Dispose();
        }

        using var stream = new MemoryStream();
        document.Save(stream);
        return stream.ToArray();
    }

    public void Dispose()
    {
        foreach (var (_, graphics) in pages) graphics.Dispose();
        document.Dispose();
    }

    private void Turn()
    {
        var page = document.AddPage();
        page.Size = size;
        pages.Add((page, XGraphics.FromPdfPage(page)));
        Top = Margin;
    }

    private double Width(string text, double points, bool strong) =>
        PrintFonts.Pieces(text).Sum(p => Graphics.MeasureString(p.Text, PrintFonts.Font(p.Family, points, strong)).Width);

    private IEnumerable<string> Cut(string word, double width, double points, bool strong)
    {
        if (Width(word, points, strong) <= width)
        {
            yield return word;
            yield break;
        }

        var part = new StringBuilder();
        foreach (var rune in word.EnumerateRunes())
        {
            if (part.Length > 0 && Width(part.ToString() + rune, points, strong) > width)
            {
                yield return part.ToString();
                part.Clear();
            }

            part.Append(rune.ToString());
        }

        if (part.Length > 0) yield return part.ToString();
    }
}
