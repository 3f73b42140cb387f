using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Shows single documents.</summary>
public sealed class ReadDocuments(DocumentQueries queries, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

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
