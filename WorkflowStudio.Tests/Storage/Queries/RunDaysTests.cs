using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Storage.Queries;

public abstract class RunDaysTests(TestStore kind) : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Day.AddDays(4).AddHours(12)); // so the days 0, 1 and 2 are long over
    private EngineHarness harness = null!;
    private RunFigureQueries figures = null!;
    private RunDayCounting counting = null!;

    public async Task InitializeAsync()
    {
        harness = await EngineHarness.CreateAsync(kind, []);
        figures = harness.Get<RunFigureQueries>();
        counting = new RunDayCounting(harness.Get<IDbContextFactory<StudioDbContext>>(), figures, harness.Writer, clock);
    }

    public async Task DisposeAsync() => await harness.DisposeAsync();

    [Fact]
    public async Task Count_BeforeAndAfterAPass_SaysWhatTheRunsSay()
    {
        for (var day = 0; day < 5; day++)
            for (var status = RunStatus.Queued; status <= RunStatus.Paused; status++)
                if ((int)status >= day) await AddAsync(day, status);
        RunCounts[] expected = [new(1, 1, 1, 4), new(1, 1, 1, 3), new(1, 1, 1, 2), new(1, 1, 1, 1), new(0, 1, 1, 1)];
        Assert.Equal(expected, await CountAsync(0, 1, 2, 3, 4, 5));
        Assert.Equal(3, await PassAsync());
        Assert.Equal(expected, await CountAsync(0, 1, 2, 3, 4, 5));
        Assert.Equal([expected.Aggregate((a, b) => a + b)], await CountAsync(-9, 9));
        Assert.Empty(await CountAsync(0));
    }

    [Fact]
    public async Task Count_DayThatIsKept_IsNotCountedAgain()
    {
        await AddAsync(1, RunStatus.Done);
        await PassAsync();
        await ChangeAsync(row => row.Done = 7);
        Assert.Equal([0, 7, 0], (await CountAsync(0, 1, 2, 5)).Select(c => c.Total));
        await AddAsync(3, RunStatus.Done);
        await AddAsync(4, RunStatus.Done);
        Assert.Equal([9], (await CountAsync(0, 5)).Select(c => c.Total));
    }

    [Fact]
    public async Task Count_EdgeWithinAKeptDay_CountsThatDayFromTheRuns()
    {
        await AddAsync(0, RunStatus.Done);
        await AddAsync(1, RunStatus.Failed);
        await PassAsync();
        DateTimeOffset[] edges = [Day.AddHours(1), Day.AddDays(1), Day.AddDays(1).AddMinutes(5), Day.AddDays(1).AddMinutes(6),
            Day.AddDays(3)];
        Assert.Equal([new(0, 0, 0, 0), new(0, 0, 0, 0), new(0, 1, 0, 0), new(0, 0, 0, 0)],
            await Days().CountAsync(EngineHarness.Tenant, edges, default));
    }

    [Fact]
    public async Task Pass_DayWithoutOpenRuns_IsCountedAgainAfterHours()
    {
        await AddAsync(1, RunStatus.Done);
        Assert.Equal(2, await PassAsync()); // from the first day with a run
        Assert.Equal(0, await PassAsync());
        clock.Advance(RunDayCounting.Age - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await PassAsync());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await PassAsync());
        clock.AdjustTime(clock.GetUtcNow() - RunDayCounting.Age); // a clock that was set back
        Assert.Equal(2, await PassAsync());
    }

    [Fact]
    public async Task Pass_DayWithOpenRuns_IsCountedAgain()
    {
        var run = await AddAsync(1, RunStatus.Waiting);
        await PassAsync();
        await harness.Writer.WriteAsync(w => w.Db.Runs.Single(r => r.Id == run).Status = RunStatus.Done);
        Assert.Equal(new RunCounts(0, 0, 0, 1), (await CountAsync(1, 2))[0]);
        Assert.Equal(1, await PassAsync());
        Assert.Equal(new RunCounts(1, 0, 0, 0), (await CountAsync(1, 2))[0]);
    }

    [Fact]
    public async Task Pass_ZoneThatWasChanged_KeepsItsDaysInstead()
    {
        for (var day = 0; day < 3; day++) await AddAsync(day, RunStatus.Done);
        await PassAsync();
        await harness.Writer.WriteAsync(w => w.Db.Workspaces.Single().TimeZone = "Asia/Kathmandu"); // 5:45 ahead
        Assert.Equal(3, await PassAsync());
        Assert.All(await RowsAsync(), row => Assert.Equal((18, 15), (row.Starts.Hour, row.Starts.Minute)));
        Assert.Equal(3, (await CountAsync(-9, 9))[0].Total);
        Assert.Equal([1, 1, 1], (await CountAsync(0, 1, 2, 3)).Select(c => c.Total));
    }

    [Fact]
    public async Task Pass_AroundAChangeOfClocks_KeepsTheDaysOfThePages()
    {
        await harness.Writer.WriteAsync(w => w.Db.Workspaces.Single().TimeZone = "America/Chicago");
        await AddAsync(-30, RunStatus.Done);
        await PassAsync();
        var format = new StudioFormat("America/Chicago", clock);
        var rows = await RowsAsync();
        Assert.Equal(34, rows.Count); // October 20, on which the run began there, to November 22
        Assert.All(rows, (row, i) => Assert.Equal(
            (format.StartOf(new DateOnly(2026, 10, 20).AddDays(i)), format.StartOf(new DateOnly(2026, 10, 20).AddDays(i + 1))),
            (row.Starts, row.Ends)));
        Assert.Contains(rows, row => row.Ends - row.Starts == TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task Pass_TenantWithoutRuns_KeepsNothing()
    {
        Assert.Equal(0, await PassAsync());
        var run = await AddAsync(0, RunStatus.Done);
        await PassAsync();
        Assert.Equal(3, (await RowsAsync()).Count);
        Assert.Equal(0, (await Days()
            .CountAsync(EngineHarness.Tenant with { Environment = StudioEnvironment.Test }, [Day, Day.AddDays(1)], default))[0].Total);
        await harness.Writer.WriteAsync(w => w.Db.Runs.Remove(w.Db.Runs.Single(r => r.Id == run)));
        await PassAsync();
        Assert.Empty(await RowsAsync());
    }

    private RunDays Days() => harness.Get<RunDays>();

    private Task<int> PassAsync() => counting.RunOnceAsync(default);

    private Task<IReadOnlyList<RunCounts>> CountAsync(params int[] days) =>
        Days().CountAsync(EngineHarness.Tenant, [.. days.Select(d => Day.AddDays(d))], default);

    private async Task<IReadOnlyList<RunDayRow>> RowsAsync()
    {
        await using var db = await harness.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await db.RunDays.AsNoTracking().OrderBy(d => d.Starts).ToListAsync();
    }

    private Task ChangeAsync(Action<RunDayRow> change) => harness.Writer.WriteAsync(w =>
    {
        change(w.Db.RunDays.OrderBy(d => d.Starts).First());
        return 0;
    });

    private async Task<Guid> AddAsync(int day, RunStatus status)
    {
        var at = Day.AddDays(day).AddMinutes(5);
        var row = new RunRow
        {
            Id = new IdFactory(new FakeTimeProvider(at)).New(), WorkspaceId = EngineHarness.Tenant.WorkspaceId,
            Environment = EngineHarness.Tenant.Environment, Cause = "manual", Status = status, CreatedAt = at,
        };
        await harness.Writer.WriteAsync(w => w.Db.Add(row).Entity.Id);
        return row.Id;
    }
}
