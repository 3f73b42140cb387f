using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Runs;

/// <summary>All runs of the environment, newest first, live on the first page.</summary>
public sealed partial class RunList
{
    private readonly ColumnChoice columns = new("runs", "Contact", "Started by", "Started", "Result");
    private IReadOnlyList<(string Value, string Text)> workflows = [];

    [Inject]
    private ListRuns Runs { get; set; } = null!;

    [Inject]
    private ListWorkflows Workflows { get; set; } = null!;

    protected override TimeSpan? Follows => LiveUpdates.Rows;

    // older pages stand still: what is new belongs on the first
    private bool Live => Query.Before is null && Query.Kind is null;

    protected override async Task OnInitializedAsync()
    {
        var filter = new WorkflowFilter(Take: ListWorkflows.MaxTake);
        var all = await StoreAway.TryAsync(() => Workflows.RunAsync(Session.Caller, filter, Closing));
        workflows = all.Ok ? [.. all.Value.Items.Select(w => (ShownId.Workflow(w.Workflow.Id), w.Workflow.Name))] : [];
    }

    protected override Task<Result<RunListPage>> ReadAsync() =>
        Runs.PageAsync(Session.Caller, Query.ToFilter(), Query.Before, ListRuns.PageLength, Closing);

    // only what has changed is read; after too much of it, the page
    protected override async Task<Result<RunListPage>> ReadChangesAsync(RunListPage shown, IReadOnlySet<Guid>? changed)
    {
        if (changed is null || changed.Count > ListRuns.PageLength) return Live ? await ReadAsync() : shown;
        var found = await Runs.FindAsync(Session.Caller, Query.ToFilter(), changed, Closing);
        return found.Ok ? RunRows.Merge(shown, changed, found.Value, Live, ListRuns.PageLength) : shown;
    }

    private void Older()
    {
        if (Facts?.Next is { } next) Go(Query with { Before = next });
    }
}
