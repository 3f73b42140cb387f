using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Writing;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Storage.Retention;

/// <summary>A store with runs of any age, made as rows.</summary>
internal sealed class RetentionFixture : IAsyncDisposable
{
    private readonly EngineHarness harness;

    private RetentionFixture(EngineHarness harness) => this.harness = harness;

    public EngineHarness Harness => harness;

    public RunRetention Retention => harness.Get<RunRetention>();

    public static async Task<RetentionFixture> CreateAsync(TestStore kind) => new(await EngineHarness.CreateAsync(
        kind, [], services => services.AddSingleton<RowsOfRun, DocumentsOfRun>()));

    public ValueTask DisposeAsync() => harness.DisposeAsync();

    public Task<RetentionReport> PassAsync(int most = 1_000) => Retention.RunOnceAsync(most, CancellationToken.None);

    public Task RulesAsync(RetentionRules rules) =>
        harness.Writer.WriteAsync(w => { RetentionStore.Set(w, EngineHarness.Tenant, rules); return 0; });

    /// <summary>A run that began and ended some days ago (or has not ended), with these entries between its start and its end.</summary>
    public async Task<Guid> AddAsync(RunStatus status, int daysAgo, int? endedDaysAgo = null, params RunEvent[] between)
    {
        var made = harness.Clock.GetUtcNow().AddDays(-daysAgo);
        var clock = new FakeTimeProvider(made);
        var id = new IdFactory(clock).New();
        RunEvent? end = status switch
        {
            RunStatus.Done => new RunEvent.RunCompleted(),
            RunStatus.Failed => new RunEvent.RunFailed("e", "Failed"),
            RunStatus.Canceled => new RunEvent.RunCanceled("Dana"),
            _ => null,
        };
        RunEvent[] events = [new RunEvent.RunStarted(JsonElement.Parse("""{"name":"Maria Lopez"}""")), .. between,
            .. end is null ? Array.Empty<RunEvent>() : [end]];
        await WriteAsync(id, 1, made, events);
        await harness.Writer.WriteAsync(w =>
        {
            w.Db.Add(new RunRow
            {
                Id = id, WorkspaceId = EngineHarness.Tenant.WorkspaceId, Environment = EngineHarness.Tenant.Environment,
                WorkflowId = Guid.Empty, VersionSerial = 1, Cause = "webhook",
                Status = status, LastSeq = events.Length, CreatedAt = made,
                FinishedAt = end is null ? null : made.AddDays(daysAgo - (endedDaysAgo ?? daysAgo)),
            });
            return 0;
        });
        return id;
    }

    /// <summary>Entries of a run as rows, from a number on, a second apart.</summary>
    public Task WriteAsync(Guid run, long seq, DateTimeOffset at, params RunEvent[] events) => harness.Writer.WriteAsync(w =>
    {
        foreach (var (e, i) in events.Select((e, i) => (EncodedEntry.Of(new JournalEntry(seq + i, at.AddSeconds(i), e)), i)))
        {
            w.Db.Add(new RunEventRow
            {
                RunId = run, Seq = e.Seq, At = at.AddSeconds(i), Kind = (RunEventKind)e.Kind, NodeId = e.NodeId, Attempt = e.Attempt,
                Payload = e.IsLarge ? [] : e.Payload,
            });
            if (e.IsLarge) w.Db.Add(new RunBlobRow { RunId = run, Seq = e.Seq, Payload = e.Payload! });
        }

        return 0;
    });

    /// <summary>As many log lines.</summary>
    public static RunEvent[] Lines(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new RunEvent.Log("a", 1, NodeLogLevel.Info, $"Line {i}"))];

    /// <summary>An output over 32 KiB.</summary>
    public static RunEvent Large(int i) => new RunEvent.StepCompleted(
        "a", i, JsonSerializer.SerializeToElement(new { text = new string((char)('a' + (i % 26)), 40_000) }), null);

    /// <summary>How many rows of a table belong to a run.</summary>
    public Task<long> RowsAsync(string table, Guid run) => harness.Get<GroupCommitWriter>().EnqueueAsync(session =>
    {
        using var count = session.Statement("SELECT count(*) FROM " + table + " WHERE \"RunId\"=@p0", "b");
        return (long)count.Scalar(SqlId.Of(run))!;
    });

    public Task<bool> ExistsAsync(Guid run) => harness.Writer.WriteAsync(w => w.Db.Runs.Any(r => r.Id == run));

    public async Task<IReadOnlyList<string>> EntriesAsync(Guid run, long after = 0, int limit = int.MaxValue) =>
        [.. (await harness.Get<RunHistory>().EntriesAsync(run, after, limit, CancellationToken.None))
            .Select(e => $"{e.Seq} {e.At:O} {e.Event.Kind} {Convert.ToBase64String(RunEventCodec.Write(e.Event) ?? [])}")];
}
