using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Scheduling;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Schedules;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Scheduling.Schedules;

/// <summary>
/// The engine with workflows that start by the clock, on a clock that stands still. Nothing fires unless the test says so.
/// </summary>
internal sealed class ScheduleBench : IAsyncDisposable
{
    private readonly EngineHarness engine;

    private ScheduleBench(EngineHarness engine, SetClock clock) => (this.engine, Clock) = (engine, clock);

    public SetClock Clock { get; }

    public ScheduleStore Store => engine.Get<ScheduleStore>();

    public static Task<ScheduleBench> AtAsync(string now) => AtAsync(now, TestStore.Sqlite);

    public static async Task<ScheduleBench> AtAsync(string now, TestStore store)
    {
        var clock = new SetClock(Time(now));
        return new ScheduleBench(await EngineHarness.CreateAsync(store, [], services => services.AddSingleton<TimeProvider>(clock)), clock);
    }

    /// <summary>A second node on the same data and clock; null for a database that only one node may use.</summary>
    public EngineHarness? Beside() => engine.Beside();

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    public T Get<T>()
        where T : notnull => engine.Get<T>();

    /// <summary>Publishes a workflow with this schedule as its trigger.</summary>
    public async Task<WorkflowRow> PublishAsync(string config, string? constraints = null)
    {
        var row = new WorkflowRow
        {
            Id = Get<IdFactory>().New(), WorkspaceId = EngineHarness.Tenant.WorkspaceId, Name = "Daily report",
            Slug = Get<IdFactory>().New().ToString("N"), Origin = "studio",
            TriggerType = "schedule", Status = WorkflowStatus.Active,
        };
        await engine.Writer.WriteAsync(w =>
        {
            w.Db.Add(row);
            w.Db.SaveChanges();
            return Version(w, row, config, constraints);
        });
        return row;
    }

    /// <summary>Publishes the next version, or changes the workflow in another way, and keeps its schedule.</summary>
    public Task<bool> ChangeAsync(Guid workflow, Action<WorkflowRow> change, string? config = null) => engine.Writer.WriteAsync(w =>
    {
        var row = w.Db.Workflows.Single(f => f.Id == workflow);
        change(row);
        if (config is not null) return Version(w, row, config);
        Get<ScheduleKeeper>().Keep(w, row);
        return true;
    });

    public Task<T> WriteAsync<T>(Func<StudioWrite, T> work) => engine.Writer.WriteAsync(work);

    public Task<int> FireAsync() => Get<ScheduleFiring>().RunOnceAsync(CancellationToken.None);

    public async Task<ScheduleRow> RowAsync(WorkflowRow workflow) =>
        (await Store.OfWorkflowAsync(EngineHarness.Tenant, workflow.Id, CancellationToken.None))!.Row;

    /// <summary>The payloads of all runs, in the order of their start.</summary>
    public async Task<IReadOnlyList<JsonElement>> PayloadsAsync()
    {
        await using var db = await Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        var payloads = await db.RunEvents.Where(e => e.Seq == 1).OrderBy(e => e.At).ThenBy(e => e.RunId).Select(e => e.Payload!)
            .ToListAsync();
        return [.. payloads.Select(p => JsonElement.Parse(p))];
    }

    /// <summary>The occurrences with their outcome, in order: <c>09:00 Fired</c>.</summary>
    public async Task<string> OutcomesAsync(WorkflowRow workflow)
    {
        var rows = await Store.OccurrencesAsync((await RowAsync(workflow)).Id, missed: false, null, 1_000, CancellationToken.None);
        return string.Join(", ", rows.Reverse().Select(o => $"{o.At:HH:mm} {o.Outcome}"));
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private bool Version(StudioWrite write, WorkflowRow row, string config, string? constraints = null)
    {
        var rule = constraints is null ? default : JsonElement.Parse(constraints);
        var definition = new WorkflowDefinition
        { Trigger = new WorkflowTrigger { Type = "schedule", Config = JsonElement.Parse(config), Constraints = rule } };
        Engine.Storage.Workflows.WorkflowWrites.AddVersion(write, row,
            new WorkflowVersionRow { WorkflowId = row.Id, Definition = StoredDefinitions.Text(definition), EditorState = "{}" });
        Get<ScheduleKeeper>().Keep(write, row);
        return true;
    }
}
