using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Schedules;

namespace WorkflowStudio.Components.Schedules;

/// <summary>What starts by the clock: when next, what was missed, on or off; and one of them with its next ten times.</summary>
public sealed partial class Schedules : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly OneClick fires = new();
    private IReadOnlyList<ScheduleFacts>? list;
    private ScheduleDetail? chosen;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadSchedules Read { get; set; } = null!;

    [Inject]
    private SwitchSchedule SwitchOne { get; set; } = null!;

    [Inject]
    private FireSchedule FireOne { get; set; } = null!;

    [Inject]
    private LiveUpdates Updates { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "schedule")]
    private string? ScheduleId { get; set; }

    private bool MayManage => Session.May(Permission.ManageWorkflows);

    private string? Hint => Session.Caller.Refuse(Permission.ManageWorkflows)?.Message;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnParametersSetAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = Updates.FollowAsync(Session.Caller, LiveUpdates.Pages, _ => InvokeAsync(Refresh), closing.Token);
    }

    private async Task Refresh()
    {
        await Load();
        StateHasChanged();
    }

    private async Task Load()
    {
        var read = await Read.ListAsync(Session.Caller, closing.Token);
        (list, problem) = (read.Value, read.Problem?.Message);
        chosen = Guid.TryParse(ScheduleId, out var id) ? (await Read.OneAsync(Session.Caller, id, closing.Token)).Value : null;
    }

    private void Choose(Guid id) => Navigation.NavigateTo(Href(id));

    private string Href(Guid id) => Address(id);

    private string Address(Guid? id) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["schedule"] = id?.ToString() });

    private async Task Switch(ScheduleFacts schedule, bool on)
    {
        var done = await StoreAway.TryAsync(() => SwitchOne.RunAsync(Session.Caller, schedule.Id, on, CancellationToken.None));
        var said = on ? $"“{schedule.Workflow}” starts by the clock again" : $"“{schedule.Workflow}” no longer starts by the clock";
        Toasts.Tell(done.Problem, said, ("Undo", () => InvokeAsync(() => Switch(schedule, !on))));
        if (done.Problem is StoreAway || closing.IsCancellationRequested) return; // undone from another page
        await Load();
        StateHasChanged();
    }

    private Task Fire() => fires.RunAsync(FireNow);

    private async Task FireNow()
    {
        var started = await StoreAway.TryAsync(() => FireOne.RunAsync(Session.Caller, chosen!.Schedule.Id, closing.Token));
        Toasts.Tell(started.Problem, $"Started a run of “{chosen!.Schedule.Workflow}”");
        if (started.Ok) Navigation.NavigateTo(StudioUrls.Run(started.Value.RunId));
    }
}
