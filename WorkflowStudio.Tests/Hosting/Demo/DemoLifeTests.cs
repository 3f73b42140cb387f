using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Schedules;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Hosting.Demo;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Hosting.Demo;

/// <summary>The demo practice has lived for two weeks, whenever it is made; then the engine goes on with it.</summary>
public abstract class DemoLifeTests(TestStore store) : IAsyncLifetime
{
    private static readonly Guid Owner = Guid.Parse("22222222-2222-7222-8222-222222222222");

    private EngineHarness engine = null!;

    private StudioDbContext Db => engine.Get<IDbContextFactory<StudioDbContext>>().CreateDbContext();

    public async Task InitializeAsync() => engine = await EngineHarness.CreateAsync(store, [], services => services
        .AddSingleton(new StudioAddress("https://studio.example.com")).AddSingleton<ISecretProtector, FakeProtector>().AddConnectors()
        .AddPractice().AddSteps());

    public async Task DisposeAsync() => await engine.DisposeAsync();

    [Theory]
    [InlineData("2026-11-25T11:30:00-06:00")] // in the middle of a week
    [InlineData("2026-11-28T10:20:00-06:00")] // two weeks that begin with a closed day
    [InlineData("2026-11-29T19:10:00-06:00")] // when the practice is closed
    [InlineData("2026-11-30T00:05:00-06:00")] // a day that has just begun
    [InlineData("2026-11-06T14:00:00-06:00")] // the clocks were set back meanwhile
    public async Task Make_ShowsWhatEveryPageIsFor(string now)
    {
        var live = new Tenant(
            await MakeAsync(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)), StudioEnvironment.Live);
        await using var db = Db;
        var runs = await db.Runs.Where(r => r.WorkspaceId == live.WorkspaceId && r.Environment == live.Environment).ToListAsync();
        var recent = runs.Where(r => r.CreatedAt > engineNow.AddDays(-1)).ToList();

        Assert.All([RunStatus.Done, RunStatus.Waiting, RunStatus.Paused, RunStatus.Failed, RunStatus.Canceled],
            status => Assert.Contains(runs, r => r.Status == status));
        Assert.DoesNotContain(runs, r => r.Status is RunStatus.Queued or RunStatus.Running);
        Assert.All(["webhook", "manual", "schedule"], cause => Assert.Contains(runs, r => r.Cause == cause));
        Assert.Contains(recent, r => r is { Status: RunStatus.Failed, ErrorCode: "no_connection" });
        Assert.Contains(recent, r => r.Status == RunStatus.Waiting);
        Assert.True(runs.Count(r => r.Status == RunStatus.Done) > 20, $"{runs.Count} runs");

