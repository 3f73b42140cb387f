using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>Opening hours and kinds of appointments: what a practice needs before it can book.</summary>
public static class CalendarSetup
{
    private static readonly DayOfWeek[] WorkDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday,
        DayOfWeek.Friday];

    /// <summary>
    /// Gives a new practice some of both, in each environment: Monday to Friday from 9 to 5, and a first visit of half an hour without a
    /// price.
    /// </summary>
    public static void Begin(StudioWrite write, Guid workspaceId, IdFactory ids, DateTimeOffset now)
    {
        foreach (var environment in Enum.GetValues<StudioEnvironment>())
        {
            var tenant = new Tenant(workspaceId, environment);
            SetHours(write, tenant, new TimeOnly(9, 0), new TimeOnly(17, 0), ids, now);
            SetVisit(write, tenant, new Visit("First visit", 30, 0, ""), ids, now);
        }
    }

    /// <summary>Opens the practice from Monday to Friday at these hours, in place of the hours before.</summary>
    public static void SetHours(StudioWrite write, Tenant tenant, TimeOnly from, TimeOnly to, IdFactory ids, DateTimeOffset now)
    {
        write.Db.OpeningHours.RemoveRange(write.Db.OpeningHours.Of(tenant));
        foreach (var day in WorkDays)
        {
            write.Db.Add(new OpeningHoursRow
            {
                Id = ids.New(), WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = now,
                Weekday = day, FromMinutes = (from.Hour * 60) + from.Minute, ToMinutes = (to.Hour * 60) + to.Minute,
            });
        }
    }

    /// <summary>Adds a kind of appointment, or changes the one of the same name.</summary>
    public static void SetVisit(StudioWrite write, Tenant tenant, Visit visit, IdFactory ids, DateTimeOffset now)
    {
        var types = write.Db.AppointmentTypes.Of(tenant).ToList();
        var row = types.Find(t => t.Name == visit.Name);
        if (row is null)
        {
            var id = ids.New();
            row = new AppointmentTypeRow
            {
                Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = now,
                Alias = $"type_{id:N}", Name = visit.Name, With = visit.With, Position = types.Count,
            };
            write.Db.Add(row);
        }

        (row.Minutes, row.PriceCents, row.With) = (visit.Minutes, visit.PriceCents, visit.With);
    }
}

/// <summary>A kind of appointment.</summary>
/// <param name="Name">What clients read, at most 120 characters.</param>
/// <param name="Minutes">How long it takes, 5 to 480.</param>
/// <param name="PriceCents">What it costs, in the currency's smallest unit; 0 when it has no price.</param>
/// <param name="With">Who sees the client; may be empty.</param>
public sealed record Visit(string Name, int Minutes, long PriceCents, string With);
