using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Runs.Desk;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>
/// One run: its graph with live statuses, its timeline, its log, and the data of each step. Draws a <see cref="RunDesk"/>, and asks before
/// what cannot be undone.
/// </summary>
public sealed partial class RunPage : IDisposable
{
    private const int MostAsked = 3;

    private RunDesk desk = null!;
    private RunDesk? followed;
    private RunGraph? graph;
    private string? opened;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private RunDesks Desks { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <summary>The run's id in any of its forms.</summary>
    [Parameter]
    public string Key { get; set; } = "";

    public void Dispose() => desk?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (opened == Key) return;
        opened = Key;
        desk?.Dispose();
        desk = Desks.For(Session);
        await desk.OpenAsync(Key);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (desk is not { Run: not null } drawn || ReferenceEquals(drawn, followed)) return;
        followed = drawn;
        _ = drawn.FollowAsync(() => InvokeAsync(() => ShowAsync(drawn)));
        _ = drawn.TickAsync(() => InvokeAsync(StateHasChanged));
        _ = drawn.StayAsync(() => InvokeAsync(StateHasChanged));
    }

    private async Task ShowAsync(RunDesk changed)
    {
        await changed.TakeAsync();
        if (!ReferenceEquals(changed, desk)) return;
        StateHasChanged();
        if (graph is not null) await graph.UpdateAsync();
    }

    private async Task Choose(string? step)
    {
        var resized = desk.Choose(step);
        if (graph is null) return;
        await graph.SelectAsync(step);
        if (!resized) return;
        StateHasChanged(); // the panel takes its space first, then the graph is shown in the rest
        await graph.ShowAroundAsync(step);
    }

    private async Task Wake(string? step)
    {
        const string Question = "Stop waiting and go on now?";
        if (desk.LostByWaking(step) is not { } lost
            || await ConfirmAsync(Question, $"{lost} This cannot be undone.", "Let it wait", "Wake now"))
            await desk.WakeAsync(step);
    }

    private async Task Cancel(string question)
    {
        const string Text = "Steps that have not run yet will not run. What is done stays done. This cannot be undone.";
        if (await ConfirmAsync(question, Text, "Keep it running", "Cancel run")) await desk.CancelAsync();
    }

    private Task<bool> ConfirmAsync(string question, string text, string keep, string proceed) =>
        Confirm.AskAsync(Dialogs, question, text, keep, proceed);

    private async Task Retry() => Open(await desk.RetryAsync());

    private async Task RetryIteration(int index) => Open(await desk.RetryIterationAsync(index));

    private async Task Again()
    {
        var run = desk.Run!;
        var parameters = new DialogParameters
        {
            [nameof(RunAgainDialog.Payload)] = run.State.Payload, [nameof(RunAgainDialog.Version)] = run.Version,
        };
        var choice = await Dialogs.OpenAsync<RunAgainDialog>("Run again", DialogShape.Form, parameters);
        if (choice is RunAgainDialog.AgainChoice chosen) Open(await desk.AgainAsync(new RunAgain(chosen.Payload, chosen.SameVersion)));
    }

    // the new run is what one wants to see next; it leads back here
    private void Open(Guid? made)
    {
        if (made is { } run) Navigation.NavigateTo(StudioUrls.Run(run));
    }
}
