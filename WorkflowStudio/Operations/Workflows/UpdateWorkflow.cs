using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Changes a workflow from outside of the editor: its names, its status, its definition. A changed definition is a new version; what the
/// editor holds as a draft beside it stays. Errors of the validator refuse what is to run; then nothing is stored.
/// </summary>
internal sealed class UpdateWorkflow(
    IStudioWriter writer, WorkflowStore store, WorkflowValidator validator, ConnectionUse connections, ActiveWorkflows active,
    ScheduleKeeper schedules, WorkflowAccess access, Sharing sharing, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    private const int Tries = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly OperationProblem Busy = new OperationProblem.Conflict(
        "changed_meanwhile", "Others change this workflow all the time. Try again.");

    // who changes it elsewhere, in the editor or on another node, is met by trying
    private readonly WorkflowTurns turns = new();

    /// <summary>
    /// Reads the workflow, asks what is to become of it, and stores that unless somebody changed the workflow in between: then it begins
    /// anew.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The workflow.</param>
    /// <param name="change">What is to become of the workflow as it is; may be asked again.</param>
    /// <param name="tags">The tags of which the workflow has to have one (If-Match); null for any.</param>
    /// <param name="choice">The version that is changed.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<DefinedWorkflow>> RunAsync(
        Caller caller, Guid id, Func<DefinedWorkflow, Result<WorkflowUpdate>> change, IReadOnlyList<string>? tags = null,
        VersionChoice choice = VersionChoice.Active, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        if (await access.RefuseAsync(caller, id, Needs, "workflow", cancellationToken) is { } refused) return refused;
        using var turn = await turns.TakeAsync(id, LongestWait, cancellationToken);
        return turn is null ? Busy : await InTurnAsync(caller, id, change, tags, choice, cancellationToken);
    }

    private async Task<Result<DefinedWorkflow>> InTurnAsync(
        Caller caller, Guid id, Func<DefinedWorkflow, Result<WorkflowUpdate>> change, IReadOnlyList<string>? tags, VersionChoice choice,
        CancellationToken cancellationToken)
    {
        var seen = await access.SeenAsync(caller, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            if (await store.FindAsync(seen, id, cancellationToken) is not { } row) return new OperationProblem.NotFound("workflow");
            if (!(await access.RightsAsync(caller, row, cancellationToken)).Has(Needs)) return caller.LackingThere(Needs);
            var present = (await DefinedWorkflow.OfAsync(store, [row], choice, cancellationToken))[0];
            if (tags is not null && !tags.Contains(present.Tag)) return new OperationProblem.Stale("workflow");
            var wanted = change(present);
            if (!wanted.Ok) return wanted.Problem;
            if (wanted.Value == WorkflowUpdate.Nothing) return present;
            if (Check(row, present, wanted.Value) is { } problem) return problem;
            var changed = await writer.WriteAsync(
                caller.Tenant.WorkspaceId, write => Store(write, caller, present, wanted.Value), cancellationToken);
            if (changed is { } stored) return stored;
            if (tries == Tries) return Busy;
        }
    }

    private OperationProblem? Check(WorkflowRow row, DefinedWorkflow present, WorkflowUpdate update)
    {
        var errors = WorkflowText.Problems(update.Name ?? row.Name, update.Description ?? row.Description).ToList();
        var status = update.Status ?? row.Status;
        if (status == WorkflowStatus.Draft && row.ActiveSerial is not null)
            errors.Add(WorkflowProblem.Error(WorkflowProblemCodes.WrongField, "status", null,
                "The workflow has run already: its status can be active or paused, not draft any more."));
        if (update.Definition is not null || row.ActiveSerial is null)
        {
            var runs = update.Activates && status != WorkflowStatus.Draft;
            errors.AddRange(validator.ValidateToRun(update.Definition ?? present.Definition, new WorkflowSelf(row.Id, row.Slug))
                .Where(p => p.Severity == ProblemSeverity.Error && (runs || WorkflowText.NotEvenAsDraft(p))));
        }

        return errors.Count > 0 ? new OperationProblem.Invalid("The workflow cannot be stored as it is.", errors) : null;
    }

    // null when somebody changed it since it was read
    private Result<DefinedWorkflow>? Store(StudioWrite write, Caller caller, DefinedWorkflow present, WorkflowUpdate update)
    {
        if (!write.TryWorkflow(caller, present.Workflow.Id, Needs, out var row, out var refused)) return refused;
        if (row.Revision != present.Workflow.Revision) return null;
        if (update.Sharing is { IsEmpty: false } wish
            && (write.Refuse(caller, row, Permission.ShareWorkflows) ?? sharing.Apply(write, caller, row, wish)) is { } unshared)
            return unshared;
        if (update.Activates && (update.Status ?? row.Status) != WorkflowStatus.Draft
            && (update.Definition is not null || row.ActiveSerial is null)
            && connections.Refuse(caller, write, row, update.Definition ?? present.Definition) is { } unused) return unused;
        (row.Name, row.Description) = (update.Name?.Trim() ?? row.Name, update.Description ?? row.Description);
        (row.Status, row.Fields) = (update.Status ?? row.Status, update.Fields ?? row.Fields);
        if (update.Editor is { } editor) row.EditorState = StoredDefinitions.Text(editor);
        Define(write, caller, row, present, update);
        row.UpdatedAt = clock.GetUtcNow();
        schedules.Keep(write, row);
        write.Announce(row, WorkflowChange.Updated);
        write.Save(); // counts the revision that the answer names
        write.AfterCommit(() => active.Forget(row.Id));
        var changed = new DefinedWorkflow(WorkflowFacts.Of(row), update.Definition ?? present.Definition)
        { NextAt = write.NextFireOf(row) };
        write.Record(update.Answer?.Invoke(changed));
        return changed;
    }

    private void Define(StudioWrite write, Caller caller, WorkflowRow row, DefinedWorkflow present, WorkflowUpdate update)
    {
        var definition = update.Definition ?? present.Definition;
        var text = StoredDefinitions.Text(definition);
        var isChanged = text != StoredDefinitions.Text(present.Definition);
        var runs = update.Activates && row.Status != WorkflowStatus.Draft;
        if (isChanged && update.IsSnapshot) row.Snapshot++;
        if (!runs && update.Activates)
        {
            // a draft that has no number
            if (isChanged) (row.DraftDefinition, row.DraftRevision) = (text, row.DraftRevision + 1);
        }
        else if (isChanged || update.IsAlwaysNumbered || (runs && row.ActiveSerial is null))
        {
            write.AddVersionBeside(row, new WorkflowVersionRow
            {
                WorkflowId = row.Id,
                Definition = text,
                EditorState = row.EditorState,
                AuthorId = caller.UserId,
                CreatedAt = clock.GetUtcNow(),
            }, runs);
        }

        if (runs || row.ActiveSerial is null) row.Describe(definition);
    }
}

