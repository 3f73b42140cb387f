using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Code;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Sqlite;

namespace WorkflowStudio.Bench;

/// <summary>Measures what a code step costs beside one that sets values, and what endless scripts cost everybody else.</summary>
internal static class ScriptTimes
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);
    private static readonly Guid[] Workspaces =
        [Guid.Parse("0190a000-0000-7000-8000-000000000001"), Guid.Parse("0190a000-0000-7000-8000-000000000002")];

    /// <summary>Prints a row for each case.</summary>
    public static async Task<int> RunAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("scripts").FullName;
        var collection = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning)).AddSingleton(TimeProvider.System)
            .AddStudioStorage(new SqliteDatabase(folder, checkpoints: true))
            .AddSingleton(ScriptOptions.Of(ServerUnderLoad.ServerFile())).AddScripting()
            .AddSingleton<NodeType, SetNode>().AddSingleton<NodeType, CodeNode>().AddSingleton<NodeCatalog>().AddStudioEngine()
            .AddSingleton<Ends>().AddSingleton<IRunFeed>(p => p.GetRequiredService<Ends>());
        await using (var services = collection.BuildServiceProvider())
        {
            await services.GetRequiredService<StudioDatabase>().MigrateAsync(stop);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var pumps = services.GetRequiredService<ShardPumps>();
            var pumping = Task.WhenAll(Enumerable.Range(0, RunBell.Shards)
                .Select(s => Task.Run(() => pumps.RunTermAsync(s, ended.Token), stop)));
            await MeasureAsync(services, stop);
            await ended.CancelAsync();
            await pumping;
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task MeasureAsync(ServiceProvider services, CancellationToken stop)
    {
        var set = await PublishAsync(services, 0, "set", """{"values":{"a":"{{ $initialPayload.n }}"}}""");
        var code = await PublishAsync(services, 0, "code", """{"code":"return input.n + 1"}""");
        Console.WriteLine("| runs of one step | runs a second | start to end p50 | p99 | longest |\n|---|---|---|---|---|");
        foreach (var (name, version, clients) in ((string, long, int)[])
        [
            ("`set`, one after the other", set, 1), ("`code`, one after the other", code, 1), ("`set`, 16 at once", set, 16),
            ("`code`, 16 at once", code, 16),
        ])
        {
            await TimesAsync(services, version, clients, TimeSpan.FromSeconds(2), stop);
            Print(name, clients, await TimesAsync(services, version, clients, Measured, stop));
        }

        long[] endless = [await EndlessAsync(services, 0), await EndlessAsync(services, 1)];
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var loops = Enumerable.Range(0, 2).Select(async i =>
        {
            while (!enough.IsCancellationRequested) await StartAsync(services, i, endless[i], enough.Token);
        }).ToList();
        await Task.Delay(TimeSpan.FromSeconds(3), stop);
        Print("`set`, one after the other, beside two endless scripts", 1, await TimesAsync(services, set, 1, Measured * 2, stop));
        await enough.CancelAsync();
        foreach (var loop in loops) await loop.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static Task<long> EndlessAsync(ServiceProvider services, int workspace) => PublishAsync(services, workspace, "code",
        """{"code":"const a = []; for (;;) { for (let i = 0; i < 1e5; i++) a[i] = i * i; a.sort(() => 1) }","timeout_seconds":10}""");

    private static async Task<List<double>> TimesAsync(
        ServiceProvider services, long version, int clients, TimeSpan time, CancellationToken stop)
    {
        var from = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(from) < time)
            {
                var begun = Stopwatch.GetTimestamp();
                await StartAsync(services, 0, version, stop);
                mine.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            return mine;
        }));
        return [.. times.SelectMany(t => t)];
    }

    private static async Task StartAsync(ServiceProvider services, int workspace, long version, CancellationToken stop)
    {
        var tenant = new Tenant(Workspaces[workspace], StudioEnvironment.Live);
        var run = await services.GetRequiredService<RunService>().StartAsync(new StartRunRequest
        { Tenant = tenant, VersionSerial = version, Payload = JsonElement.Parse("""{"n":1}"""), Cause = "manual" }, stop);
        await services.GetRequiredService<Ends>().Of(run.RunId).WaitAsync(stop);
    }

    private static Task<long> PublishAsync(ServiceProvider services, int workspace, string type, string config)
    {
        var ids = services.GetRequiredService<IdFactory>();
        var definition = new WorkflowDefinition
        {
            Trigger = new WorkflowTrigger { Type = "manual" },
            Nodes = [new WorkflowNode { Id = "step", Type = type, Config = JsonElement.Parse(config) }],
            Links = [new LinkConnection(WorkflowDefinition.TriggerId, null, "step")],
        };
        return services.GetRequiredService<IStudioWriter>().WriteAsync(w =>
        {
            if (w.Db.Workspaces.Find(Workspaces[workspace]) is null)
                w.Db.Add(new WorkspaceRow
                { Id = Workspaces[workspace], Slug = $"bench-{workspace}", Name = "Bench", TimeZone = "UTC", AllowsCode = true });
            var row = new WorkflowRow
            {
                Id = ids.New(), WorkspaceId = Workspaces[workspace], Name = type, Slug = ids.New().ToString("N"), Origin = "studio",
                TriggerType = "manual", Status = WorkflowStatus.Active,
            };
            var version = new WorkflowVersionRow
            { WorkflowId = row.Id, Number = 1, Definition = StoredDefinitions.Text(definition), EditorState = "{}" };
            w.Db.Add(row);
            w.Db.Add(version);
            w.Db.SaveChanges();
            row.ActiveSerial = version.Serial;
            return version.Serial;
        });
    }

    private static void Print(string name, int clients, List<double> times)
    {
        times.Sort();
        var seconds = times.Sum() / 1000;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.Count * clients / seconds:N0} | "
            + $"{times[times.Count / 2]:0.0} ms | {times[(int)(times.Count * 0.99)]:0.0} ms | {times[^1]:0.0} ms |"));
    }

    /// <summary>Knows which runs have ended.</summary>
    private sealed class Ends : IRunFeed
    {
        private readonly ConcurrentDictionary<Guid, TaskCompletionSource> ends = new();

        public Task Of(Guid runId) => Source(runId).Task;

        public void Publish(RunIdentity run, IReadOnlyList<JournalEntry> entries)
        {
            foreach (var entry in entries)
                if (entry.Event is RunEvent.RunCompleted or RunEvent.RunFailed or RunEvent.RunCanceled) Source(run.RunId).TrySetResult();
        }

        private TaskCompletionSource Source(Guid runId) =>
            ends.GetOrAdd(runId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
