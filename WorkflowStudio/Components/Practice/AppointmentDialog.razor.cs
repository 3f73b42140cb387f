using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>
/// Books an appointment, or moves one: who, what for, and one of the free times of a day. When somebody else was faster it says so, shows
/// what is free now, and keeps what was written.
/// </summary>
public sealed partial class AppointmentDialog : IDisposable
{
    private const string Form = "appointment-form";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly Lifetime life = new();
    private readonly Dictionary<string, string> problems = [];
    private IReadOnlyList<AppointmentType> types = [];
    private IReadOnlyList<DateTimeOffset> slots = [];
    private PracticeRecord? contact;
    private Guid typeId;
    private DateOnly day;
    private DateTimeOffset? time;
    private string notes = "";
    private bool loading;
    private bool saving;
    private int asked;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private FindFreeTimes Finding { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    /// <summary>The appointment that is moved; null for a new one.</summary>
    [Parameter]
    public CalendarEntry? Moved { get; set; }

    /// <summary>The day with which it begins.</summary>
    [Parameter]
    public DateOnly Day { get; set; }

    /// <summary>Stores what was chosen, by field.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlyDictionary<string, object?>, Task<Result<PracticeRecord>>> Save { get; set; } = null!;

    // further ahead nothing is booked
    private DateOnly LastDay => Session.Format.Today.AddDays(CalendarRules.DaysAtTheDesk);

    public void Dispose() => life.Dispose();

    protected override async Task OnInitializedAsync()
    {
        day = Day < Session.Format.Today ? Session.Format.Today : Day < LastDay ? Day : LastDay;
        time = Moved?.StartsAt;
        loading = true;
        var read = await StoreAway.TryAsync(() => Finding.TypesAsync(Session.Caller, life.Token));
        if (read.Ok) types = read.Value.Types;
        else problems[""] = read.Problem.Message;
        typeId = types.Count > 0 ? types[0].Id : Guid.Empty;
        await LookAsync();
    }

    private static string Named(AppointmentType type) =>
        $"{type.Name}, {type.Minutes} min{(type.With.Length > 0 ? $", with {type.With}" : "")}";

    private static string PartOf(DateTimeOffset slot) => slot.Hour switch
    {
        < 12 => "Morning",
        < 17 => "Afternoon",
        _ => "Evening",
    };

    private void Choose(PracticeRecord? one)
    {
        contact = one;
        problems.Remove("contactId");
    }

    private Task TypeAsync(ChangeEventArgs chosen)
    {
        typeId = Guid.TryParse(chosen.Value as string, out var id) ? id : typeId;
        return LookAsync();
    }

    private Task DayAsync(ChangeEventArgs chosen)
    {
        if (DateOnly.TryParseExact(chosen.Value as string, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var read)) day = read;
        return LookAsync();
    }

    // the times of the day; what was chosen stays chosen while it is free
    private async Task LookAsync()
    {
        var read = await FreeAsync(day, day, FindFreeTimes.MostOfADay);
        if (read is null) return;
        slots = read;
        if (time is { } chosen && !slots.Contains(chosen)) time = null;
    }

    private async Task NextAsync()
    {
        if (day >= LastDay)
        {
            problems["startsAt"] = $"Nothing is booked after {Session.Format.Date(LastDay)}. Choose an earlier day.";
            return;
        }

        var next = day.AddDays(1);
        if (await FreeAsync(next, next.AddDays(FindFreeTimes.MostDays - 1), 1) is not { } free) return;
        if (free.Count == 0)
            problems["startsAt"] = $"No time is free in the {FindFreeTimes.MostDays} days after {Session.Format.Weekday(day)}.";
        else
        {
            day = Session.Format.DayOf(free[0]);
            await LookAsync();
        }
    }

    // null when another question was asked meanwhile, or there is no answer
    private async Task<IReadOnlyList<DateTimeOffset>?> FreeAsync(DateOnly from, DateOnly to, int limit)
    {
        var mine = ++asked;
        (loading, slots) = (true, from == to ? [] : slots);
        problems.Remove("startsAt");
        var wish = new FreeTimeWish(typeId.ToString(), from, to) { IsAtTheDesk = true, Moved = Moved?.Id, Limit = limit };
        if (Moved is null && typeId == Guid.Empty)
        {
            loading = false;
            return [];
        }

        var read = await StoreAway.TryAsync(() => Finding.RunAsync(Session.Caller, wish, life.Token));
        if (mine != asked) return null;
        loading = false;
        if (read.Ok) return [.. read.Value.Slots.Select(s => s.StartsAt)];
        problems["startsAt"] = read.Problem.Message;
        return null;
    }

    private async Task SaveAsync()
    {
        if (saving) return;
        problems.Clear();
        if (Moved is null && contact is null) problems["contactId"] = "Choose who comes.";
        if (time is null) problems["startsAt"] = "Choose one of the free times.";
        if (problems.Count > 0) return;
        var values = new Dictionary<string, object?> { ["startsAt"] = time };
        if (Moved is null) (values["contactId"], values["typeId"], values["notes"]) = (contact!.Id, typeId, notes);
        saving = true;
        var saved = await Save(values);
        saving = false;
        if (saved.Ok)
        {
            Dialog.Close(DialogResult.Ok(saved.Value));
            return;
        }

        // somebody else may have been faster: what is free now
        if (saved.Problem is OperationProblem.Conflict) await LookAsync();
        if (saved.Problem is OperationProblem.Invalid invalid)
            foreach (var problem in invalid.Problems) problems[Known(problem.Path)] = problem.Message;
        else problems[saved.Problem is OperationProblem.Conflict ? "startsAt" : ""] = saved.Problem.Message;
    }

    private static string Known(string field) => field is "contactId" or "typeId" or "startsAt" or "notes" ? field : "";
}