/// <summary>What is to become of a workflow; null leaves as it is.</summary>
internal sealed record WorkflowUpdate
{
    /// <summary>Everything stays as it is, the time of the last change too.</summary>
    public static WorkflowUpdate Nothing { get; } = new();

    public string? Name { get; init; }

    public string? Description { get; init; }

    public WorkflowStatus? Status { get; init; }

    public WorkflowDefinition? Definition { get; init; }

    /// <summary>The layout.</summary>
    public EditorState? Editor { get; init; }

    /// <summary>Who is to see it; needs the permission to share it, too.</summary>
    public SharingWish? Sharing { get; init; }

    /// <summary>What dialects keep beside the definition, of all dialects.</summary>
    public string? Fields { get; init; }

    /// <summary>Whether a changed definition counts as a snapshot: what a run does was changed.</summary>
    public bool IsSnapshot { get; init; } = true;

    /// <summary>Whether a new version runs from now on.</summary>
    public bool Activates { get; init; } = true;

    /// <summary>Makes the answer that is stored with the change, for requests with an Idempotency-Key.</summary>
    public Func<DefinedWorkflow, KeptAnswer?>? Answer { get; init; }

    /// <summary>Whether there is a new version also where the definition stays.</summary>
    public bool IsAlwaysNumbered { get; init; }
}
