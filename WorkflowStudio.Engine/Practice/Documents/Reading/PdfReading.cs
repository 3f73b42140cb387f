using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Exceptions;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Reads the text layer of a PDF, page by page, in the order in which people read it.</summary>
internal static class PdfReading
{
    // the library asks itself how deep it is; the thread it runs on has room for that
    private const int MaxDepth = 256;

    public static DocumentText Read(byte[] content, string name, CancellationToken cancellationToken)
    {
        var filters = new PdfFilters(content.Length, name, cancellationToken);
        var options = new ParsingOptions
        { UseLenientParsing = true, SkipMissingFonts = true, MaxStackDepth = MaxDepth, FilterProvider = filters };
        using var pdf = Open(content, name, options);
        new PdfForms(pdf, filters, name).Check();
        var room = new TextRoom();
        var pages = new List<DocumentPage>();
        for (var number = 1; number <= Math.Min(pdf.NumberOfPages, DocumentLimits.MaxPages) && !room.IsFull; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            filters.NextPage();
            if (pages.Count > 0) room.Add('\n');
            var from = room.Length;
            foreach (var line in PageLayout.Lines(Words(pdf, number), cancellationToken)) room.Add(line).Add('\n');
            if (filters.Refusal is { } refusal) throw refusal;
            pages.Add(new DocumentPage(number, room.From(from).TrimEnd()));
        }

        if (pages.TrueForAll(p => p.Text.Length == 0)) throw new DocumentRefusedException(DocumentProblem.NoTextLayer(name));
        return new DocumentText(DocumentKind.Pdf, room.ToString())
        { Pages = pages, IsCut = room.IsFull || pdf.NumberOfPages > DocumentLimits.MaxPages };
    }

    private static PdfDocument Open(byte[] content, string name, ParsingOptions options)
    {
        try
        {
            return PdfDocument.Open(content, options);
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new DocumentRefusedException(DocumentProblem.Locked(name));
        }
    }

    private static List<PlacedWord> Words(PdfDocument pdf, int number) =>
    [
        .. pdf.GetPage(number).GetWords(NearestNeighbourWordExtractor.Instance)
            .Where(w => !string.IsNullOrWhiteSpace(w.Text))
            .Select(w => new PlacedWord(w.Text, w.BoundingBox.Left, w.BoundingBox.Right, w.Letters[0].StartBaseLine.Y,
                Math.Max(1, w.Letters[0].PointSize))),
    ];
}
