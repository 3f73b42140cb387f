using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Runs;

/// <summary>All runs of the environment, newest first, live on the first page.</summary>
public sealed partial class RunList : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private IReadOnlyList<(string Value, string Text)> workflows = [];
    private RunListPage? page;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ListRuns Runs { get; set; } = null!;

    [Inject]
    private LiveUpdates Updates { get; set; } = null!;

    [Inject]
    private ListWorkflows Workflows { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "status")]
    private string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "workflow")]
    private string? Workflow { get; set; }

    [SupplyParameterFromQuery(Name = "cause")]
    private string? Cause { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    private RunListQuery Query => new(Status, Workflow, Cause, Text, Before, Kind);

    // older pages stand still: what is new belongs on the first
    private bool Live => Query.BeforeId is null && Query.Kind is null && page is not null;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var all = await Workflows.RunAsync(Session.Caller, null, null, null, 0, ListWorkflows.MaxTake, closing.Token);
        workflows = all.Ok ? [.. all.Value.Items.Select(w => (ShownId.Workflow(w.Workflow.Id), w.Workflow.Name))] : [];
    }

    protected override Task OnParametersSetAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = Updates.FollowAsync(Session.Caller, LiveUpdates.Rows, changed => InvokeAsync(() => Refresh(changed)), closing.Token);
    }

    // only what has changed is read; after too much of it, the page
    private async Task Refresh(IReadOnlySet<Guid>? changed)
    {
        if (page is null) return;
        if (changed is null || changed.Count > ListRuns.PageLength)
        {
            if (Live) await Load();
        }
        else
        {
            var found = await Runs.FindAsync(Session.Caller, Query.ToFilter(), changed, closing.Token);
            if (found.Ok) Show(RunRows.Merge(page.Runs, changed, found.Value, Live, ListRuns.PageLength));
        }

        StateHasChanged();
    }

    private void Show(IReadOnlyList<RunLine> rows)
    {
        var pushedOut = page!.Runs.Count == ListRuns.PageLength && rows.Count > 0 && rows[^1].Id != page.Runs[^1].Id;
        page = page with { Runs = rows, Next = rows.Count > 0 && (page.Next is not null || pushedOut) ? rows[^1].Id : page.Next };
    }

    private async Task Load()
    {
        var read = await Runs.PageAsync(Session.Caller, Query.ToFilter(), Query.BeforeId, ListRuns.PageLength, closing.Token);
        (page, problem) = (read.Value, read.Problem?.Message);
    }

    private void Go(RunListQuery query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query.ToParameters()));

    private void Older()
    {
        if (page?.Next is { } next) Go(Query with { Before = ShownId.Run(next) });
    }
}
