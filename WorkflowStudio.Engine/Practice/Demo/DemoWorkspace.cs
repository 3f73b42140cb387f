using Microsoft.EntityFrameworkCore;
using NodaTime;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Practice.Demo;

/// <summary>
/// Makes the workspace with which a newcomer begins: a dermatology practice with clients, four weeks of appointments and the invoices of
/// before. What is newer than two weeks, its workflows have made.
/// </summary>
public sealed class DemoWorkspace(IStudioWriter writer, IdFactory ids, TimeProvider clock)
{
    /// <summary>The workspace's name in addresses.</summary>
    public const string Slug = "demo";

    /// <summary>
    /// Makes the workspace, and its practice data when it has none yet, in one transaction; answers its id. Calling it again changes
    /// nothing.
    /// </summary>
    public Task<Guid> EnsureAsync(CancellationToken cancellationToken) => EnsureAsync(null, cancellationToken);

    /// <summary>The same in a database that has nothing yet, as a workspace that another has already; null for a new one.</summary>
    public async Task<Guid> EnsureAsync(WorkspaceRow? known, CancellationToken cancellationToken)
    {
        var (plan, now) = (DemoPlan.Read(), clock.GetUtcNow());
        return await writer.WriteAsync(write =>
        {
            var workspace = write.Db.Workspaces.FirstOrDefault(w => w.Slug == Slug)
                ?? write.Db.Workspaces.Add(known ?? NewWorkspace(plan, now)).Entity;
            var live = new Tenant(workspace.Id, StudioEnvironment.Live);
            if (write.Db.AppointmentTypes.Of(live).Any()) return workspace.Id;
            new Filling(write.Db, live, plan, ids, now).Fill();
            new Filling(write.Db, live with { Environment = StudioEnvironment.Test }, plan.Small(), ids, now).Fill();
            return workspace.Id;
        }, cancellationToken);
    }

    /// <summary>The zone of the workspace, or of the one that is to be made.</summary>
    public static DateTimeZone ZoneOf(WorkspaceRow? known) => TimeZones.FindOrUtc(known?.TimeZone ?? DemoPlan.Read().TimeZone);

    /// <summary>Notes which visits have taken place, as the front desk does.</summary>
    public Task<int> NoteVisitsAsync(Guid workspace, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return writer.WriteAsync(
            workspace,
            write => write.Db.Appointments.Where(a => a.WorkspaceId == workspace && a.Status == AppointmentStatus.Booked && a.EndsAt < now)
                .ExecuteUpdate(set => set.SetProperty(a => a.Status, AppointmentStatus.Visited)),
            cancellationToken);
    }

    private WorkspaceRow NewWorkspace(DemoPlan plan, DateTimeOffset now) => new()
    {
        Id = ids.New(),
        Slug = plan.Slug,
        Name = plan.Name,
        TimeZone = plan.TimeZone,
        Address = plan.Address,
        Phone = plan.Phone,
        CaptureUntilConnected = true,
        CreatedAt = now,
    };

    /// <summary>Fills one environment.</summary>
    private sealed class Filling(StudioDbContext db, Tenant tenant, DemoPlan plan, IdFactory ids, DateTimeOffset now)
    {
        private const long FeeCents = 3_000;

        private readonly DateTimeZone zone = TimeZones.FindOrUtc(plan.TimeZone);

