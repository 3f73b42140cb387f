using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.State;
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
    private RunWatch? followed;
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
    private IDialogService Dialogs { get; set; } = null!;

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
        var key = opened = Key;
        run?.Dispose();
        (run, chosen, asked, lines) = (null, null, [], new RunLogLines(Session.Format));
        var read = ShownId.TryRead(Key, out var id) ? await Watch.OpenAsync(Session.Caller, id, closing.Token) : new OperationProblem.NotFound("run");
        if (opened != key || closing.IsCancellationRequested)
        {
            read.Value?.Dispose(); // another run is wanted by now, or none
            return;
        }

        (run, problem, refused) = (read.Value, read.Problem?.Message, null);
        unreadable = read.Problem is OperationProblem.Conflict { ConflictCode: WatchRun.Unreadable } ? id : null;
        Take();
        await LookAround();
        await ReadAsked();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (run is not { } watched || ReferenceEquals(watched, followed)) return;
        followed = watched;
        _ = FollowAsync(watched, closing.Token);
        _ = TickAsync(watched, closing.Token);
    }

    // until it is disposed of, when the address changes to another run, or the page is closed
    private Task FollowAsync(RunWatch watched, CancellationToken token)
    {
        var isMissed = false;
        return Following.UntilClosedAsync(
            async () =>
            {
                if (isMissed) await InvokeAsync(() => ShowAsync(watched));
                isMissed = true;
                await foreach (var _ in watched.ChangesAsync(token)) await InvokeAsync(() => ShowAsync(watched));
            },
            Clock,
            token);
    }

    // the line of "now" and the lengths of open stretches move on while nothing happens
    private async Task TickAsync(RunWatch watched, CancellationToken token)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(token) && ReferenceEquals(watched, run) && !watched.State.IsFinal) await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException)
        {
            // the page was closed
        }
    }

    private async Task ShowAsync(RunWatch watched)
    {
        if (!ReferenceEquals(run, watched)) return;
        Take();
        if (watched.State.Status != shown) await LookAround();
        await ReadAsked();
        StateHasChanged();
        if (graph is not null) await graph.UpdateAsync();
    }

    // what belongs to it changes when it begins, starts others or ends
    private async Task LookAround()
    {
        if (run is not { } watched) return;
        var status = watched.State.Status;
        var found = await watched.SurroundingsAsync(closing.Token);
        if (ReferenceEquals(run, watched)) (shown, around) = (status, found);
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
