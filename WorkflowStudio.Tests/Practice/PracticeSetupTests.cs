using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice;

public abstract class PracticeSetupTests(TestStore store) : EngineSuite(store)
{
    [Fact]
    public async Task NewWorkspace_CanBookInBothEnvironments_AndVisitsAreChangedByName()
    {
        await using var engine = await CreateAsync();
        var ids = engine.Get<IdFactory>();
        var row = new WorkspaceRow { Id = ids.New(), Slug = "bell", Name = "Bell", TimeZone = "UTC" };
        await engine.Writer.WriteAsync(write => { PracticeSetup.Add(write, row, ids); return 0; });
        var live = new Tenant(row.Id, StudioEnvironment.Live);
        await engine.Writer.WriteAsync(write =>
        {
            CalendarSetup.SetVisit(write, live, new Visit("First visit", 45, 9_000, "Dr. Bell"), ids, row.CreatedAt);
            CalendarSetup.SetVisit(write, live, new Visit("Follow-up", 15, 4_000, "Dr. Bell"), ids, row.CreatedAt);
            CalendarSetup.SetHours(write, live, new TimeOnly(8, 0), new TimeOnly(12, 30), ids, row.CreatedAt);
            return 0;
        });

        await using var db = await engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        Assert.Equal(
            ["Live First visit 45 9000 0", "Live Follow-up 15 4000 1", "Test First visit 30 0 0"],
            (await db.AppointmentTypes.Where(t => t.WorkspaceId == row.Id).ToListAsync()).OrderBy(t => t.Environment)
                .ThenBy(t => t.Position).Select(t => $"{t.Environment} {t.Name} {t.Minutes} {t.PriceCents} {t.Position}"));
        var hours = await db.OpeningHours.Where(h => h.WorkspaceId == row.Id).ToListAsync();
        Assert.Equal(10, hours.Count);
        Assert.All(hours.Where(h => h.Environment == StudioEnvironment.Live), h => Assert.Equal((480, 750), (h.FromMinutes, h.ToMinutes)));
    }
}
