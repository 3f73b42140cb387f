using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Storage.Queries;

public abstract class RunListQueriesTests(TestStore store) : EngineSuite(store), IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private EngineHarness harness = null!;
    private RunListQueries queries = null!;
    private Guid workflow;

    public async Task InitializeAsync()
    {
        harness = await CreateAsync();
        queries = new RunListQueries(harness.Get<IDbContextFactory<StudioDbContext>>());
        var serial = await harness.PublishAsync(Flows.Of());
        workflow = (await harness.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync()).Versions
            .Single(v => v.Serial == serial).WorkflowId;
    }

    public async Task DisposeAsync() => await harness.DisposeAsync();

    [Fact]
    public async Task Page_WalkedToTheEnd_ShowsEveryRunOnceNewestFirst()
    {
        var all = await Add(7);
        var seen = new List<Guid>();
        Guid? before = null;
        do
        {
            var page = await queries.PageAsync(EngineHarness.Tenant, new RunRowFilter(), before, 3, default);
            seen.AddRange(page.Rows.Select(r => r.Id));
            before = page.Next;
        }
        while (before is not null);
        Assert.Equal(Enumerable.Reverse(all), seen);
    }

    [Fact]
    public async Task Page_FilteredByStatusTextCauseAndTime_ShowsWhatFits()
    {
        await Add(6, (row, i) =>
        {
            (row.Subject, row.Cause) = (i % 2 == 0 ? "Maria Lopez" : "100%_sure", i < 3 ? "webhook" : "manual");
            row.Status = i == 4 ? RunStatus.Failed : RunStatus.Done;
        });
        Assert.Equal(1, await Count(new RunRowFilter([RunStatus.Failed])));
        Assert.Equal(3, await Count(new RunRowFilter(Text: "lopez")));
        Assert.Equal(3, await Count(new RunRowFilter(Text: "0%_s")));
        Assert.Equal(0, await Count(new RunRowFilter(Text: "0__s")));
        Assert.Equal(6, await Count(new RunRowFilter(Text: "test fl"))); // the workflow's name
        Assert.Equal(3, await Count(new RunRowFilter(Cause: "manual")));
        Assert.Equal(2, await Count(new RunRowFilter(Since: Start.AddMinutes(4))));
        Assert.Equal(0, await Count(new RunRowFilter(WorkflowId: Guid.Empty)));
    }

    [Fact]
    public async Task Page_OfSeveralStatuses_MixesThemNewestFirst()
    {
        var all = await Add(9, (row, i) => (row.Status, row.Subject) = ((RunStatus)(i % 3), i == 7 ? "Maria Lopez" : "Jo"));
        var filter = new RunRowFilter([RunStatus.Queued, RunStatus.Running]);
        var first = await queries.PageAsync(EngineHarness.Tenant, filter, null, 4, default);
        var second = await queries.PageAsync(EngineHarness.Tenant, filter, first.Next, 4, default);
        Assert.Equal(new[] { 7, 6, 4, 3, 1, 0 }.Select(i => all[i]), first.Rows.Concat(second.Rows).Select(r => r.Id));
        Assert.Null(second.Next);
        Assert.Equal(all[7],
            Assert.Single((await queries.PageAsync(EngineHarness.Tenant, filter with { Text = "lopez" }, null, 4, default)).Rows).Id);
    }

    [Fact]
    public async Task Page_OfAnotherEnvironment_IsEmpty()
    {
        await Add(2);
        var page = await queries.PageAsync(
            EngineHarness.Tenant with { Environment = StudioEnvironment.Test }, new RunRowFilter(), null, 10, default);
        Assert.Empty(page.Rows);
    }

    [Fact]
    public async Task Next_WaitingRuns_AreSoonestFirst()
    {
        var all = await Add(4, (row, i) => (row.Status, row.WakeAt) = (RunStatus.Waiting, i == 3 ? null : Start.AddHours(10 - i)));
        Assert.Equal([all[2], all[1]], (await queries.NextAsync(EngineHarness.Tenant, 2, default)).Select(r => r.Id));
    }

    [Fact]
    public async Task Counts_OfStretches_CountEachRunOnceByStatus()
    {
        await Add(5, (row, i) => row.Status = i switch
        { 0 => RunStatus.Done, 1 => RunStatus.Failed, 2 => RunStatus.Waiting, 3 => RunStatus.Queued, _ => RunStatus.Canceled });
        var figures = new RunFigureQueries(harness.Get<IDbContextFactory<StudioDbContext>>());
        var counts = await figures.CountAsync(
            EngineHarness.Tenant, [new(Start, Start.AddMinutes(2)), new(Start.AddMinutes(2), Start.AddMinutes(9))], default);
        Assert.Equal([new RunCounts(1, 1, 0, 0), new RunCounts(0, 0, 1, 2)], counts);
    }

    [Fact]
    public async Task Lengths_OfRunsThatWaited_LeaveTheWaitsOut()
    {
        var all = await Add(1, (row, _) => (row.Status, row.FinishedAt) = (RunStatus.Done, Start.AddSeconds(100)));
        await harness.Writer.WriteAsync(w =>
        {
            w.Db.AddRange(Event(2, 10, "a", RunEventKind.StepParked), Event(3, 20, "b", RunEventKind.StepParked),
                Event(4, 60, "a", RunEventKind.StepWoken), Event(5, 80, "b", RunEventKind.StepWoken));
            return 0;

            RunEventRow Event(long seq, int second, string node, RunEventKind kind) =>
                new() { RunId = all[0], Seq = seq, At = Start.AddSeconds(second), NodeId = node, Kind = kind };
        });
        var figures = new RunFigureQueries(harness.Get<IDbContextFactory<StudioDbContext>>());
        Assert.Equal([TimeSpan.FromSeconds(30)], await figures.LengthsAsync(EngineHarness.Tenant, Start.AddDays(-1), default));
    }

    private async Task<int> Count(RunRowFilter filter) =>
        (await queries.PageAsync(EngineHarness.Tenant, filter, null, 50, default)).Rows.Count;

    // runs a minute apart, oldest first
    private async Task<List<Guid>> Add(int count, Action<RunRow, int>? change = null)
    {
        var clock = new FakeTimeProvider(Start);
        var ids = new IdFactory(clock);
        var rows = Enumerable.Range(0, count).Select(i =>
        {
            clock.AdjustTime(Start.AddMinutes(i));
            var row = new RunRow
            {
                Id = ids.New(), WorkspaceId = EngineHarness.Tenant.WorkspaceId, Environment = EngineHarness.Tenant.Environment,
                WorkflowId = workflow, VersionSerial = 1, Cause = "webhook", Status = RunStatus.Done,
                CreatedAt = clock.GetUtcNow(),
            };
            change?.Invoke(row, i);
            return row;
        }).ToList();
        await harness.Writer.WriteAsync(w =>
        {
            w.Db.Runs.AddRange(rows);
            return 0;
        });
        return [.. rows.Select(r => r.Id)];
    }
}
