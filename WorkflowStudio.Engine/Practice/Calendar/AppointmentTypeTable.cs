using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>What clients can come for, as it is kept by hand.</summary>
internal sealed partial class AppointmentTypeTable(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock)
    : PracticeTable<AppointmentTypeRow>(writer, contexts, ids, clock)
{
    private const int AtTheEnd = -1;

    public override string Name => "appointment-types";

    public override string One => "appointment type";

    public override string Many => "appointment types";

    public override string Title => "Appointment types";

    public override string Does => "What clients can come for: the step “Booking” and your desk book one of these.";

    public override string Order => "the order of the practice";

    public override string? Key => "name";

    protected override IReadOnlyList<PracticeField<AppointmentTypeRow>> Columns { get; } =
    [
        Column("name", "Name", FieldKind.Text, t => t.Name, new() { IsNeeded = true, Longest = 120, IsSearched = true }),
        Column("minutes", "Minutes", FieldKind.Whole, t => t.Minutes,
            new() { IsNeeded = true, Least = 5, Most = 480, IsListed = true, Hint = "How long it takes." }),
        Column("bufferMinutes", "Buffer in minutes", FieldKind.Whole, t => t.BufferMinutes,
            new() { Most = 240, Hint = "How long nobody else comes after it." }),
        Column("with", "With", FieldKind.Text, t => t.With,
            new() { Longest = 120, IsSearched = true, IsListed = true, Hint = "Who sees the client: one client at a time." }),
        Column("priceCents", "Price in cents", FieldKind.Whole, t => t.PriceCents,
            new() { Most = 100_000_000, Hint = "In the smallest unit of your currency: 15000 is $150.00." }),
        Column("active", "Offered", FieldKind.Flag, t => t.IsActive,
            new() { IsListed = true, IsOn = true, Hint = "What is not offered is not booked any more; what was booked stays." }),
        Column("alias", "Id in steps", FieldKind.Text, t => t.Alias,
            new() { Longest = 100, Hint = "What settings of steps call it. Empty: one is made." }),
        Column("position", "Position", FieldKind.Whole, t => t.Position,
            new() { Most = 10_000, Hint = "The order in lists. The first is booked where a step names none." }),
    ];

    protected override string NameOf(AppointmentTypeRow row) => row.Name;

    protected override AppointmentTypeRow New(Tenant tenant) => new() { Position = AtTheEnd };

    protected override IQueryable<AppointmentTypeRow> InOrder(IQueryable<AppointmentTypeRow> rows) =>
        rows.OrderBy(t => t.Position).ThenBy(t => t.Name).ThenBy(t => t.Id);

    protected override IEnumerable<FieldProblem> Check(StudioDbContext db, Tenant tenant, AppointmentTypeRow row)
    {
        if (row.Position == AtTheEnd)
            row.Position = db.AppointmentTypes.Of(tenant).Max(t => (int?)t.Position) + 1 ?? 0;
        if (row.Alias.Length == 0) row.Alias = $"type_{row.Id:N}";
        if (!Sign().IsMatch(row.Alias))
            yield return new("alias", "An id in steps has letters, digits, dots, underscores and hyphens, such as type_8321a.");
        else if (db.AppointmentTypes.Of(tenant).Any(t => t.Alias == row.Alias && t.Id != row.Id)
            || db.AppointmentTypes.Local.Any(t => t.Alias == row.Alias && t.Id != row.Id))
            yield return new("alias", $"Another appointment type has the id {row.Alias} already.");
    }

    protected override string? UsedBy(StudioWrite write, Tenant tenant, AppointmentTypeRow row) =>
        write.Db.Appointments.Of(tenant).Any(a => a.TypeId == row.Id)
            ? "There are appointments of this type, so it cannot be removed. Switch “Offered” off: then nobody books it any more."
            : null;

    [GeneratedRegex("^[A-Za-z0-9._-]+$")]
    private static partial Regex Sign();
}
