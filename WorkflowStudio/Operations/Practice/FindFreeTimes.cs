using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;

namespace WorkflowStudio.Operations.Practice;

/// <summary>What is looked for.</summary>
/// <param name="Type">An appointment type: its id, its id in steps, or its name.</param>
/// <param name="From">The first day; null for today.</param>
/// <param name="To">The last day; null for six days after the first.</param>
public sealed record FreeTimeWish(string Type, DateOnly? From, DateOnly? To)
{
    /// <summary>How many are wanted, at most <see cref="FindFreeTimes.MostOfADay"/>.</summary>
    public int Limit { get; init; } = FindFreeTimes.Most;

    /// <summary>The appointment that is to be moved, in place of a type: its own time counts as free; null for a new one.</summary>
    public Guid? Moved { get; init; }

    /// <summary>Whether somebody books at the desk: at once, and further ahead than clients may.</summary>
    public bool IsAtTheDesk { get; init; }
}

/// <summary>Finds the times at which an appointment can be booked.</summary>
public sealed class FindFreeTimes(ICalendar calendar, CalendarRules rules, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    /// <summary>The most times of one answer to a program.</summary>
    public const int Most = 50;

    /// <summary>As many as a day can have.</summary>
    public const int MostOfADay = SlotSearch.MaxLimit;

    /// <summary>The most days that are looked through.</summary>
    public const int MostDays = 31;

    private const int UsualDays = 7;

    /// <summary>The appointment types that are offered.</summary>
    public async Task<Result<FreeTimeTypes>> TypesAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return new FreeTimeTypes(await calendar.TypesAsync(caller.Tenant, cancellationToken));
    }

    /// <summary>The free times, the earliest first.</summary>
    public async Task<Result<FreeTimes>> RunAsync(Caller caller, FreeTimeWish wish, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await TypeAsync(caller, wish, cancellationToken) is not { } type)
            return wish.Moved is not null ? new OperationProblem.NotFound("appointment")
                : Wrong("typeId", wish.Type.Length == 0 ? "The typeId is missing: it names an appointment type."
                    : $"No appointment type {ShownText.Cut(wish.Type, 80)} is offered.");
        var zone = TimeZones.FindOrUtc((await calendar.HoursAsync(caller.Tenant, cancellationToken)).TimeZone);
        var now = clock.GetUtcNow();
        var from = wish.From ?? DateOnly.FromDateTime(now.On(zone).DateTime);
        var to = wish.To ?? DateOnly.FromDayNumber(Math.Min(from.DayNumber + UsualDays - 1, DateOnly.MaxValue.DayNumber));
        if (to < from) return Wrong("to", "The last day is before the first.");
        if (to.DayNumber - from.DayNumber >= MostDays)
            return Wrong("to", $"At most {MostDays} days are looked through. Ask for the days after them in another request.");
        var search = new SlotSearch(type, now, wish.Limit, new SlotWish(from, to, null, null))
        { Rules = wish.IsAtTheDesk ? rules.AtTheDesk : null, Moved = wish.Moved ?? Guid.Empty };
        return new FreeTimes(await calendar.FreeSlotsAsync(caller.Tenant, search, cancellationToken));
    }

    private async Task<AppointmentType?> TypeAsync(Caller caller, FreeTimeWish wish, CancellationToken cancellationToken)
    {
        if (wish.Moved is { } moved) return (await calendar.FindAsync(caller.Tenant, moved, cancellationToken))?.Type;
        var named = ShownId.TryRead(wish.Type, out var id) ? id : Guid.Empty;
        return (await calendar.TypesAsync(caller.Tenant, cancellationToken))
            .FirstOrDefault(t => t.Id == named || t.Alias == wish.Type || t.Name == wish.Type);
    }

    private static OperationProblem.Invalid Wrong(string field, string message) =>
        new(message, [WorkflowProblem.Error(WorkflowProblemCodes.WrongField, field, null, message)]);
}

/// <summary>Free times.</summary>
public sealed record FreeTimes(IReadOnlyList<FreeSlot> Slots);

/// <summary>What can be booked.</summary>
public sealed record FreeTimeTypes(IReadOnlyList<AppointmentType> Types);
