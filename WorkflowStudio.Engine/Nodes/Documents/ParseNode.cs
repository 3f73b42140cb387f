using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Documents.Reading;

namespace WorkflowStudio.Engine.Nodes.Documents;

/// <summary>Reads the text of a document.</summary>
[Step("parse", "Read a document", NodeGroup.Documents, "description", HasOutsideEffect = true,
    Does = "Reads the text of a document, with its pages or tables: PDF (its text layer), DOCX, XLSX, CSV, TXT, HTML and EML, found by "
        + "what is in it. At most 20 MiB, 500 pages and 30 seconds; a text of more than 480 KiB is cut, and truncated says so. Whoever "
        + "listens for document.processed is told.",
    Example = """{"document":"{{ $initialPayload.document_id }}"}""")]
public sealed class ParseNode(IDocuments documents, DocumentReader reader) : NodeType<ParseSettings, ParseOutput>
{
    private const int LongestToldText = 200_000;

    private static readonly NodeOutcome.Failed Nothing = new("no_document",
        "It is not known which document is meant: the data that started the run names none and has no text. Send a document_id or post a "
        + "file, or name the document in the step. (Setting: document)");

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(ParseSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var named = NamedDocument.In(settings.Document);
        if (named.Count == 0) named = NamedDocument.InPayload(input.Payload);
        if (named.Count == 0) return TextOf(input.Payload) is { } text ? Complete(Report(null, DocumentReader.Plain(text))) : Nothing;
        if (named.Count > 1)
            input.Log(NodeLogLevel.Warning, $"{named.Count} documents are named, and the first is read. A for-each reads all of them.");
        if (!NamedDocument.TryRead(named[0], out var id)
            || await documents.FindAsync(input.Run.Tenant, id, input.Run.WorkflowId, cancellationToken) is not { } document)
            return new NodeOutcome.Failed("document_not_found",
                $"There is no document {ShownText.Cut(named[0], 60)} here. See that its id is right and that it was not removed. "
                + "(Setting: document)");
        var answer = document.Content is { } content
            ? await reader.ReadAsync(content, document.Name, document.ContentType, cancellationToken)
            : DocumentReader.TooLarge(document.Name, document.Size);
        if (!answer.Has(out var read, out var problem)) return problem.AsFailure();
        var output = Report(document, read);
        input.Log(NodeLogLevel.Info, $"{document.Name}: {output.Characters} characters"
            + (output.Pages.Count > 0 ? $" on {output.Pages.Count} pages" : "") + (read.IsCut ? ", the beginning of what is in it" : ""));
        await documents.TellAsync(
            input.Run.Tenant, KnownEvents.DocumentProcessed, () => Told(document, output, input.Run), input.Source(":processed"),
            cancellationToken);
        return Complete(output);
    }

    private static string? TextOf(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("text", out var text)
            && text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString() : null;

    private static ParseOutput Report(StoredDocument? document, DocumentText read) => new()
    {
        DocumentId = document?.Id,
        FileName = document?.Name,
        Kind = read.Kind,
        Text = read.Text,
        Characters = read.Text.Length,
        Pages = [.. read.Pages.Select(p => new ParsedPage { Number = p.Number, Text = p.Text })],
        Tables = [.. read.Tables.Select(t => new ParsedTable { Name = t.Name, Rows = t.Rows })],
        Attachments = read.Attachments,
        Truncated = read.IsCut,
    };

    private static JsonElement Told(StoredDocument document, ParseOutput output, RunFacts run) => JsonSerializer.SerializeToElement(
        new
        {
            DocumentId = document.Id,
            FileName = document.Name,
            FileType = output.Kind,
            output.Characters,
            PageCount = output.Pages.Count,
            Truncated = output.Truncated || output.Text.Length > LongestToldText,
            Text = ShownText.Begin(output.Text, LongestToldText),
            run.RunId,
            run.WorkflowId,
        },
        NodeJson.Options);
}

/// <summary>The settings of <see cref="ParseNode"/>.</summary>
public sealed record ParseSettings
{
    /// <summary>Which document.</summary>
    [Setting("Document", Description = "The id of a document, or an expression that gives one or a posted file. Left empty: document_id "
        + "of the data that started the run, else the first file that was posted, else the text in its field text.")]
    public JsonElement Document { get; init; }
}

/// <summary>The output of <see cref="ParseNode"/>.</summary>
public sealed record ParseOutput
{
    [Setting("Document", Description = "Its id; missing where a text was given.")]
    public Guid? DocumentId { get; init; }

    [Setting("File name")]
    public string? FileName { get; init; }

    [Setting("Kind", Description = "What it is, by what is in it.")]
    public required DocumentKind Kind { get; init; }

    [Setting("Text", Description = "Its text, as people read it: cells of a row are apart by tabs.")]
    public required string Text { get; init; }

    [Setting("Characters", Description = "How long the text is.")]
    public required int Characters { get; init; }

    [Setting("Pages", Description = "The pages of a PDF.")]
    public required IReadOnlyList<ParsedPage> Pages { get; init; }

    [Setting("Tables", Description = "The sheets of a workbook, or the values of a CSV file.")]
    public required IReadOnlyList<ParsedTable> Tables { get; init; }

    [Setting("Attachments", Description = "The names of the files that a mail brings along.")]
    public required IReadOnlyList<string> Attachments { get; init; }

    [Setting("Truncated", Description = "Whether the document holds more than was read.")]
    public required bool Truncated { get; init; }
}

/// <summary>A page of a document.</summary>
public sealed record ParsedPage
{
    [Setting("Number")]
    public required int Number { get; init; }

    [Setting("Text")]
    public required string Text { get; init; }
}

/// <summary>A table of a document.</summary>
public sealed record ParsedTable
{
    [Setting("Name")]
    public required string Name { get; init; }

    [Setting("Rows", Description = "Lists of cells, each as it is shown.")]
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }
}
