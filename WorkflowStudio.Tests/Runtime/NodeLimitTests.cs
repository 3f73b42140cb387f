using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>What a node allows itself, and what it says when something hangs.</summary>
public sealed class NodeLimitTests
{
    private static readonly Guid Other = Guid.Parse("22222222-2222-7222-8222-222222222222");

    [Fact]
    public async Task Workspace_WithItsShareInExecution_LeavesPlacesToOthers()
    {
        var hold = new TaskCompletionSource();
        var slow = new ScriptedNode("slow", async (input, _) =>
        {
            if (input.Run.Tenant.WorkspaceId != Other) await hold.Task;
            return new NodeOutcome.Completed(JsonElement.Parse("{}"));
        }, effect: true);
        await using var engine = await EngineHarness.CreateAsync(services =>
        {
            services.AddSingleton<NodeType>(slow);
            services.AddSingleton(new NodeLimits { PerWorkspace = 1, Farewell = TimeSpan.FromMilliseconds(100) });
        });
        await engine.Writer.WriteAsync(w => w.Db.Add(new WorkspaceRow { Id = Other, Slug = "other", Name = "Other practice", TimeZone = "UTC" }) is not null);
        engine.Pump();
        var version = await engine.PublishAsync(Flows.Of("trigger > s:slow"));
        var first = await engine.StartRunAsync(version);
        await engine.EventuallyAsync(() => slow.Calls == 1);
        var second = await engine.StartRunAsync(version);
        var start = new StartRunRequest { Tenant = new Tenant(Other, StudioEnvironment.Live), VersionSerial = version, Payload = JsonElement.Parse("{}"), Cause = "manual" };
        await engine.Runs.StartAsync(start);
        await engine.EventuallyAsync(() => slow.Calls == 2); // the other workspace's, not the second of the first
        Assert.Equal(RunStatus.Queued, (await engine.UntilAsync(second, RunStatus.Queued, RunStatus.Running)).Header.Status);
        hold.SetResult();
        await engine.UntilAsync(first, RunStatus.Done);
        await engine.UntilAsync(second, RunStatus.Done);
    }

    [Fact]
    public async Task Housekeeping_ReportsRunsThatNobodyWorksOn()
    {
        await using var engine = await EngineHarness.CreateAsync(ScriptedNode.Echo()); // no pump runs
        await engine.RunAsync(Flows.Of("trigger > a:echo"));
        Assert.Equal(0, await engine.Get<Housekeeping>().ReportStuckAsync(CancellationToken.None));
        engine.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await engine.Get<Housekeeping>().ReportStuckAsync(CancellationToken.None));
    }
}
