using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Demo;

public abstract class DemoWorkspaceTests(TestStore store) : PracticeSuite(store)
{
    [Fact]
    public async Task Ensure_CalledTwice_FillsOnce()
    {
        var first = await EnsureAsync();
        var counts = Counts();
        var again = await EnsureAsync();

        Assert.Equal(first, again);
        Assert.Equal(counts, Counts());
        using var db = practice.CreateDbContext();
        var workspace = db.Workspaces.Single(w => w.Id == first);
        Assert.Equal(("demo", "Houston Dermatology", "America/Chicago", "2400 Fannin St, Houston, TX 77002", "(713) 555-0100", true),
            (workspace.Slug, workspace.Name, workspace.TimeZone, workspace.Address, workspace.Phone, workspace.CaptureUntilConnected));
    }

    [Fact]
    public async Task Ensure_WorkspaceWithoutData_IsFilled()
    {
        var id = practice.Ids.New();
        using (var db = practice.CreateDbContext())
        {
            db.Workspaces.Add(
                new WorkspaceRow { Id = id, Slug = "demo", Name = "Mine", TimeZone = "UTC", CreatedAt = practice.Clock.GetUtcNow() });
            await db.SaveChangesAsync();
        }

        Assert.Equal(id, await EnsureAsync());
        Assert.Equal(14, Of(await PageAsync(id, StudioEnvironment.Live)));
    }

    [Fact]
    public async Task Ensure_Invoices_AreOlderThanTheTwoWeeksAndTheNextIsInv2036()
    {
        var tenant = new Tenant(await EnsureAsync(), StudioEnvironment.Live);
        var page = await practice.InvoicePages.ListAsync(tenant, new InvoiceFilter(), null, 50, default);
        var today = new DateOnly(2026, 11, 24);

        Assert.Equal(7, page.Total);
        Assert.Equal(3, page.Items.Select(i => i.Status).Distinct().Count());
        Assert.All(page.Items, i => Assert.True(i.IssuedOn < today.AddDays(-14)));
        Assert.All(page.Items.Where(i => i.Status == InvoiceStatus.Overdue), i => Assert.True(i.DueOn < today));
        Assert.All(page.Items, i => Assert.Equal(i.Status == InvoiceStatus.Paid, i.PaidAt is not null));
        Assert.Equal(("INV-2035", "Daniel O'Connor", "$180.00"), (page.Items[0].Number, page.Items[0].ContactName, page.Items[0].Total));

        using var db = practice.CreateDbContext();
        var contact = db.Contacts.First(c => c.WorkspaceId == tenant.WorkspaceId && c.Environment == StudioEnvironment.Live);
        var next = await practice.Invoices.CreateAsync(tenant,
            new InvoiceDraft(contact.Id, "usd", [new InvoiceLine("Visit", "", 1, 100)], 3, ["card"]), PracticeFixture.Key("next"), default);
        Assert.Equal("INV-2036", next.Value!.Number);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(4)]
    public async Task Ensure_Appointments_LieWithinOpeningHoursAndDoNotOverlap(int days)
    {
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddDays(days));
        var tenant = new Tenant(await EnsureAsync(), StudioEnvironment.Live);
        var week = await practice.Weeks.WeekAsync(tenant, null, default);
        var next = await practice.Weeks.WeekAsync(tenant, week.Monday.AddDays(7), default);
        var before = await practice.Weeks.WeekAsync(tenant, week.Monday.AddDays(-7), default);
        var first = await practice.Weeks.WeekAsync(tenant, week.Monday.AddDays(-14), default);
        var all = week.Appointments.Concat(next.Appointments).Concat(before.Appointments).Concat(first.Appointments).ToList();

        Assert.Equal(
            (3, 5, 10, 6), (first.Appointments.Count, before.Appointments.Count, week.Appointments.Count, next.Appointments.Count));
        Assert.All(all, a => Assert.Contains(week.Open, o => o.Weekday == a.StartsAt.DayOfWeek
            && a.StartsAt.TimeOfDay.TotalMinutes >= o.From && a.EndsAt.TimeOfDay.TotalMinutes <= o.To));
        Assert.All(all.Where(a => a.Status == AppointmentStatus.Booked), a => Assert.True(a.EndsAt >= practice.Clock.GetUtcNow()));
        Assert.DoesNotContain(all, a => all.Any(b => a.Id != b.Id && a.With == b.With && a.StartsAt < b.EndsAt && b.StartsAt < a.EndsAt));
    }

    [Fact]
    public async Task Ensure_Sandbox_HoldsLess()
    {
        var id = await EnsureAsync();
        var test = new Tenant(id, StudioEnvironment.Test);

        Assert.Equal(5, Of(await PageAsync(id, StudioEnvironment.Test)));
        Assert.Equal(5, (await practice.Calendar.TypesAsync(test, default)).Count);
        Assert.Equal("type_8321a", (await practice.Calendar.TypesAsync(test, default))[0].Alias);
        Assert.Equal("INV-1001", (await practice.InvoicePages.ListAsync(test, new InvoiceFilter(), null, 50, default)).Items[^1].Number);
        // messages belong to runs, and there are none yet
        Assert.Empty((await practice.Outbox.ListAsync(test, null, null, 50, default)).Items);
    }

    private Task<Guid> EnsureAsync() => new DemoWorkspace(practice.Writer, practice.Ids, practice.Clock).EnsureAsync(default);

    private async Task<List<ContactRow>> PageAsync(Guid workspaceId, StudioEnvironment environment)
    {
        using var db = practice.CreateDbContext();
        return await db.Contacts.AsNoTracking().Where(c => c.WorkspaceId == workspaceId && c.Environment == environment).ToListAsync();
    }

    [Fact]
    public async Task Form_OfTheDemo_IsOpenAndAsItShouldBe()
    {
        var tenant = new Tenant(await EnsureAsync(), StudioEnvironment.Live);
        var form = Assert.Single((await practice.FormPages.PageAsync(tenant, new FormFilter(), 0, 10, default)).Items);
        Assert.True(form.IsOpen);
        var (content, problems) = FormRules.Check(form.Form.Content);
        Assert.Empty(problems);
        Assert.Equal(form.Form.Content, content);
    }

    private static int Of(List<ContactRow> rows) => rows.Count;

    private (int, int, int, int, int) Counts()
    {
        using var db = practice.CreateDbContext();
        return (db.Workspaces.Count(), db.Contacts.Count(), db.Appointments.Count(), db.Invoices.Count(), db.Outbox.Count());
    }
}
