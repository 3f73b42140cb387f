using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Practice.Records;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Tables;
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

    [Inject]
    private ChangeRecords Changing { get; set; } = null!;

    [Inject]
    private ReadRecords Records { get; set; } = null!;

    private PracticeTable Table => field ??= Records.Table("appointments")!;

    private bool MayChange => Session.May(ChangeRecords.Needs);

    // the first day of the week that is shown on which somebody can still come
    private DateOnly FirstDay => Facts is { Monday: var monday } && monday > Session.Format.Today ? monday : Session.Format.Today;

    private List<PopMenu.PopItem> Menu
    {
        get
        {
            List<PopMenu.PopItem> items =
            [
                new(StudioUrls.AppointmentTypes, "Appointment types", "list_alt"),
                new(StudioUrls.OpeningHours, "Opening hours", "schedule"),
                new("follow", "Follow from other calendars", "link"),
            ];
            if (MayChange) items.Add(new("import", "Import", "upload"));
            if (Session.May(ExportRecords.Needs)) items.Add(new("export", "Export", "download"));
            return items;
        }
    }

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

    private async Task Show(CalendarEntry entry)
    {
        var parameters = new DialogParameters
        {
            [nameof(AppointmentCard.Entry)] = entry, [nameof(AppointmentCard.Session)] = Session,
            [nameof(AppointmentCard.MayChange)] = MayChange,
        };
        switch (await Dialogs.OpenAsync<AppointmentCard>(entry.Contact.Name, DialogShape.Card, parameters))
        {
            case AppointmentWish.Move: await AskAsync(entry); break;
            case AppointmentWish.CallOff: await CallOffAsync(entry); break;
            case AppointmentWish.Came: await NoteAsync(entry, AppointmentStatus.Visited, "Noted that the client came"); break;
            case AppointmentWish.Missed: await NoteAsync(entry, AppointmentStatus.Missed, "Noted that the client did not come"); break;
        }
    }

    private Task BookAsync() => AskAsync(null);

    private Task AskAsync(CalendarEntry? moved) => Dialogs.OpenAsync<AppointmentDialog>(
        moved is null ? "Book an appointment" : $"Move {moved.Contact.Name}", DialogShape.Form, new()
        {
            [nameof(AppointmentDialog.Session)] = Session, [nameof(AppointmentDialog.Moved)] = moved,
            [nameof(AppointmentDialog.Day)] = moved is null ? FirstDay : Session.Format.DayOf(moved.StartsAt),
            [nameof(AppointmentDialog.Save)] = (Func<IReadOnlyDictionary<string, object?>, Task<Result<PracticeRecord>>>)(values =>
                StoreAsync(moved, values)),
        });

    // what stood against it is said in the dialog, which stays
    private async Task<Result<PracticeRecord>> StoreAsync(CalendarEntry? moved, IReadOnlyDictionary<string, object?> values)
    {
        var came = await StoreAway.TryAsync(() => moved is null ? Changing.AddAsync(Session.Caller, Table, values, null, Closing)
            : Changing.ChangeAsync(Session.Caller, Table, moved.Id, values, moved.Revision, Closing));
        if (came.Ok) Toasts.Done(moved is null ? "Booked" : "Moved");
        if (came.Ok || came.Problem is OperationProblem.Conflict) await LoadAsync();
        return came;
    }

    private async Task CallOffAsync(CalendarEntry entry)
    {
        var text = $"{Session.Format.Weekday(Session.Format.DayOf(entry.StartsAt))}, {Session.Format.Time(entry.StartsAt)} is free again "
            + "then. The client is told only where a workflow listens for it.";
        if (await Dialogs.OpenAsync<CallOffDialog>(
            $"Call off {entry.Contact.Name}?", DialogShape.Question, new() { [nameof(CallOffDialog.Text)] = text })
            is not string reason) return;
        await DoAsync(() => Changing.ChangeAsync(Session.Caller, Table, entry.Id,
            new Dictionary<string, object?> { ["status"] = "canceled", ["cancelReason"] = reason.Trim() }, entry.Revision,
            Closing), "Called off");
    }

    private Task NoteAsync(CalendarEntry entry, AppointmentStatus status, string done) => DoAsync(() => Changing.ChangeAsync(
        Session.Caller, Table, entry.Id, new Dictionary<string, object?> { ["status"] = FieldChoice.ValueOf(status) }, entry.Revision,
        Closing), done);

    private async Task ChooseAsync(string what)
    {
        switch (what)
        {
            case "follow":
                await Dialogs.OpenAsync<CalendarLinkDialog>(
                    "Follow this calendar", DialogShape.Form, new() { [nameof(CalendarLinkDialog.Session)] = Session });
                break;
            case "import":
                if (await Dialogs.OpenAsync<ImportDialog>("Import appointments", DialogShape.Form, new()
                { [nameof(ImportDialog.Table)] = Table, [nameof(ImportDialog.Session)] = Session }) is ImportReport) await LoadAsync();
                break;
            case "export":
                Navigation.NavigateTo(StudioUrls.RecordFile(Table.Name, null, null), forceLoad: true);
                break;
            default:
                Navigation.NavigateTo(what);
                break;
        }
    }

    /// <summary>What the page shows: a week, and where everything of it stands.</summary>
    public sealed record Shown(DateOnly Monday, CalendarPlan Plan);
}
