using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// Reads documents of others. Each is read on a thread of its own that is left behind when it takes too long, so that what was made to hang
/// or break a library fails its step and nothing else. As many at once as the machine has cores: one that is left keeps its place until it
/// ends.
/// </summary>
public sealed class DocumentReader(TimeProvider clock) : IDisposable
{
    private const int StackBytes = 16 << 20;

    private readonly SemaphoreSlim places = new(Math.Clamp(Environment.ProcessorCount, 2, 8));

    /// <summary>
    /// The text of a document. Problems: <c>document_too_large</c>, <c>document_kind</c>, <c>document_locked</c>, <c>document_broken</c>,
    /// <c>document_no_text</c>, <c>document_bomb</c>, <c>document_too_slow</c>, and <c>documents_busy</c>, which may go better later.
    /// </summary>
    public Task<Answer<DocumentText>> ReadAsync(byte[] content, string name, string contentType, CancellationToken cancellationToken) =>
        ReadAsync(name, stop => Read(content, name, contentType, stop), cancellationToken);

    /// <summary>What is given as text.</summary>
    public static DocumentText Plain(string text)
    {
        var room = new TextRoom().Add(text.ReplaceLineEndings("\n"));
        return new DocumentText(DocumentKind.Text, room.ToString()) { IsCut = room.IsFull };
    }

    /// <summary>The answer for a document that is not even opened.</summary>
    public static Answer<DocumentText> TooLarge(string name, long size) => DocumentProblem.TooLarge(name, size);

    /// <summary>The same with what does the reading.</summary>
    internal async Task<Answer<DocumentText>> ReadAsync(
        string name, Func<CancellationToken, Answer<DocumentText>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new CancellationTokenSource(DocumentLimits.MaxTime, clock);
            using var turn = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await places.WaitAsync(turn.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DocumentProblem.Busy(name);
        }

        // from here on: who waited long for a turn has all the time for its document
        using var limit = new CancellationTokenSource(DocumentLimits.MaxTime, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // its own: the thread may still look at it when this method is over
        var stop = new CancellationTokenSource();
        var done = new TaskCompletionSource<Answer<DocumentText>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Work(name, read, done, stop.Token), StackBytes)
        { IsBackground = true, Name = "document", Priority = ThreadPriority.BelowNormal };
        thread.Start();
        try
        {
            return await done.Task.WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DocumentProblem.Slow(name);
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    public void Dispose() => places.Dispose();

    private void Work(string name, Func<CancellationToken, Answer<DocumentText>> read, TaskCompletionSource<Answer<DocumentText>> done,
        CancellationToken stop)
    {
        Answer<DocumentText> answer;
        try
        {
            answer = read(stop);
        }
        catch (DocumentRefusedException e)
        {
            answer = e.Problem;
        }
        catch (Exception e)
        {
            // libraries hide what ended them behind what they were doing
            answer = CauseOf(e) ?? DocumentProblem.Broken(name);
        }

        try
        {
            places.Release();
        }
        catch (ObjectDisposedException)
        {
            // the app has ended meanwhile
        }

        done.TrySetResult(answer);
    }

    private static ConnectorProblem? CauseOf(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            if (cause is DocumentRefusedException refused) return refused.Problem;
        return null;
    }

    private static Answer<DocumentText> Read(byte[] content, string name, string contentType, CancellationToken stop)
    {
        if (content.Length > DocumentLimits.MaxBytes) return DocumentProblem.TooLarge(name, content.Length);
        if (content.Length == 0) return DocumentProblem.Empty(name);
        if (!DocumentKinds.Of(content, name, contentType).Has(out var kind, out var problem)) return problem;
        if (kind is DocumentKind.Docx or DocumentKind.Xlsx) ZipGuard.Check(content, name, stop);
        var read = kind switch
        {
            DocumentKind.Pdf => PdfReading.Read(content, name, stop),
            DocumentKind.Docx => DocxReading.Read(content, stop),
            DocumentKind.Xlsx => XlsxReading.Read(content, stop),
            DocumentKind.Eml => MailReading.Read(content, name, stop),
            _ => OfText(content, kind, name, stop),
        };
        return read.Text.Length == 0 ? DocumentProblem.Empty(name) : read;
    }

    private static DocumentText OfText(byte[] content, DocumentKind kind, string name, CancellationToken stop)
    {
        DocumentKinds.TryText(content, out var text);
        if (kind == DocumentKind.Html) return HtmlReading.Read(text, name, stop);
        return kind == DocumentKind.Csv ? CsvReading.Read(text, name, stop) : Plain(text);
    }
}
