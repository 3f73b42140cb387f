using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>The address under which other calendars follow this one: shown, made, made anew and taken away.</summary>
public sealed partial class CalendarLinkDialog : IDisposable
{
    private readonly Lifetime life = new();
    private CalendarLink? link;
    private string? problem;
    private bool read;
    private bool working;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private CalendarLinks Links { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    private bool MayChange => Session.May(CalendarLinks.NeedsToChange);

    public void Dispose() => life.Dispose();

    protected override Task OnInitializedAsync() => DoAsync(() => Links.FindAsync(Session.Caller, life.Token));

    private async Task DoAsync(Func<Task<Result<CalendarLinkView>>> what)
    {
        if (working) return;
        working = true;
        var came = await StoreAway.TryAsync(what);
        (working, problem) = (false, came.Problem?.Message);
        if (came.Ok) (link, read) = (came.Value.Link, true);
    }
}
