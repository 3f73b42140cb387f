using WorkflowStudio.Engine.Connectors;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>What can be booked.</summary>
internal static class BookingRules
{
    /// <summary>No appointment is longer, so the ones that reach into a time began at most this much before it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The problem when none of the times that would do is free any more.</summary>
    public static readonly ConnectorProblem SlotTaken = new("slot_taken",
        "Somebody else has just booked this time. The step looks for another one when it is tried again.", Retryable: true);

    /// <summary>The first of the times that would do, that can be and that is free; null when none is.</summary>
    public static FreeSlot? First(IEnumerable<FreeSlot> slots, Func<FreeSlot, bool> isFree) =>
        slots.FirstOrDefault(s => s.EndsAt > s.StartsAt && s.EndsAt - s.StartsAt <= Longest && isFree(s));
}
