using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>A week of appointments within the opening hours.</summary>
public sealed partial class Calendar
{
    [Inject]
    private ReadCalendar Reading { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    // a week is looked at, not watched
    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var week = await WeekAsync(Query.Day);
        var isOver = week.Ok && Query.Day is null && week.Value.Plan.IsOver(Session.Format.Today);
        return isOver ? await WeekAsync(week.Value!.Monday.AddDays(7)) : week;
    }

    private async Task<Result<Shown>> WeekAsync(DateOnly? day)
    {
        var read = await Reading.WeekAsync(Session.Caller, day, Closing);
        return read.Ok ? new Shown(read.Value.Monday, CalendarPlan.Of(read.Value)) : read.Problem;
    }

    private void Turn(int days)
    {
        if (Facts is not null) Go(new CalendarQuery(Facts.Monday.AddDays(days)));
    }

    private Task Show(CalendarEntry entry) => Dialogs.OpenAsync<AppointmentCard>(
        entry.Contact.Name, DialogShape.Card,
        new() { [nameof(AppointmentCard.Entry)] = entry, [nameof(AppointmentCard.Session)] = Session });

    /// <summary>What the page shows: a week, and where everything of it stands.</summary>
    public sealed record Shown(DateOnly Monday, CalendarPlan Plan);
}
