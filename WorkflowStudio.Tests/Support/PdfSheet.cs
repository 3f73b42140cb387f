using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace WorkflowStudio.Tests.Support;

/// <summary>A PDF made for a test: A4 pages, text at places in points from the upper left corner.</summary>
internal sealed class PdfSheet : IDisposable
{
    private readonly PdfDocumentBuilder builder = new();
    private readonly PdfDocumentBuilder.AddedFont font;
    private readonly PdfDocumentBuilder.AddedFont bold;
    private PdfPageBuilder page;

    public PdfSheet()
    {
        font = builder.AddStandard14Font(Standard14Font.Helvetica);
        bold = builder.AddStandard14Font(Standard14Font.HelveticaBold);
        page = builder.AddPage(PageSize.A4);
    }

    public static byte[] Of(Action<PdfSheet> write)
    {
        using var sheet = new PdfSheet();
        write(sheet);
        return sheet.builder.Build();
    }

    /// <summary>Text that begins at a place.</summary>
    public PdfSheet At(double x, double y, string text, double size = 10)
    {
        page.AddText(text, size, new PdfPoint(x, 842 - y), font);
        return this;
    }

    /// <summary>The same in bold.</summary>
    public PdfSheet Bold(double x, double y, string text, double size = 10)
    {
        page.AddText(text, size, new PdfPoint(x, 842 - y), bold);
        return this;
    }

    /// <summary>Text that ends at a place.</summary>
    public PdfSheet Right(double x, double y, string text, double size = 10)
    {
        var letters = page.MeasureText(text, size, new PdfPoint(0, 0), font);
        return At(x - letters[^1].EndBaseLine.X, y, text, size);
    }

    /// <summary>A row: each text at its place, those of a negative place end there.</summary>
    public PdfSheet Row(double y, params (double X, string Text)[] cells)
    {
        foreach (var (x, text) in cells)
        {
            if (text.Length == 0) continue;
            if (x < 0) Right(-x, y, text);
            else At(x, y, text);
        }

        return this;
    }

    public void Dispose() => builder.Dispose();

    public PdfSheet Next()
    {
        page = builder.AddPage(PageSize.A4);
        return this;
    }
}
