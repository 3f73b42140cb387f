using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>The appointments of a contact.</summary>
internal sealed class CalendarStory(IDbContextFactory<StudioDbContext> contexts) : IContactStory
{
    public async Task<IReadOnlyList<StoryLine>> OfAsync(Seen seen, Contact contact, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Appointments.AsNoTracking().Of(seen.Tenant).Where(a => a.ContactId == contact.Id)
            .OrderByDescending(a => a.StartsAt).Take(take)
            .Join(db.AppointmentTypes, a => a.TypeId, t => t.Id, (a, t) => new { a.StartsAt, a.Status, a.With, a.RunId, t.Name })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(a => new StoryLine(
                a.StartsAt, "calendar_month", $"{a.Name} with {a.With}{Words(a.Status)}") { RunId = a.RunId }),
        ];
    }

    private static string Words(AppointmentStatus status) => status switch
    {
        AppointmentStatus.Canceled => ", called off",
        AppointmentStatus.Missed => ", did not come",
        AppointmentStatus.Visited => ", came",
        _ => "",
    };
}
