using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>The practice's calendar.</summary>
public interface ICalendar
{
    /// <summary>The appointment types that are offered, the practice's first one first.</summary>
    Task<IReadOnlyList<AppointmentType>> TypesAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// The next free times of a type, earliest first, none overlapping another: within opening hours, not before now plus the lead time,
    /// not beyond the horizon (<see cref="CalendarRules"/>), free for the person who sees the client. At most
    /// <see cref="SlotSearch.MaxLimit"/>.
    /// </summary>
    Task<IReadOnlyList<FreeSlot>> FreeSlotsAsync(Tenant tenant, SlotSearch search, CancellationToken cancellationToken);

    /// <summary>
    /// Books the first of the given times that is still free; two calls never get overlapping times. Problems: <c>slot_taken</c>
    /// (retryable) when none is, <c>contact_unknown</c>, <c>appointment_type_unknown</c>.
    /// </summary>
    Task<Answer<Appointment>> BookAsync(Tenant tenant, Booking booking, EffectSource source, CancellationToken cancellationToken);

    /// <summary>When the practice is open.</summary>
    Task<PracticeHours> HoursAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>The appointment, or null.</summary>
    Task<Appointment?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken);

    /// <summary>The appointment that was booked under this effect key, or null.</summary>
    Task<Appointment?> FindByEffectAsync(Tenant tenant, string effectKey, CancellationToken cancellationToken);
}

/// <summary>The rules of the built-in calendar.</summary>
public sealed record CalendarRules
{
    /// <summary>The shortest time between now and a bookable time.</summary>
    public TimeSpan LeadTime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How far ahead times are offered.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(60);

    /// <summary>The grid on which appointments begin, counted from opening.</summary>
    public TimeSpan Grid { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many days ahead somebody books at the desk at most.</summary>
    public const int DaysAtTheDesk = AppointmentCheck.MostDaysAhead;

    /// <summary>The same for whoever books at the desk: at once, and as far ahead as appointments are kept.</summary>
    public CalendarRules AtTheDesk => this with { LeadTime = TimeSpan.Zero, Horizon = TimeSpan.FromDays(DaysAtTheDesk) };
}

/// <summary>What a client can come for.</summary>
/// <param name="Id">The id.</param>
/// <param name="Alias">The id in other systems and in settings, for example <c>type_8321a</c>.</param>
/// <param name="Name">What clients read.</param>
/// <param name="Minutes">How long it takes, 5 to 480.</param>
/// <param name="PriceCents">Its price in the smallest unit of the practice's currency; 0 when it costs nothing.</param>
/// <param name="With">Who sees the client, for example "Dr. Reyes"; one client at a time.</param>
public sealed record AppointmentType(Guid Id, string Alias, string Name, int Minutes, long PriceCents, string With)
{
    /// <summary>How many minutes after it nobody else comes to that person, 0 to 240.</summary>
    public int BufferMinutes { get; init; }
}

/// <summary>A search for free times.</summary>
/// <param name="Type">What for.</param>
/// <param name="After">Not before this time plus the lead time.</param>
/// <param name="Limit">How many, 1 to <see cref="MaxLimit"/>.</param>
/// <param name="Wish">What the client would like; null for anything.</param>
public sealed record SlotSearch(AppointmentType Type, DateTimeOffset After, int Limit, SlotWish? Wish = null)
{
    /// <summary>The most times that one search gives: more than a day has, since the shortest appointment takes 5 minutes.</summary>
    public const int MaxLimit = 300;

    /// <summary>The appointment that is to be moved, whose own time counts as free; empty for none.</summary>
    public Guid Moved { get; init; }

    /// <summary>What holds in place of the calendar's rules; null for theirs.</summary>
    public CalendarRules? Rules { get; init; }
}

/// <summary>What a client would like, in the practice's zone. A time fits when it begins within all of it.</summary>
/// <param name="FirstDay">The first day, or null.</param>
/// <param name="LastDay">The last day, or null.</param>
/// <param name="From">The earliest time of day, or null.</param>
/// <param name="Before">The time of day before which it must begin, or null.</param>
public sealed record SlotWish(DateOnly? FirstDay, DateOnly? LastDay, TimeOnly? From, TimeOnly? Before);

/// <summary>A free time; the offset is that of the practice's zone.</summary>
public sealed record FreeSlot(DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>What to book.</summary>
/// <param name="TypeId">The appointment type.</param>
/// <param name="ContactId">For whom.</param>
/// <param name="Slots">The times that would do, the best first.</param>
public sealed record Booking(Guid TypeId, Guid ContactId, IReadOnlyList<FreeSlot> Slots);

/// <summary>The states of an appointment. The numbers are stored.</summary>
public enum AppointmentStatus
{
    /// <summary>It takes its time in the calendar.</summary>
    Booked = 0,

    /// <summary>The client came.</summary>
    Visited = 1,

    /// <summary>It was called off; its time is free again.</summary>
    Canceled = 2,

    /// <summary>The client did not come.</summary>
    Missed = 3,
}

/// <summary>An appointment; the offsets are those of the practice's zone.</summary>
public sealed record Appointment(
    Guid Id, Guid ContactId, AppointmentType Type, DateTimeOffset StartsAt, DateTimeOffset EndsAt, AppointmentStatus Status)
{
    /// <summary>Where the client takes it into a calendar of their own; whoever has the address can read it.</summary>
    public string InvitationUrl { get; init; } = "";
}
