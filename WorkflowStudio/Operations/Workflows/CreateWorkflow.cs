using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Makes a workflow. As a draft it may be unfinished, but not too large; to be active or paused it gets its first version, and errors of
/// the validator refuse it: then nothing is stored.
/// </summary>
internal sealed class CreateWorkflow(
    IStudioWriter writer, WorkflowValidator validator, ConnectionUse connections, ScheduleKeeper schedules, Sharing sharing, IdFactory ids,
    TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    public async Task<Result<CreatedWorkflow>> RunAsync(
        Caller caller, NewWorkflow workflow, Func<CreatedWorkflow, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var errors = WorkflowText.Problems(workflow.Name, workflow.Description).ToList();
        var wrong = validator.ValidateToRun(workflow.Definition).Where(p => p.Severity == ProblemSeverity.Error).ToList();
        errors.AddRange(wrong.Where(p => workflow.Status != WorkflowStatus.Draft || WorkflowText.NotEvenAsDraft(p)));
        if (errors.Count > 0) return new OperationProblem.Invalid("The workflow cannot be stored as it is.", errors);
        // of a draft it is asked when it is published
        if (workflow.Status != WorkflowStatus.Draft && connections.Refuse(caller, workflow.Definition) is { } unused) return unused;
        var row = Row(caller, workflow);
        return await writer.WriteAsync<Result<CreatedWorkflow>>(
            caller.Tenant.WorkspaceId, write => Store(write, caller, workflow, row, wrong, answer), cancellationToken);
    }

    private WorkflowRow Row(Caller caller, NewWorkflow workflow) => new()
    {
        Id = ids.New(),
        WorkspaceId = caller.Tenant.WorkspaceId,
        Environment = caller.Tenant.Environment,
        Slug = WorkflowText.Slug(workflow.Name),
        Name = workflow.Name.Trim(),
        Description = workflow.Description,
        Status = workflow.Status,
        OwnerId = caller.UserId ?? caller.MakerId,
        OwnerKeyId = caller.KeyId,
        Origin = workflow.Origin,
        TriggerType = workflow.Definition.Trigger.Type,
        EditorState = StoredDefinitions.Text(workflow.Editor),
        Fields = workflow.Fields,
        DraftRevision = 1,
        CreatedAt = clock.GetUtcNow(),
        UpdatedAt = clock.GetUtcNow(),
    };

    private Result<CreatedWorkflow> Store(StudioWrite write, Caller caller, NewWorkflow workflow, WorkflowRow row,
        IReadOnlyList<WorkflowProblem> errors, Func<CreatedWorkflow, KeptAnswer?>? answer)
    {
        var definition = StoredDefinitions.Text(workflow.Definition);
        row.Slug = write.FreeSlug(caller.Tenant, WorkflowText.Slug(workflow.Name));
        (row.DraftDefinition, row.ActiveSerial, row.ActiveNumber) = (definition, null, 0);
        row.Visibility = workflow.Origin == NewWorkflow.Studio && WorkspaceStore.Find(write, row.WorkspaceId) is { } workspace
            ? workspace.DefaultVisibility
            : WorkflowVisibility.Tenant;
        if (sharing.Make(write, caller, row, workflow.Sharing) is { } unknown) return unknown;
        write.AddWorkflow(row);
        row.Snapshot = 1;
        row.Describe(workflow.Definition);
        if (workflow.Status != WorkflowStatus.Draft || workflow.IsNumbered)
        {
            var version = new WorkflowVersionRow
            {
                WorkflowId = row.Id,
                Definition = definition,
                EditorState = row.EditorState,
                AuthorId = caller.UserId,
                CreatedAt = row.CreatedAt,
            };
            if (workflow.Status != WorkflowStatus.Draft) write.AddVersion(row, version);
            else write.AddVersionBeside(row, version, activate: false);
        }

        schedules.Keep(write, row);
        write.Announce(row, WorkflowChange.Created);
        write.Save(); // counts the revision that the answer names
        var created = new CreatedWorkflow(row.Id, row.Slug, row.ActiveNumber, row.CreatedAt)
        { Errors = errors, Workflow = WorkflowFacts.Of(row), Definition = workflow.Definition, NextAt = write.NextFireOf(row) };
        write.Record(answer?.Invoke(created));
        return created;
    }
}

/// <summary>A workflow to be made.</summary>
internal sealed record NewWorkflow(
    string Name, string Description, WorkflowStatus Status, WorkflowDefinition Definition, EditorState Editor, string Origin)
{
    /// <summary>The origin of what is made in the studio.</summary>
    public const string Studio = "studio";

    /// <summary>Who sees it; null for the default: the workspace's in the studio, everybody by the API.</summary>
    public WorkflowVisibility? Visibility { get; init; }

    /// <summary>The users it is granted to; null for nobody.</summary>
    public IReadOnlyList<Guid>? SharedUserIds { get; init; }

    /// <summary>The roles it is granted to; null for none.</summary>
    public IReadOnlyList<Guid>? SharedRoleIds { get; init; }

    internal SharingWish Sharing => new(Visibility, SharedUserIds, SharedRoleIds);

    /// <summary>What dialects keep beside the definition (<see cref="WorkflowFacts.Fields"/>).</summary>
    public string Fields { get; init; } = "{}";

    /// <summary>Whether a draft gets a number at once: of a dialect that numbers what does not run.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>An empty draft of the studio.</summary>
    public static NewWorkflow Draft(string name) =>
        new(name, "", WorkflowStatus.Draft, WorkflowDefinition.Empty, EditorState.None, Studio);
}

/// <summary>A workflow that was made. <paramref name="Version"/> is 0 for a draft.</summary>
internal sealed record CreatedWorkflow(Guid Id, string Slug, int Version, DateTimeOffset CreatedAt)
{
    /// <summary>What keeps a draft from being published; empty for what has a version.</summary>
    public IReadOnlyList<WorkflowProblem> Errors { get; init; } = [];

    public required WorkflowFacts Workflow { get; init; }

    public required WorkflowDefinition Definition { get; init; }

    /// <summary>When its schedule starts it first; null where nothing does.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The same as it is read later.</summary>
    public DefinedWorkflow Defined => new(Workflow, Definition) { NextAt = NextAt };
}
