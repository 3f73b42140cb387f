using NodaTime;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>
/// Finds free times. It walks along real time from each opening to each closing, so that across a clock change an appointment keeps its
/// length, no time is offered that the clock skips, and an hour that comes twice is offered twice.
/// </summary>
internal sealed class FreeSlotSearch(DateTimeZone zone, OpeningTimes open, CalendarRules rules)
{
    /// <summary>The free times from the earliest on, none overlapping another. Lazy: ask for no more than is needed.</summary>
    /// <param name="search">What is looked for; its limit is the caller's.</param>
    /// <param name="busy">What is taken, in any order, overlaps allowed.</param>
    public IEnumerable<FreeSlot> Find(SlotSearch search, IEnumerable<(Instant Start, Instant End)> busy)
    {
        var taken = busy.ToList();
        return Days(search).SelectMany(day => On(day, search, taken));
    }

    /// <summary>The days on which there may be a free time, in order.</summary>
    public IEnumerable<LocalDate> Days(SlotSearch search)
    {
        var (first, last) = Bounds(search);
        var day = first.InZone(zone).Date;
        if (search.Wish?.FirstDay is { } wished && LocalDate.FromDateOnly(wished) > day) day = LocalDate.FromDateOnly(wished);
        var lastDay = last.InZone(zone).Date;
        if (search.Wish?.LastDay is { } latest && LocalDate.FromDateOnly(latest) < lastDay) lastDay = LocalDate.FromDateOnly(latest);

        for (; day <= lastDay; day = day.PlusDays(1)) yield return day;
    }

    /// <summary>The free times of one day.</summary>
    public IEnumerable<FreeSlot> On(LocalDate day, SlotSearch search, IReadOnlyCollection<(Instant Start, Instant End)> busy)
    {
        var (first, last) = Bounds(search);
        var (length, buffer) = (Duration.FromMinutes(search.Type.Minutes), Duration.FromMinutes(search.Type.BufferMinutes));
        foreach (var (start, end) in OpeningsOf(day))
        {
            var taken = busy.Where(b => b.End > start && b.Start < end + buffer).ToList();
            foreach (var slot in Walk(start, Instant.Min(end, last), first, length, buffer, taken)
                .Where(s => Fits(s, search.Wish))) yield return slot;
        }
    }

    private (Instant First, Instant Last) Bounds(SlotSearch search)
    {
        var now = Instant.FromDateTimeOffset(search.After);
        var held = search.Rules ?? rules;
        return (now + Duration.FromTimeSpan(held.LeadTime), now + Duration.FromTimeSpan(held.Horizon));
    }

    private IEnumerable<(Instant Start, Instant End)> OpeningsOf(LocalDate day) => open.On(day.ToDateOnly())
        .Select(o => (At(day, o.From), At(day, o.To)));

    private Instant At(LocalDate day, int minutes) => zone.AtLeniently(day.AtMidnight().PlusMinutes(minutes)).ToInstant();

    private IEnumerable<FreeSlot> Walk(
        Instant opens, Instant closes, Instant first, Duration length, Duration buffer, List<(Instant Start, Instant End)> taken)
    {
        var grid = Duration.FromTimeSpan(rules.Grid);
        var start = opens;
        while (start + length <= closes)
        {
            var end = start + length;
            var freeFrom = start < first ? first : taken.Where(t => t.Start < end + buffer
                && t.End > start).Select(t => t.End).DefaultIfEmpty(start).Max();
            if (freeFrom == start)
            {
                yield return new FreeSlot(start.InZone(zone).ToDateTimeOffset(), end.InZone(zone).ToDateTimeOffset());
                freeFrom = end + buffer;
            }

            start = opens + RoundUp(freeFrom - opens, grid);
        }
    }

    private static Duration RoundUp(Duration time, Duration grid)
    {
        var steps = (long)Math.Ceiling(time.TotalTicks / grid.TotalTicks);
        return grid * steps;
    }

    private static bool Fits(FreeSlot slot, SlotWish? wish)
    {
        if (wish is null) return true;
        var time = TimeOnly.FromDateTime(slot.StartsAt.DateTime);
        return (wish.From is null || time >= wish.From) && (wish.Before is null || time < wish.Before);
    }
}
