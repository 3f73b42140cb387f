using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Stores the editor's work. A draft may hold problems; they are answered, not refused, unless it is too large. Whoever started from an
/// older revision is told who saved meanwhile, and nothing is stored.
/// </summary>
internal sealed class SaveDraft(IStudioWriter writer, WorkflowValidator validator, DraftAuthors authors, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    public async Task<Result<SavedDraft>> RunAsync(Caller caller, Guid id, DraftWork work, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var problems = validator.Validate(work.Definition);
        if (problems.Any(WorkflowText.NotEvenAsDraft))
            return new OperationProblem.Invalid(
                "The workflow is too large to be stored.", [.. problems.Where(WorkflowText.NotEvenAsDraft)]);
        var definition = StoredDefinitions.Text(work.Definition);
        var editor = StoredDefinitions.Text(work.Editor);
        return await writer.WriteAsync<Result<SavedDraft>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (!write.TryWorkflow(caller, id, Needs, out var row, out var refused)) return refused;
                if (row.DraftRevision != work.Revision) return Conflict(row, caller.Name);
                row.DraftDefinition = write.ActiveDefinition(row) == definition ? null : definition;
                row.EditorState = editor;
                if (row.ActiveSerial is null) row.Describe(work.Definition);
                row.DraftRevision++;
                row.UpdatedAt = clock.GetUtcNow();
                var revision = row.DraftRevision;
                write.AfterCommit(() => authors.Note(id, revision, caller.Name));
                return new SavedDraft(revision, row.DraftDefinition is not null, problems);
            },
            cancellationToken);
    }

    private OperationProblem.Conflict Conflict(WorkflowRow row, string reader)
    {
        var author = authors.Of(row.Id, row.DraftRevision);
        var who = author == reader ? "You saved this workflow in another window" : $"{author} saved this workflow";
        return new("draft_changed", $"{who} meanwhile. Reload to see it; your changes are not saved.") { Since = row.UpdatedAt };
    }
}

/// <summary>What the editor wants to store, and the revision it started from.</summary>
internal sealed record DraftWork(int Revision, WorkflowDefinition Definition, EditorState Editor);

/// <summary>A draft that was stored.</summary>
/// <param name="Revision">The revision to name at the next save.</param>
/// <param name="HasDraft">Whether it differs from the active version.</param>
/// <param name="Problems">What the validator finds.</param>
internal sealed record SavedDraft(int Revision, bool HasDraft, IReadOnlyList<WorkflowProblem> Problems);
