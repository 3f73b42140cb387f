using WorkflowStudio.Api.V1;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Common;

/// <summary>Where a dialect has what all of them have.</summary>
/// <param name="Name">The dialect.</param>
/// <param name="Hooks">The address of the webhooks that go out.</param>
/// <param name="Event">An event of theirs.</param>
/// <param name="Log">The address of a run's log, of workflow and run.</param>
internal sealed record CommonPlaces(string Name, string Hooks, string Event, Func<Guid, Guid, string> Log)
{
    public static IReadOnlyList<CommonPlaces> All { get; } =
    [
        new("graph", "/api/v1/webhooks", "workflow.completed", (_, run) => $"/api/v1/executions/{ShownId.Execution(run)}/logs"),
        new("sequences", "/api/v1/webhooks", "workflow.completed", (_, run) => $"/api/v1/workflows/runs/{ShownId.Run(run)}/logs"),
        new("services", "/api/v1/services/workflows/webhooks", "workflows.run.failed",
            (_, run) => $"/api/v1/services/workflows/runs/{run}/logs"),
        new("documents", "/api/webhooks", "workflow.failed", (workflow, run) => $"/api/workflows/{workflow}/executions/{run}/logs"),
        new("blocks", "/workflows/webhooks", "workflow.run.failed", (workflow, run) => $"/workflows/{workflow}/runs/{run}/logs"),
    ];

    /// <summary>A call of a practice whose client speaks the dialect.</summary>
    public async Task<RecordedCall> CallAsync(StudioApp app)
    {
        var call = new RecordedCall(app, await app.PracticeAsync());
        if (Name == "graph") call.Practice.Client.DefaultRequestHeaders.Add(V1Dialect.GraphHeader, "practice_1");
        return call;
    }
}

/// <summary>The messages of what all dialects have.</summary>
internal static class CommonMessages
{
    public static IReadOnlyDictionary<string, Func<CommonPlaces, RecordedCall, Task<string>>> All { get; } =
        new Dictionary<string, Func<CommonPlaces, RecordedCall, Task<string>>>(StringComparer.Ordinal)
        {
            ["webhook_create"] = (at, call) => call.SendAsync("POST", at.Hooks, Body(at)),
            ["webhook_wrong"] = (at, call) => call.SendAsync("POST", at.Hooks, """{"url":"http://10.0.0.1/x","events":["x"]}"""),
            ["webhook_list"] = async (at, call) =>
            {
                await MakeAsync(at, call);
                return await call.SendAsync("GET", at.Hooks);
            },
            ["webhook_read"] = async (at, call) => await call.SendAsync("GET", await MakeAsync(at, call)),
            ["webhook_unknown"] = (at, call) => call.SendAsync("GET", at.Hooks + "/0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"),
            ["webhook_change"] = async (at, call) =>
                await call.SendAsync("PATCH", await MakeAsync(at, call), """{"description":"Tells the CRM"}"""),
            ["webhook_delete"] = async (at, call) => await call.SendAsync("DELETE", await MakeAsync(at, call)),
            ["webhook_test"] = async (at, call) => await call.SendAsync("POST", await MakeAsync(at, call) + "/test"),
            ["webhook_rotate"] = async (at, call) => await call.SendAsync("POST", await MakeAsync(at, call) + "/rotate-secret"),
            ["webhook_deliveries"] = async (at, call) => await call.SendAsync("GET", await TriedAsync(at, call) + "/deliveries"),
            ["webhook_resend_captured"] = async (at, call) =>
            {
                var one = await TriedAsync(at, call);
                var list = (await call.Practice.GetAsync(one + "/deliveries")).Body;
                var delivery = list[list.IndexOf("evt_", StringComparison.Ordinal)..][..36];
                return await call.SendAsync("POST", $"{one}/deliveries/{delivery}/resend");
            },
            ["log"] = async (at, call) => await call.SendAsync("GET", await RunAsync(at, call)),
            ["log_followed"] = async (at, call) => await call.SendAsync("GET", await RunAsync(at, call) + "?follow=true"),
        };

    private static string Body(CommonPlaces at) =>
        $$"""{"url":"https://example.org/hooks","events":["{{at.Event}}"],"description":"Tells the practice's own system"}""";

    private static async Task<string> MakeAsync(CommonPlaces at, RecordedCall call) =>
        (await call.Practice.PostAsync(at.Hooks, Body(at))).Headers.Location!.ToString();

    private static async Task<string> TriedAsync(CommonPlaces at, RecordedCall call)
    {
        var one = await MakeAsync(at, call);
        Assert.Equal(200, (await call.Practice.PostAsync(one + "/test", "{}")).Status);
        return one;
    }

    // it has ended: only then it is the same every time
    private static async Task<string> RunAsync(CommonPlaces at, RecordedCall call)
    {
        var made = await call.Practice.PostAsync("/api/v1/workflows", GraphBodies.Small());
        Assert.True(ShownId.TryRead(made.Text("id"), out var workflow));
        var run = (await call.App.Get<StartRun>().RunAsync(
            call.Practice.Owner, workflow, System.Text.Json.JsonElement.Parse("{}"), "api")).Value!.RunId;
        var path = at.Log(workflow, run);
        while (!(await call.Practice.GetAsync(path)).Body.Contains("run_completed", StringComparison.Ordinal)) await Task.Yield();
        return path;
    }
}
