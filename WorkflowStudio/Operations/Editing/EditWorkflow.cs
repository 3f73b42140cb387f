using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Integrations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Editing;

/// <summary>Everything the editor asks for, one use case each. The seam at which its tests stand in for the rest.</summary>
internal interface IEditWorkflow
{
    /// <summary>The workflow with its draft and the version that runs.</summary>
    Task<Result<EditedWorkflow>> OpenAsync(Caller caller, Guid id, CancellationToken cancellationToken);

    /// <summary>What the workflow can name outside of itself.</summary>
    Task<WorkflowSurroundings> SurroundingsAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>The data of the workflow's last run; null before the first, or when the caller may not see runs.</summary>
    Task<RunSample?> LastRunAsync(Caller caller, Guid id, CancellationToken cancellationToken);

    Task<Result<SavedDraft>> SaveAsync(Caller caller, Guid id, DraftWork work, CancellationToken cancellationToken);

    Task<Result<PublishedWorkflow>> PublishAsync(Caller caller, Guid id, int revision, CancellationToken cancellationToken);

    Task<Result<WorkflowFacts>> RenameAsync(Caller caller, Guid id, string name, string description, CancellationToken cancellationToken);

    /// <summary>Removes a draft that nobody has touched since it was made; any other stays.</summary>
    Task DiscardUntouchedAsync(Caller caller, Guid id, CancellationToken cancellationToken);

    /// <summary>Stores work that could not be saved as a workflow of its own.</summary>
    Task<Result<CreatedWorkflow>> CopyAsync(Caller caller, string name, DraftWork work, CancellationToken cancellationToken);

    /// <summary>Starts a run of the active version.</summary>
    Task<Result<Guid>> StartAsync(Caller caller, Guid id, JsonElement payload, CancellationToken cancellationToken);

    /// <summary>Tests the stored draft in the sandbox.</summary>
    Task<Result<Guid>> TestAsync(Caller caller, Guid id, DraftTest test, CancellationToken cancellationToken);

    /// <summary>The data of a test run; null when the caller may not see it.</summary>
    Task<RunSample?> TestRunAsync(Caller caller, Guid runId, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IEditWorkflow"/>
internal sealed class EditWorkflow(
    GetWorkflow get, WorkflowStore store, SaveDraft save, PublishWorkflow publish, RenameWorkflow rename, CreateWorkflow create,
    DiscardUntouched discard, StartRun start, TestDraft test,
    ListRuns runs, RunViews views, RunAccess runAccess, WorkflowAccess access, IConnections connections,
    ListIntegrations integrations, IScriptPermits scripts) : IEditWorkflow
{
    public async Task<Result<EditedWorkflow>> OpenAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var opened = await get.RunAsync(caller, id, cancellationToken);
        if (!opened.Ok) return opened.Problem;
        var row = await store.FindAsync(caller.Tenant, id, cancellationToken);
        var active = row?.ActiveSerial is { } serial ? await store.VersionAsync(serial, cancellationToken) : null;
        return new EditedWorkflow(opened.Value, active is null ? null : StoredDefinitions.Definition(active.Definition));
    }

    public async Task<WorkflowSurroundings> SurroundingsAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Permission.ViewWorkflows) is not null) return WorkflowSurroundings.None;
        var seen = await access.SeenAsync(caller, cancellationToken);
        var workflows = await store.NamesAsync(seen, WorkflowSurroundings.MostWorkflows, cancellationToken);
        var there = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var kind in (string[])[ConnectionKinds.Http, ConnectionKinds.WebhookSecret])
            there[kind] = caller.Refuse(Permission.UseConnections) is null
                ? await connections.NamesAsync(caller.Tenant, kind, cancellationToken)
                : [];
        var sent = await integrations.RunAsync(caller, null, cancellationToken);
        return new WorkflowSurroundings(workflows, there)
        {
            Integrations = sent.Ok ? [.. sent.Value.Select(i => new IntegrationName(i.Id, i.Name, i.Kind, i.WorkflowId))] : [],
            IsComplete = workflows.Count < WorkflowSurroundings.MostWorkflows,
            AllowsCode = await scripts.AllowsAsync(caller.Tenant.WorkspaceId, cancellationToken),
        };
    }

    public async Task<RunSample?> LastRunAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var page = await runs.PageAsync(caller, new RunFilter(WorkflowId: id), null, 1, cancellationToken);
        if (!page.Ok || page.Value.Runs is not [var newest, ..]) return null;
        return await views.ReadNewestAsync(caller.Tenant, newest.Id, cancellationToken) is { } view ? Sample(view) : null;
    }

    public Task<Result<SavedDraft>> SaveAsync(Caller caller, Guid id, DraftWork work, CancellationToken cancellationToken) =>
        save.RunAsync(caller, id, work, cancellationToken);

    public Task<Result<PublishedWorkflow>> PublishAsync(Caller caller, Guid id, int revision, CancellationToken cancellationToken) =>
        publish.RunAsync(caller, id, revision, "", cancellationToken);

    public Task<Result<WorkflowFacts>> RenameAsync(Caller caller, Guid id, string name, string description,
        CancellationToken cancellationToken) => rename.RunAsync(caller, id, name, description, cancellationToken);

    public Task DiscardUntouchedAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        discard.RunAsync(caller, id, cancellationToken);

    public Task<Result<CreatedWorkflow>> CopyAsync(Caller caller, string name, DraftWork work, CancellationToken cancellationToken) =>
        create.RunAsync(
            caller, new NewWorkflow(name, "", WorkflowStatus.Draft, work.Definition, work.Editor, "studio"), null, cancellationToken);

    public async Task<Result<Guid>> StartAsync(Caller caller, Guid id, JsonElement payload, CancellationToken cancellationToken)
    {
        var started = await start.RunAsync(caller, id, payload, "manual", null, cancellationToken);
        return started.Ok ? started.Value.RunId : started.Problem;
    }

    public async Task<Result<Guid>> TestAsync(Caller caller, Guid id, DraftTest wanted, CancellationToken cancellationToken)
    {
        var started = await test.RunAsync(caller, id, wanted, cancellationToken);
        return started.Ok ? started.Value.RunId : started.Problem;
    }

    public async Task<RunSample?> TestRunAsync(Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        var found = await runAccess.FindAsync(caller, runId, Permission.ViewRuns, cancellationToken: cancellationToken);
        if (found is not { Ok: true, Value.IsVeiled: false }) return null;
        return await views.ReadNewestAsync(caller.Sandbox, runId, cancellationToken) is { Header.IsTest: true } view ? Sample(view) : null;
    }

    private static RunSample Sample(RunView view)
    {
        var steps = view.Version.Definition.Nodes.Select(n => (n.Id, State: view.Step(n.Id))).Where(s => s.State.StartedAt is not null)
            .OrderByDescending(s => s.State.EndedSeq);
        return new RunSample(
            view.Header.Id, view.Header.CreatedAt, view.State.Payload,
            [.. steps.Select(s => new StepSample(s.Id, view.SettingsUsed(s.Id), s.State.Output, s.State.ErrorMessage))]);
    }
}

/// <summary>A workflow as the editor opens it.</summary>
/// <param name="Open">Names, draft, layout and revision.</param>
/// <param name="Published">The definition that runs; null before the first version.</param>
internal sealed record EditedWorkflow(OpenWorkflow Open, WorkflowDefinition? Published);
