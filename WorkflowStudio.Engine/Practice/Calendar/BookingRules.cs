using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>What can be booked.</summary>
internal static class BookingRules
{
    /// <summary>No appointment is longer, so the ones that reach into a time began at most this much before it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The problem when none of the times that would do is free any more.</summary>
    public static readonly ConnectorProblem SlotTaken = new("slot_taken",
        "Somebody else has just booked this time. The step looks for another one when it is tried again.", Retryable: true);

    /// <summary>
    /// Whether nobody else comes to a person within a time; asked inside a piece of writing, which takes turns with every other of its
    /// workspace, it stays so until the end of it.
    /// </summary>
    /// <param name="db">The context of the piece of writing.</param>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="with">Who sees the client.</param>
    /// <param name="startsAt">When it begins.</param>
    /// <param name="freeAt">When the next may begin.</param>
    /// <param name="except">The appointment that is moved; empty for a new one.</param>
    public static bool IsFree(
        StudioDbContext db, Tenant tenant, string with, DateTimeOffset startsAt, DateTimeOffset freeAt, Guid except = default)
    {
        var earliest = startsAt - Longest;
        var stored = db.Appointments.Of(tenant).Where(a => a.Status != AppointmentStatus.Canceled && a.Id != except
            && a.StartsAt > earliest && a.StartsAt < freeAt && a.FreeAt > startsAt).Select(a => new { a.Id, a.With }).ToList();
        // what a preview has put into the context counts as it is there
        var here = db.Appointments.Local;
        return !stored.Any(a => IsSame(a.With, with) && here.FindEntry(a.Id) is null)
            && !here.Any(a => a.Id != except && a.Status != AppointmentStatus.Canceled && a.StartsAt < freeAt && a.FreeAt > startsAt
                && IsSame(a.With, with));
    }

    /// <summary>Whether two names are of one person: people and files write capitals and blanks as they like.</summary>
    public static bool IsSame(string with, string other) =>
        with == other || string.Equals(Bare(with), Bare(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>The first of the times that would do, that can be and that is free; null when none is.</summary>
    public static FreeSlot? First(IEnumerable<FreeSlot> slots, Func<FreeSlot, bool> isFree) =>
        slots.FirstOrDefault(s => s.EndsAt > s.StartsAt && s.EndsAt - s.StartsAt <= Longest && isFree(s));

    private static string Bare(string with) => string.Concat(with.Where(c => !char.IsWhiteSpace(c)));
}
