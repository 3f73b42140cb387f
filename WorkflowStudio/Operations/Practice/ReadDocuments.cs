using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Shows documents, and what is in them.</summary>
public sealed class ReadDocuments(DocumentQueries queries, DocumentReader reader, WorkflowAccess access)
{
    /// <summary>The largest file that is put in by hand, in bytes: what steps can read.</summary>
    public const int MaxBytes = DocumentLimits.MaxBytes;

    private const int MaxTake = 100;

    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    /// <summary>One page, the last that came first.</summary>
    public async Task<Result<WorkflowPage<DocumentItem>>> PageAsync(
        Caller caller, DocumentFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        var (items, total) = await queries.PageAsync(
            await access.SeenAsync(caller, cancellationToken), filter, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake), cancellationToken);
        return new WorkflowPage<DocumentItem>(items, total);
    }

    /// <summary>The text of a document, read now.</summary>
    public async Task<Result<DocumentText>> TextAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var found = await ContentAsync(caller, id, cancellationToken);
        if (!found.Ok) return found.Problem;
        var (document, content) = found.Value;
        var read = await reader.ReadAsync(content, document.Name, document.ContentType, cancellationToken);
        return read.Has(out var text, out var problem) ? text : new OperationProblem.Conflict(problem.Code, problem.Message);
    }

    /// <summary>What is known of a document.</summary>
    public async Task<Result<DocumentItem>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await queries.FindAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is { } found
            ? found
            : new OperationProblem.NotFound("document");
    }

    /// <summary>The same with what is in it.</summary>
    public async Task<Result<(DocumentItem Document, byte[] Content)>> ContentAsync(
        Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.Ok) return found.Problem;
        return await queries.ContentAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken) is { } content
            ? (found.Value, content)
            : new OperationProblem.NotFound("document");
    }
}