        var asked = await db.Approvals.ToListAsync();
        Assert.Single(asked, a => a.Status == ApprovalStatus.Open && a.ExpiresAt > engineNow.AddDays(1));
        Assert.All([ApprovalStatus.Approved, ApprovalStatus.Rejected, ApprovalStatus.Expired],
            status => Assert.Contains(asked, a => a.Status == status));
        Assert.Equal(2, await db.Schedules.CountAsync(s => s.Enabled && s.NextFireAt > engineNow));
        Assert.True(await db.ScheduleOccurrences.CountAsync(o => o.Outcome == OccurrenceOutcome.Fired && o.RunId != null) >= 10);
        Assert.True(
            await db.Workflows.CountAsync(w => w.ActiveNumber == 2 && w.Environment == live.Environment && w.DraftDefinition == null) == 3);
        Assert.All(await db.Invoices.ToListAsync(),
            i => Assert.False(i.Status == InvoiceStatus.Open && i.DueOn < DateOnly.FromDateTime(engineNow.Date).AddDays(-1)));
        Assert.NotEmpty(await db.Runs.Where(r => r.Environment == StudioEnvironment.Test).ToListAsync());
    }

    [Fact]
    public async Task Make_LeavesRunsThatCanBeReadAndNothingFromTheFuture()
    {
        await MakeAsync(engine.Clock.GetUtcNow());
        await using var db = Db;
        var (runs, messages) = (await db.Runs.ToListAsync(), await db.Outbox.ToListAsync());
        Assert.NotEmpty(messages);
        Assert.All(
            messages, m => Assert.Contains(runs, r => r.Id == m.RunId && r.CreatedAt <= m.CreatedAt && r.WorkspaceId == m.WorkspaceId));
        Assert.All(await db.Approvals.ToListAsync(), a => Assert.Contains(runs, r => r.Id == a.RunId));
        Assert.All(runs, r => Assert.True(r.CreatedAt <= engineNow && !(r.FinishedAt > engineNow)));
        Assert.All(await db.RunEvents.Select(e => e.At).ToListAsync(), at => Assert.True(at <= engine.Clock.GetUtcNow()));
        Assert.All(await db.Workflows.ToListAsync(), w => Assert.True(w.UpdatedAt <= engineNow));
        Assert.All(await db.Invoices.ToListAsync(), i => Assert.True(i.IssuedAt <= engineNow && !(i.PaidAt > engineNow)));
        Assert.Empty(await db.RunInbox.ToListAsync());
        foreach (var run in runs)
        {
            var view = await engine.Views.ReadAsync(new Tenant(run.WorkspaceId, run.Environment), run.Id, default);
            Assert.Equal((run.Status, run.LastSeq), (view!.State.Status, (long)view.Entries.Count));
            Assert.Equal(Enumerable.Range(1, view.Entries.Count).Select(n => (long)n), view.Entries.Select(e => e.Seq));
        }
    }

    [Fact]
    public async Task Make_KeepsTheCountsOfItsDays()
    {
        var live = new Tenant(await MakeAsync(engine.Clock.GetUtcNow()), StudioEnvironment.Live);
        await using var db = Db;
        var days = await db.RunDays.Where(d => d.WorkspaceId == live.WorkspaceId && d.Environment == live.Environment)
            .OrderBy(d => d.Starts).ToListAsync();
        var counted = await engine.Get<RunFigureQueries>().CountAsync(live, [.. days.Select(d => new Stretch(d.Starts, d.Ends))], default);
        Assert.InRange(days.Count, 11, 13);
        Assert.Equal(counted, days.Select(d => new RunCounts(d.Done, d.Failed, d.Canceled, d.Open)));
    }

    [Fact]
    public async Task Make_IsGoneOnWithByTheEngine()
    {
        await MakeAsync(engine.Clock.GetUtcNow());
        await using var db = Db;
        var waiting = await db.Runs.Where(r => r.Status == RunStatus.Waiting && r.WakeAt != null && r.WakeAt < engineNow.AddDays(9))
            .Select(r => r.Id).ToListAsync();
        var asked = await db.Approvals.Where(a => a.Status == ApprovalStatus.Open).Select(a => a.RunId).SingleAsync();
        Assert.NotEmpty(waiting);

        engine.Clock.Advance(TimeSpan.FromDays(10));
        engine.Pump();
        await engine.EventuallyAsync(async () => !await Db.Runs.AnyAsync(
            r => waiting.Contains(r.Id) && (r.Status == RunStatus.Running || r.WakeAt < engineNow.AddDays(9))));
        Assert.Equal("nobody_decided", await Db.Runs.Where(r => r.Id == asked).Select(r => r.ErrorCode).SingleAsync());
        Assert.Contains(await Db.Runs.Where(r => waiting.Contains(r.Id)).ToListAsync(), r => r.Status == RunStatus.Done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Make_EarlyInTheMorning_TellsOfTodayToo(int hour)
    {
        var zone = DemoWorkspace.ZoneOf(null);
        var today = NodaTime.Instant.FromDateTimeOffset(engine.Clock.GetUtcNow()).InZone(zone).Date;
        var told = new List<string>();
        await MakeAsync(zone.AtStartOfDay(today).ToDateTimeOffset().AddHours(hour), told.Add);
        Assert.Equal(Enumerable.Range(1, DemoLife.Days).Select(day => $"Making the demo practice: day {day} of {DemoLife.Days} …"), told);
    }

    [Fact]
    public async Task Make_CutOff_LeavesNothing_AndIsMadeTheNextTime()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => MakeAsync(engine.Clock.GetUtcNow(), line =>
        {
            if (line.Contains("day 5 ", StringComparison.Ordinal)) throw new OperationCanceledException();
        }));
        var carrier = engine.Get<DemoCarrier>();
        Assert.Null(await carrier.FindAsync(default));
        Assert.False(await Db.Runs.AnyAsync() || await Db.Versions.AnyAsync() || await Db.Contacts.AnyAsync());

        await MakeAsync(engine.Clock.GetUtcNow());
        var place = await carrier.FindAsync(default);
        Assert.Equal((true, Owner), (place!.IsFilled, place.Owners.Single()));
    }

    private DateTimeOffset engineNow;

    private async Task<Guid> MakeAsync(DateTimeOffset now, Action<string>? tell = null)
    {
        engineNow = now;
        var carrier = engine.Get<DemoCarrier>();
        await new DemoLife(carrier, engine.Get<StudioAddress>(), engine.Get<ISecretProtector>(), new FakeTimeProvider(now))
            .MakeAsync(null, Owner, tell ?? (_ => { }), default);
        return (await carrier.FindAsync(default))!.Workspace.Id;
    }
}