        public void Fill()
        {
            foreach (var (day, hours) in plan.Hours.SelectMany(h => h.Days.Select(d => (d, h))))
                db.Add(Row(new OpeningHoursRow { Weekday = day, FromMinutes = Minutes(hours.From), ToMinutes = Minutes(hours.To) }, now));
            var types = plan.Types.Select((t, i) => Row(
                new AppointmentTypeRow
                { Alias = t.Alias, Name = t.Name, Minutes = t.Minutes, PriceCents = t.PriceCents, With = t.With, Position = i },
                now)).ToDictionary(t => t.Alias);
            var contacts = plan.Contacts.Select((c, i) => Row(
                new ContactRow { FirstName = c.FirstName, LastName = c.LastName, Email = c.Email, Phone = c.Phone },
                now.AddDays(-60 + i))).ToList();
            db.AddRange(types.Values);
            db.AddRange(contacts);
            foreach (var appointment in plan.Appointments) Add(appointment, types[appointment.Type], contacts[appointment.Contact]);
            foreach (var (i, invoice) in plan.Invoices.Index())
                Add(invoice, plan.FirstInvoice + i, types[invoice.Type], contacts[invoice.Contact]);
            db.Add(FormStore.Row(tenant, ids.New(), now.AddDays(-30), DemoForm.Intake(plan), LinkToken.New()));
        }

        private TRow Row<TRow>(TRow row, DateTimeOffset created)
            where TRow : TenantRow
        {
            (row.Id, row.WorkspaceId, row.Environment, row.CreatedAt) = (ids.New(), tenant.WorkspaceId, tenant.Environment, created);
            return row;
        }

        private void Add(DemoAppointment plan, AppointmentTypeRow type, ContactRow contact)
        {
            var today = LocalDate.FromDateOnly(now.DayOn(zone));
            var monday = today.PlusDays(1 - (int)today.DayOfWeek).PlusWeeks(plan.Week);
            var start = zone.At(monday.PlusDays(((int)plan.Day + 6) % 7), Minutes(plan.Time)).ToDateTimeOffset();
            var end = start.AddMinutes(type.Minutes);
            db.Add(Row(
                new AppointmentRow
                {
                    ContactId = contact.Id,
                    TypeId = type.Id,
                    With = type.With,
                    StartsAt = start,
                    EndsAt = end,
                    FreeAt = end,
                    Token = LinkToken.New(),
                    ChangedAt = now,
                    Status = plan.Canceled ? AppointmentStatus.Canceled : end < now ? AppointmentStatus.Visited : AppointmentStatus.Booked,
                },
                start.AddDays(-9) < now ? start.AddDays(-9) : now));
        }

        private void Add(DemoInvoice plan, int sequence, AppointmentTypeRow type, ContactRow contact)
        {
            var issued = now.AddDays(-plan.DaysAgo);
            var total = type.PriceCents + (plan.Fee ? FeeCents : 0);
            var row = Row(
                new InvoiceRow
                {
                    Sequence = sequence,
                    Status = plan.Status,
                    Currency = "usd",
                    SubtotalCents = total,
                    TotalCents = total,
                    PaidCents = plan.PaidWith is null ? 0 : total,
                    IssuedAt = issued,
                    IssuedOn = issued.DayOn(zone),
                    DueOn = issued.DayOn(zone).AddDays(plan.DueInDays),
                    PaidAt = plan.PaidWith is null ? null : issued.AddDays(1),
                    Token = LinkToken.New(),
                    PaymentMethods = "card,usdc",
                    ContactId = contact.Id,
                },
                issued);
            db.Add(row);
            db.Add(new InvoiceLineRow
            {
                InvoiceId = row.Id, Position = 0, What = type.Name, Detail = $"With {type.With}", Quantity = 1,
                UnitCents = type.PriceCents, AmountCents = type.PriceCents,
            });
            if (plan.Fee)
                db.Add(new InvoiceLineRow
                {
                    InvoiceId = row.Id, Position = 1, What = "Onboarding fee", Detail = "Once, for new patients", Quantity = 1,
                    UnitCents = FeeCents, AmountCents = FeeCents,
                });
            if (plan.PaidWith is { } method)
                db.Add(Row(new PaymentRow
                {
                    InvoiceId = row.Id, Method = method, AmountCents = total, Currency = "usd", Simulated = true,
                    PaidAt = issued.AddDays(1)
                }, issued.AddDays(1)));
        }

        private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;
    }
}
