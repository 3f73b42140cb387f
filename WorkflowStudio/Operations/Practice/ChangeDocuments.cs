using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Puts documents in by hand, and changes what is said of any.</summary>
internal sealed class ChangeDocuments(DocumentDesk desk, ReadDocuments reading, WorkflowAccess access, StudioLimits limits)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>Puts one in.</summary>
    public async Task<Result<DocumentItem>> AddAsync(
        Caller caller, NewDocument file, Guid? contactId, Func<DocumentItem, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (file.Content.Length == 0) return ChangeRecords.Wrong([new("file", "The file is empty. Choose one with something in it.")]);
        if (file.Content.Length > ReadDocuments.MaxBytes)
            return ChangeRecords.Wrong([new("file", $"The file is larger than {ReadDocuments.MaxBytes >> 20} MiB.")]);
        var added = await desk.AddAsync(caller.Tenant, file, contactId, limits.DocumentBytes, answer, cancellationToken);
        return added.Has(out var item, out var problem) ? item : Refused(problem);
    }

    /// <summary>Changes its name, whom it is about, or the fields that stand in it.</summary>
    public async Task<Result<DocumentItem>> ChangeAsync(
        Caller caller, Guid id, DocumentChange change, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (change.Name is { } name && string.IsNullOrWhiteSpace(name))
            return ChangeRecords.Wrong([new("name", "A document has a name.")]);
        if (change.Fields?.GetRawText().Length > DocumentFacts.MaxFields)
            return ChangeRecords.Wrong([new("fields", $"The fields have at most {DocumentFacts.MaxFields} characters as JSON.")]);
        var done = await desk.ChangeAsync(await access.SeenAsync(caller, cancellationToken), id, change, cancellationToken);
        return done.Has(out _, out var problem) ? await reading.FindAsync(caller, id, cancellationToken) : Refused(problem);
    }

    private static OperationProblem Refused(ConnectorProblem problem) => problem.Code switch
    {
        "document_unknown" => new OperationProblem.NotFound("document"),
        "contact_unknown" => ChangeRecords.Wrong([new("contactId", problem.Message)]),
        _ => new OperationProblem.Conflict(problem.Code, problem.Message),
    };
}
