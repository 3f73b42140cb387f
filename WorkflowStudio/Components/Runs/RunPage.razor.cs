using Microsoft.AspNetCore.Components;
using Radzen;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Connectors.Approvals;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>One run: its graph with live statuses, its timeline, its log, and the data of each step.</summary>
public sealed partial class RunPage : IDisposable
{
    private const int MostAsked = 3;

    private readonly CancellationTokenSource closing = new();
    private readonly OneClick repeats = new();
    private RunWatch? run;
    private RunGraph? graph;
    private RunSurroundings around = RunSurroundings.None;
    private IReadOnlyList<ApprovalView> asked = [];
    private RunLogLines lines = null!;
    private RunStatus shown;
    private string? chosen;
    private string? opened;
    private string? problem;
    private string? refused;
    private Guid? unreadable;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private WatchRun Watch { get; set; } = null!;

    [Inject]
    private ControlRun Control { get; set; } = null!;

    [Inject]
    private RepeatRun Repeating { get; set; } = null!;

    [Inject]
    private Operations.Practice.Approvals Asking { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>The run's id in any of its forms.</summary>
    [Parameter]
    public string Key { get; set; } = "";

    private bool MayRun => Session.May(Permission.RunWorkflows);

    private bool MayDecide => Session.May(Permission.ManageData);

    private string? Hint => MayRun ? null : Session.Caller.Refuse(Permission.RunWorkflows)?.Message;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
        run?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (opened == Key) return;
        opened = Key;
        run?.Dispose();
        (run, chosen, asked, lines) = (null, null, [], new RunLogLines(Session.Format));
        var read = ShownId.TryRead(Key, out var id) ? await Watch.OpenAsync(Session.Caller, id, closing.Token) : new OperationProblem.NotFound("run");
        (run, problem, refused) = (read.Value, read.Problem?.Message, null);
        unreadable = read.Problem is OperationProblem.Conflict { ConflictCode: WatchRun.Unreadable } ? id : null;
        Take();
        await LookAround();
        await ReadAsked();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        try
        {
            // a page of its own for every run: when the address changes to another run, the old one ends and the loop takes the next
            while (run is { } watched)
            {
                _ = TickAsync(watched);
                await foreach (var _ in watched.ChangesAsync(closing.Token)) await InvokeAsync(ShowAsync);
                if (ReferenceEquals(watched, run)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // the page was closed
        }
    }

    // the line of "now" and the lengths of open stretches move on while nothing happens
    private async Task TickAsync(RunWatch watched)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token) && ReferenceEquals(watched, run) && !watched.State.IsFinal) await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException)
        {
            // the page was closed
        }
    }

    private async Task ShowAsync()
    {
        Take();
        if (run!.State.Status != shown) await LookAround();
        await ReadAsked();
        StateHasChanged();
        if (graph is not null) await graph.UpdateAsync();
    }

    // what belongs to it changes when it begins, starts others or ends
    private async Task LookAround()
    {
        if (run is not { } watched) return;
        shown = watched.State.Status;
        around = await watched.SurroundingsAsync(closing.Token);
    }

    // a run that asks nothing costs nothing
    private async Task ReadAsked()
    {
        if (run is not { } watched) return;
        IReadOnlyList<ApprovalView> open = [];
        if (MayDecide && !watched.State.IsFinal && RunWords.AsksApproval(watched))
        {
            var read = await Asking.OfRunAsync(Session.Caller, watched.Id, closing.Token);
            if (read.Ok) open = read.Value;
        }

        if (ReferenceEquals(run, watched)) asked = open;
    }

    private void Take()
    {
        if (run is not null) lines.Take(run);
    }

    private Task ReadEarlier() => lines.ExtendAsync(run!, closing.Token);

    private async Task Choose(string? step)
    {
        var resized = chosen is null != step is null;
        chosen = step;
        if (graph is null) return;
        await graph.SelectAsync(step);
        if (!resized) return;
        StateHasChanged(); // the panel takes its space first, then the graph is shown in the rest
        await graph.ShowAroundAsync(step);
    }
}
