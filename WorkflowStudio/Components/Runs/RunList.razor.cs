using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Runs;

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

    private RunListQuery Query => new(Status, Workflow, Cause, Text, Before);

    private bool Live => false;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        var read = await Runs.PageAsync(Session.Caller, Query.ToFilter(), Query.BeforeId, ListRuns.PageLength, closing.Token);
        (page, problem) = (read.Value, read.Problem?.Message);
    }

    private void Go(RunListQuery query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query.ToParameters()));

    private void Older()
    {
        if (page?.Next is { } next) Go(Query with { Before = Engine.Model.ShownId.Run(next) });
    }
}
