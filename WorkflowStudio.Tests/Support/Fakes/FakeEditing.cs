using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>One stored workflow, as the editor sees it; saves are checked against its revision as the real ones are.</summary>
internal sealed class FakeEditing(Guid id, DateTimeOffset now) : IEditWorkflow
{
    public WorkflowDefinition Draft { get; set; } = WorkflowDefinition.Empty;

    public EditorState Editor { get; private set; } = EditorState.None;

    public WorkflowDefinition? Published { get; private set; }

    public int Revision { get; set; } = 1;

    public int Version { get; private set; }

    public int Saves { get; private set; }

    public string Name { get; private set; } = "Recall";

    public OperationProblem? Refusal { get; set; }

    /// <summary>Somebody has deleted the workflow.</summary>
    public bool Gone { get; set; }

    /// <summary>What every call that writes throws, as it does while the database is away.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What happens between the look at the draft and its storing.</summary>
    public Action? WhileSaving { get; set; }

    public List<string> Copies { get; } = [];

    public List<JsonElement> Runs { get; } = [];

    public List<DraftTest> Tests { get; } = [];

    public RunSample? Sample { get; set; }

    public WorkflowSurroundings Surroundings { get; set; } = WorkflowSurroundings.None;

    public Task<WorkflowSurroundings> SurroundingsAsync(Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(Surroundings);

    public Task<Result<Guid>> TestAsync(Caller caller, Guid workflowId, DraftTest test, CancellationToken cancellationToken)
    {
        if (Fault is not null) return Task.FromException<Result<Guid>>(Fault);
        Tests.Add(test);
        return Task.FromResult<Result<Guid>>(Guid.Parse("00000000-0000-0000-0000-0000000000d0"));
    }

    public Task<RunSample?> TestRunAsync(Caller caller, Guid runId, CancellationToken cancellationToken) => Task.FromResult(Sample);

    public Task<Result<EditedWorkflow>> OpenAsync(Caller caller, Guid workflowId, CancellationToken cancellationToken) =>
        Task.FromResult<Result<EditedWorkflow>>(
            workflowId == id && !Gone
                ? new EditedWorkflow(new OpenWorkflow(Facts(), Draft, Editor, Revision, []), Published)
                : new OperationProblem.NotFound("workflow"));

    public Task<RunSample?> LastRunAsync(Caller caller, Guid workflowId, CancellationToken cancellationToken) => Task.FromResult(Sample);

    public Task<Result<SavedDraft>> SaveAsync(Caller caller, Guid workflowId, DraftWork work, CancellationToken cancellationToken)
    {
        WhileSaving?.Invoke();
        if (Fault is not null) return Task.FromException<Result<SavedDraft>>(Fault);
        if (Refusal is not null) return Task.FromResult<Result<SavedDraft>>(Refusal);
        if (work.Revision != Revision)
        {
            var meanwhile = new OperationProblem.Conflict("draft_changed", "Priya saved this workflow.")
            { Since = DateTimeOffset.UnixEpoch };
            return Task.FromResult<Result<SavedDraft>>(meanwhile);
        }

        (Draft, Editor, Revision, Saves) = (work.Definition, work.Editor, Revision + 1, Saves + 1);
        return Task.FromResult<Result<SavedDraft>>(new SavedDraft(Revision, true, []));
    }

    public Task<Result<PublishedWorkflow>> PublishAsync(Caller caller, Guid workflowId, int revision, CancellationToken cancellationToken)
    {
        if (Fault is not null) return Task.FromException<Result<PublishedWorkflow>>(Fault);
        (Published, Version) = (Draft, Version + 1);
        return Task.FromResult<Result<PublishedWorkflow>>(new PublishedWorkflow(Version, Version, WorkflowStatus.Active));
    }

    public Task<Result<WorkflowFacts>> RenameAsync(
        Caller caller, Guid workflowId, string name, string description, CancellationToken cancellationToken)
    {
        if (Fault is not null) return Task.FromException<Result<WorkflowFacts>>(Fault);
        Name = name;
        return Task.FromResult<Result<WorkflowFacts>>(Facts());
    }

    public bool Discarded { get; private set; }

    public Task DiscardUntouchedAsync(Caller caller, Guid workflowId, CancellationToken cancellationToken)
    {
        if (Fault is not null) return Task.FromException(Fault);
        Discarded = true;
        return Task.CompletedTask;
    }

    public Task<Result<CreatedWorkflow>> CopyAsync(Caller caller, string name, DraftWork work, CancellationToken cancellationToken)
    {
        if (Fault is not null) return Task.FromException<Result<CreatedWorkflow>>(Fault);
        Copies.Add($"{name}: {string.Join(",", work.Definition.Nodes.Select(n => n.Id))}");
        return Task.FromResult<Result<CreatedWorkflow>>(
            new CreatedWorkflow(Guid.Parse("00000000-0000-0000-0000-0000000000c0"), "copy", 0, now)
            { Workflow = Facts(), Definition = work.Definition });
    }

    public Task<Result<Guid>> StartAsync(Caller caller, Guid workflowId, JsonElement payload, CancellationToken cancellationToken)
    {
        if (Fault is not null) return Task.FromException<Result<Guid>>(Fault);
        Runs.Add(payload);
        return Task.FromResult<Result<Guid>>(id);
    }

    private WorkflowFacts Facts() => new()
    {
        Id = id,
        Name = Name,
        Slug = "recall",
        Description = "",
        Status = Version == 0 ? WorkflowStatus.Draft : WorkflowStatus.Active,
        TriggerType = "manual",
        Origin = "studio",
        Version = Version,
        HasDraft = true,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
