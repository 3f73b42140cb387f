using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Makes the draft the active version. Errors of the validator refuse it; warnings do not. A workflow without changes keeps its version.
/// The first version turns a draft on; a paused workflow stays paused.
/// </summary>
internal sealed class PublishWorkflow(
    IStudioWriter writer, WorkflowValidator validator, ConnectionUse connections, ActiveWorkflows active, ScheduleKeeper schedules,
    TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    public async Task<Result<PublishedWorkflow>> RunAsync(
        Caller caller, Guid id, int revision, string note = "", CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        return await writer.WriteAsync(caller.Tenant.WorkspaceId, write => Publish(write, caller, id, revision, note), cancellationToken);
    }

    private Result<PublishedWorkflow> Publish(StudioWrite write, Caller caller, Guid id, int revision, string note)
    {
        if (!write.TryWorkflow(caller, id, Needs, out var row, out var refused)) return refused;
        if (row.DraftRevision != revision)
            return new OperationProblem.Conflict("draft_changed", "Somebody saved this workflow meanwhile. Reload to see it.");
        if (UnreadTexts.Problems(row) is { Count: > 0 } unread)
            return new OperationProblem.Invalid("The workflow has settings that cannot be read. Correct them, then publish it.", unread);
        if (row.DraftDefinition is not { } draft) return new PublishedWorkflow(row.ActiveNumber, row.ActiveSerial!.Value, row.Status);
        var definition = StoredDefinitions.Definition(draft);
        var errors = validator.ValidateToRun(definition, new WorkflowSelf(row.Id, row.Slug))
            .Where(p => p.Severity == ProblemSeverity.Error).ToList();
        if (errors.Count > 0) return new OperationProblem.Invalid("The workflow has errors. Correct them, then publish it.", errors);
        if (connections.Refuse(caller, write, row, definition) is { } unused) return unused;
        var text = StoredDefinitions.Text(definition);
        if (row.NewestSerial is { } newest && newest != row.ActiveSerial && write.VersionText(newest) == text)
            (row.ActiveSerial, row.ActiveNumber, row.DraftDefinition) = (newest, row.NewestNumber, null); // it has its number already
        else
            write.AddVersion(row, new WorkflowVersionRow
            {
                WorkflowId = id,
                Definition = text,
                EditorState = row.EditorState,
                AuthorId = caller.UserId,
                Note = note,
                CreatedAt = clock.GetUtcNow(),
            });
        row.Snapshot++;
        if (row.Status == WorkflowStatus.Draft) row.Status = WorkflowStatus.Active;
        row.Describe(definition);
        row.UpdatedAt = clock.GetUtcNow();
        schedules.Keep(write, row);
        write.Announce(row, WorkflowChange.Updated);
        write.AfterCommit(() => active.Forget(id));
        return new PublishedWorkflow(row.ActiveNumber, row.ActiveSerial!.Value, row.Status);
    }
}

/// <summary>The version that is active now.</summary>
internal sealed record PublishedWorkflow(int Version, long Serial, WorkflowStatus Status);
