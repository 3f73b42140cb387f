using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Schedules;

namespace WorkflowStudio.Components.Schedules;

/// <summary>What starts by the clock: when next, what was missed, on or off; and one of them with its next ten times.</summary>
public sealed partial class Schedules
{
    private readonly OneClick fires = new();

    [Inject]
    private ReadSchedules Read { get; set; } = null!;

    [Inject]
    private SwitchSchedule SwitchOne { get; set; } = null!;

    [Inject]
    private FireSchedule FireOne { get; set; } = null!;

    private bool MayManage => Session.May(Permission.ManageSchedules);

    private string? Hint => Session.Hint(Permission.ManageSchedules);

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var list = await Read.ListAsync(Session.Caller, Closing);
        if (!list.Ok) return list.Problem;
        return new Shown(list.Value, Query.Schedule is { } id ? (await Read.OneAsync(Session.Caller, id, Closing)).Value : null);
    }

    private Task Switch(ScheduleFacts schedule, bool on) => DoAsync(
        () => SwitchOne.RunAsync(Session.Caller, schedule.Id, on, CancellationToken.None),
        on ? $"“{schedule.Workflow}” starts by the clock again" : $"“{schedule.Workflow}” no longer starts by the clock",
        () => Switch(schedule, !on));

    private Task Fire(ScheduleFacts schedule) => fires.RunAsync(async () =>
    {
        var started = await StoreAway.TryAsync(() => FireOne.RunAsync(Session.Caller, schedule.Id, Closing));
        Toasts.Tell(started.Problem, $"Started a run of “{schedule.Workflow}”");
        if (started.Ok) Navigation.NavigateTo(StudioUrls.Run(started.Value.RunId));
    });

    /// <summary>What the page shows: all schedules, and the one that is open.</summary>
    public sealed record Shown(IReadOnlyList<ScheduleFacts> List, ScheduleDetail? Chosen);
}
