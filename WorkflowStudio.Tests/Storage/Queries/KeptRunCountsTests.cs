using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Storage.Queries;

public sealed class KeptRunCountsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeClock clock = new(Day.AddDays(4));
    private EngineHarness harness = null!;
    private KeptRunCounts counts = null!;

    public async Task InitializeAsync()
    {
        harness = await EngineHarness.CreateAsync();
        counts = Kept();
    }

    public async Task DisposeAsync() => await harness.DisposeAsync();

    [Fact]
    public async Task Count_SeveralStretches_SaysWhatTheFiguresSay()
    {
        for (var day = 0; day < 4; day++)
            for (var status = RunStatus.Queued; status <= RunStatus.Paused; status++)
                if ((int)status >= day) await AddAsync(day, status);

        DateTimeOffset[] edges = [.. Enumerable.Range(0, 5).Select(i => Day.AddDays(i))];
        RunCounts[] expected = [new(1, 1, 1, 4), new(1, 1, 1, 3), new(1, 1, 1, 2), new(1, 1, 1, 1)];
        Assert.Equal(expected, await counts.CountAsync(EngineHarness.Tenant, edges, default));
        Assert.Equal(expected, await counts.CountAsync(EngineHarness.Tenant, edges, default));
        Assert.Empty(await counts.CountAsync(EngineHarness.Tenant, [Day], default));
    }

    [Fact]
    public async Task Count_StretchThatEndedMoreThanADayAgo_IsKeptForTenMinutes()
    {
        Assert.Equal(0, await TotalAsync(0));
        await AddAsync(0, RunStatus.Done);
        clock.Now += KeptRunCounts.Age - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await TotalAsync(0));

        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(1, await TotalAsync(0));
    }

    [Theory]
    [InlineData(2)] // it ended a day ago, to the moment
    [InlineData(3)]
    [InlineData(4)]
    public async Task Count_StretchThatEndedWithinTheDayOrHasNot_IsCountedEachTime(int day)
    {
        Assert.Equal(0, await TotalAsync(day));
        await AddAsync(day, RunStatus.Running);
        Assert.Equal(1, await TotalAsync(day));
    }

    [Fact]
    public async Task Count_ClockThatIsSetBack_IsCountedAnew()
    {
        Assert.Equal(0, await TotalAsync(0));
        await AddAsync(0, RunStatus.Done);
        clock.Now -= TimeSpan.FromHours(1);
        Assert.Equal(1, await TotalAsync(0));
    }

    [Fact]
    public async Task Count_OfAnotherEnvironment_IsItsOwn()
    {
        await AddAsync(0, RunStatus.Done);
        Assert.Equal(1, await TotalAsync(0));
        Assert.Equal(0, (await counts.CountAsync(EngineHarness.Tenant with { Environment = StudioEnvironment.Test }, [Day, Day.AddDays(1)], default))[0].Total);
    }

    [Fact]
    public async Task Count_MoreStretchesThanAreKept_ForgetsTheOthers()
    {
        counts = Kept(most: 2);
        for (var hour = 0; hour < 3; hour++) await counts.CountAsync(EngineHarness.Tenant, [Day.AddHours(hour), Day.AddHours(hour + 1)], default);
        await AddAsync(0, RunStatus.Done);
        Assert.Equal(1, (await counts.CountAsync(EngineHarness.Tenant, [Day, Day.AddHours(1)], default))[0].Total);
    }

    private KeptRunCounts Kept(int most = 10) => new(new RunFigureQueries(harness.Get<IDbContextFactory<StudioDbContext>>()), clock, most);

    private async Task<long> TotalAsync(int day) => (await counts.CountAsync(EngineHarness.Tenant, [Day.AddDays(day), Day.AddDays(day + 1)], default))[0].Total;

    private Task AddAsync(int day, RunStatus status)
    {
        var at = Day.AddDays(day).AddMinutes(5);
        var row = new RunRow
        {
            Id = new IdFactory(new FakeClock(at)).New(), WorkspaceId = EngineHarness.Tenant.WorkspaceId, Environment = EngineHarness.Tenant.Environment, Cause = "manual", Status = status, CreatedAt = at,
        };
        return harness.Writer.WriteAsync(w =>
        {
            w.Db.Runs.Add(row);
            return 0;
        });
    }
}
