using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>A week of appointments within the opening hours.</summary>
public sealed partial class Calendar : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private CalendarView? week;
    private CalendarPlan? plan;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadCalendar Reading { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Any day of the week that is shown.</summary>
    [SupplyParameterFromQuery(Name = "day")]
    private string? Day { get; set; }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        DateOnly? day = DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : null;
        await Read(day);
        if (day is null && week is not null && plan!.IsOver(Session.Format.Today)) await Read(week.Monday.AddDays(7));
    }

    private async Task Read(DateOnly? day)
    {
        var read = await Reading.WeekAsync(Session.Caller, day, closing.Token);
        (week, problem) = (read.Value, read.Problem?.Message);
        plan = week is null ? null : CalendarPlan.Of(week);
    }

    private void Go(int days)
    {
        if (week is not null) Navigation.NavigateTo($"{StudioUrls.Calendar}?day={week.Monday.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
    }

    private Task Show(CalendarEntry entry) => Dialogs.OpenAsync<AppointmentCard>(
        entry.Contact.Name, DialogShape.Card, new() { [nameof(AppointmentCard.Entry)] = entry, [nameof(AppointmentCard.Session)] = Session });
}
