using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Why a document cannot be read: cause, then remedy.</summary>
internal static class DocumentProblem
{
    public static ConnectorProblem TooLarge(string name, long size) => new("document_too_large",
        $"{name} has {size / (1 << 20)} MiB, and at most {DocumentLimits.MaxBytes >> 20} MiB are read. Send a smaller file.");

    public static ConnectorProblem Empty(string name) =>
        new("document_no_text", $"{name} is empty: nothing can be read. Send it again.");

    public static ConnectorProblem Unknown(string name, string what) => new("document_kind",
        $"{name} {what}, which cannot be read. Send it as PDF, DOCX, XLSX, CSV, TXT, HTML or EML.");

    public static ConnectorProblem Picture(string name) => new("document_no_text",
        $"{name} is a picture: it holds no text that could be read. Send the document as PDF with text, or let a scanner recognize it.");

    public static ConnectorProblem NoTextLayer(string name) => new("document_no_text",
        $"{name} holds pictures of pages and no text layer, so there is nothing to read. Send the PDF as it was written, or let a scanner "
        + "recognize its text first.");

    public static ConnectorProblem Locked(string name) => new("document_locked",
        $"{name} is protected by a password. Send it without one.");

    public static ConnectorProblem Broken(string name) => new("document_broken",
        $"{name} is damaged or not what its beginning says, so it cannot be read. Open it, save it anew and send it again.");

    public static ConnectorProblem Bomb(string name) => new("document_bomb",
        $"{name} holds far more than its size lets one think, packed or nested as in no usual document, so it was not read. Ask its "
        + "sender.");

    public static ConnectorProblem Slow(string name) => new("document_too_slow",
        $"{name} could not be read within {DocumentLimits.MaxTime.TotalSeconds:0} seconds. Send a simpler or shorter file.");

    public static ConnectorProblem Busy(string name) => new("documents_busy",
        $"Too many documents are being read, so {name} had no turn. Try again later.", true);
}

/// <summary>What is read says that it may not go on: the problem is the answer.</summary>
public sealed class DocumentRefusedException(ConnectorProblem problem) : Exception(problem.Message)
{
    /// <summary>Why.</summary>
    public ConnectorProblem Problem { get; } = problem;
}
