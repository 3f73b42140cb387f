using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>An appointment, and what may be done with it: the answer is an <see cref="AppointmentWish"/>.</summary>
public sealed partial class AppointmentCard
{
    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public CalendarEntry Entry { get; set; } = null!;

    [Parameter]
    public bool MayChange { get; set; }

    private StatusLook Look => Entry.Status switch
    {
        AppointmentStatus.Visited => new("done", "check_circle", "Visited", Filled: true),
        AppointmentStatus.Canceled => new("skipped", "block", "Canceled"),
        AppointmentStatus.Missed => new("failed", "error", "Did not come", Filled: true),
        _ => new("running", "event_available", "Booked"),
    };

    private bool MayDo => MayChange && Entry.Status == AppointmentStatus.Booked;

    private void Answer(AppointmentWish wish) => Dialog.Close(DialogResult.Ok(wish));
}
