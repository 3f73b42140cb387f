using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Calendar;

/// <summary>When the practice is open, as it is kept by hand: times of every week, and of single days in their place.</summary>
internal sealed class OpeningHoursTable(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock)
    : PracticeTable<OpeningHoursRow>(writer, contexts, ids, clock)
{
    private const int Midnight = 24 * 60;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public override string Name => "opening-hours";

    public override string One => "opening time";

    public override string Many => "opening hours";

    public override string Title => "Opening hours";

    public override string Does => "When your practice is open: only then a time is offered or booked.";

    public override string Order => "the order of the week, then that of the days";

    protected override IReadOnlyList<PracticeField<OpeningHoursRow>> Columns { get; } =
    [
        Column("weekday", "Weekday", FieldKind.Choice, h => h.Weekday,
            new() { Choices = [.. FieldChoice.Of<DayOfWeek>().Skip(1), FieldChoice.Of<DayOfWeek>()[0]], IsListed = true }),
        Column("from", "From", FieldKind.Time, h => h.FromMinutes, new() { IsListed = true }),
        Column("to", "To", FieldKind.Time, h => h.ToMinutes, new() { IsListed = true, Hint = "00:00 is midnight at the end of the day." }),
        Column("day", "Only on this day", FieldKind.Day, h => h.Day,
            new() { IsListed = true, Hint = "These hours hold on this day alone, in place of those of its weekday." }),
        Column("closed", "Closed on this day", FieldKind.Flag, h => h.IsClosed,
            new() { Hint = "A holiday: with a day, and without hours." }),
    ];

    protected override string NameOf(OpeningHoursRow row) =>
        $"{row.Day?.ToString("MMMM d, yyyy", English) ?? row.Weekday.ToString()}, "
        + (row.IsClosed ? "closed" : $"{Words(row.FromMinutes)} to {Words(row.ToMinutes)}");

    // Monday first
    protected override IQueryable<OpeningHoursRow> InOrder(IQueryable<OpeningHoursRow> rows) =>
        rows.OrderBy(h => h.Day != null).ThenBy(h => h.Day).ThenBy(h => ((int)h.Weekday + 6) % 7).ThenBy(h => h.FromMinutes)
            .ThenBy(h => h.Id);

    protected override IEnumerable<FieldProblem> Check(StudioDbContext db, Tenant tenant, OpeningHoursRow row)
    {
        if (row.Day is { } day) row.Weekday = day.DayOfWeek;
        if (row.IsClosed)
        {
            (row.FromMinutes, row.ToMinutes) = (0, 0);
            if (row.Day is null)
            {
                yield return new("day", "Closed needs a day. On a weekday on which you are always closed there are just no hours.");
                yield break;
            }
        }
        else
        {
            if (row.ToMinutes == 0) row.ToMinutes = Midnight;
            if (row.FromMinutes >= row.ToMinutes)
            {
                yield return new("to", $"{Words(row.ToMinutes)} is not after {Words(row.FromMinutes)}: opening hours end on the day on "
                    + "which they begin. For hours over midnight add two, one to 00:00 and one from 00:00 on the next day.");
                yield break;
            }
        }

        // with those that a preview has put into the context
        var inOrder = db.OpeningHours.Of(tenant).Where(h => h.Day == row.Day && h.Weekday == row.Weekday).AsEnumerable()
            .Union(db.OpeningHours.Local).Where(h => h.Id != row.Id && h.Day == row.Day && h.Weekday == row.Weekday)
            .OrderBy(h => h.FromMinutes).ToList();
        var other = row.IsClosed ? inOrder.FirstOrDefault()
            : inOrder.FirstOrDefault(h => h.IsClosed || (h.FromMinutes < row.ToMinutes && h.ToMinutes > row.FromMinutes));
        if (other is not null)
            yield return new(row.IsClosed ? "closed" : "from",
                $"There is “{NameOf(other)}” already, and the two would overlap. Change or remove that one first.");
    }

    private static string Words(int minutes) => TimeOnly.MinValue.AddMinutes(minutes).ToString("h:mm tt", English);
}
