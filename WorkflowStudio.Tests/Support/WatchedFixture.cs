using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Support;

/// <summary>A run that stands after its start, and can be flooded with lines as fast as a test wants.</summary>
internal sealed class WatchedFixture : IAsyncDisposable
{
    private readonly int lines;
    private long seq = 1;

    private WatchedFixture(EngineHarness harness, Guid run, int lines) => (Harness, Run, this.lines) = (harness, run, lines);

    public EngineHarness Harness { get; }

    public Guid Run { get; }

    public RunHistory History => Harness.Get<RunHistory>();

    public static async Task<WatchedFixture> CreateAsync(int lines)
    {
        var harness = await EngineHarness.CreateAsync(ScriptedNode.Echo());
        return new WatchedFixture(harness, await harness.RunAsync(Flows.Of("trigger > a:echo")), lines);
    }

    public async Task<RunWatch> WatchAsync() =>
        (await new WatchRun(Harness.Feed, Harness.Views, Harness.RunAccess())
            .OpenAsync(new Caller { Tenant = EngineHarness.Tenant, Name = "Dana", Role = WorkspaceRole.Viewer }, Run, default)).Value!;

    /// <summary>Writes the lines into the journal and tells the feed of them, in one go.</summary>
    public Task FloodAsync() =>
        TellAsync([.. Enumerable.Range(1, lines).Select(i => new RunEvent.Log("a", 1, NodeLogLevel.Info, $"Line {i}"))]);

    /// <summary>The same with any events.</summary>
    public Task TellAsync(params RunEvent[] events) => TellAsync(Run, seq += events.Length, events);

    /// <summary>The same of another run that stands after its start.</summary>
    public Task TellAsync(Guid run, params RunEvent[] events) => TellAsync(run, 1 + events.Length, events);

    private async Task TellAsync(Guid run, long last, RunEvent[] events)
    {
        JournalEntry[] entries = [.. events.Select((e, i) => new JournalEntry(last - events.Length + 1 + i, Harness.Clock.GetUtcNow(), e))];
        await Harness.Writer.WriteAsync(w =>
        {
            foreach (var e in entries.Select(e => EncodedEntry.Of(e)))
                w.Db.Add(new RunEventRow
                {
                    RunId = run, Seq = e.Seq, At = DateTimeOffset.FromUnixTimeMilliseconds(e.At),
                    Kind = (Engine.Runtime.State.RunEventKind)e.Kind, NodeId = e.NodeId, Attempt = e.Attempt, Payload = e.Payload,
                });
            return 0;
        });
        ((IRunFeed)Harness.Feed).Publish(new RunIdentity(run, EngineHarness.Tenant, Guid.Empty, 1, 0), entries);
    }

    public ValueTask DisposeAsync() => Harness.DisposeAsync();
}
