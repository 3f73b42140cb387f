namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>What was read of a document.</summary>
/// <param name="Kind">What it is, by what is in it.</param>
/// <param name="Text">Its text: a line each, cells of a row apart by tabs.</param>
public sealed record DocumentText(DocumentKind Kind, string Text)
{
    /// <summary>The pages, where it has any.</summary>
    public IReadOnlyList<DocumentPage> Pages { get; init; } = [];

    /// <summary>The tables of a workbook or of a file of values.</summary>
    public IReadOnlyList<DocumentTable> Tables { get; init; } = [];

    /// <summary>The names of the files that a mail brings along.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>Whether there was more than <see cref="DocumentLimits"/> allow: the beginning was read.</summary>
    public bool IsCut { get; init; }
}

/// <summary>A page.</summary>
public sealed record DocumentPage(int Number, string Text);

/// <summary>A table: rows of cells, as they are shown.</summary>
public sealed record DocumentTable(string Name, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>The kinds of documents that can be read.</summary>
public enum DocumentKind
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>PDF, by its text layer.</summary>
    Pdf,

    /// <summary>A text of Word.</summary>
    Docx,

    /// <summary>A workbook of Excel.</summary>
    Xlsx,

    /// <summary>Values apart by commas, semicolons or tabs.</summary>
    Csv,

    /// <summary>A web page.</summary>
    Html,

    /// <summary>A mail.</summary>
    Eml,
}

/// <summary>How much is read of a document. What costs more than that is refused, what is longer is cut.</summary>
public static class DocumentLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 20 << 20;

    /// <summary>How many pages are read.</summary>
    public const int MaxPages = 500;

    /// <summary>
    /// The longest text as it stands in JSON, in bytes: with its pages or tables, which hold it once more, it fits into the output of a
    /// step (1 MiB).
    /// </summary>
    public const int MaxText = 480 << 10;

    /// <summary>How many cells of a row are read.</summary>
    public const int MaxColumns = 200;

    /// <summary>The most that may come out of what is packed inside a document, in bytes.</summary>
    public const long MaxUnpacked = 256 << 20;

    /// <summary>The most that may come out of one packed part of a PDF, and of all that one page shows, in bytes.</summary>
    public const long MaxUnpackedOfPage = 16 << 20;

    /// <summary>How many times larger than the file may be what comes out of it, once that is more than <see cref="SurelyFine"/>.</summary>
    public const int MaxRatio = 150;

    /// <summary>What may come out of any file, in bytes.</summary>
    public const long SurelyFine = 16 << 20;

    /// <summary>How long one may be read.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);
}
