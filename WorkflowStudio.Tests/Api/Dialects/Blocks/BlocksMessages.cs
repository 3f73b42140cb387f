using System.Net.Http;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>The messages of the blocks dialect that are recorded.</summary>
internal static class BlocksMessages
{
    private const string Small = """
        {"name":"Small","trigger_type":"manual-trigger","workflow_blocks":[{"$kind":"Action","id":"a","type":"set","name":"Set it","input":{"values":{"x":1}}}]}
        """;

    private const string Whole = """
        {"name":"Whole","description":"Every field.","trigger_type":"webhook","trigger_configuration":{"cors_allowed_origins":["https://example.org"],"x_own":[1.50]},
        "trigger_constraints":{"==":[{"var":"data.form"},"contact"]},"workflow_editor_state":{"nodes":[],"edges":[]},"settings":{"timezone":"America/Chicago"},
        "workflow_blocks":["odd",
        {"$kind":"Action","id":"call","type":"sub_workflow","name":"Call","input":{"workflow":"nobody-made-it"},"on_error":"error_port","retry":{"attempts":3},"timeout":"PT30S","team":{"a":1},
        "branches":{"error":[{"$kind":"Action","id":"note","type":"set","name":"","input":{"values":{"x":1}},"disabled":true,"closed":["out"]}]}},
        {"$kind":"Block","type":"if-else","id":"if","inputs":{"condition":{"operatorName":"equals","left":"{{call.output.field}}","right":"value"}},"branches":{"then":[],"else":[]}},
        {"$kind":"Block","type":"switch","id":"kind","inputs":{"value":1,"cases":["a","b"]},
        "branches":{"default":[]},"groups":[{"branches":{"a":[{"$kind":"Action","type":"ask-ai","input":{}}],"b":[]},"then":[{"$kind":"Action","id":"together","type":"set","name":"","input":{"values":{"x":1}}}]}]},
        {"$kind":"Block","type":"for-each","id":"each","inputs":{"items":[1]},"branches":{"body":[]}},
        {"$kind":"Block","type":"parallel","id":"both","inputs":{},"branches":{"one":[],"two":[]}},
        {"$kind":"Block","type":"wait","id":"wait","inputs":{"duration":30}}]}
        """;

    private const string Failing = """
        {"name":"Fails","trigger_type":"manual-trigger","workflow_blocks":[{"$kind":"Action","id":"no","type":"stop","name":"","input":{"code":"no_insurance","message":"The client has no insurance that we take."}}]}
        """;

    private const string Odd = """
        {"name":"Odd","trigger_type":"cron-trigger","trigger_configuration":{"cron":"never"},"trigger_constraints":{"nobody":[1]},
        "workflow_blocks":["odd",{"$kind":"Block","type":"wait","id":"w","inputs":{}},{"$kind":"Action","id":"w","type":"set","name":"","input":{"values":{}}}]}
        """;

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("create", p => p.PostAsync("/workflows", Small)),
        new("create_every_field", p => p.PostAsync("/workflows", Whole)),
        new("create_replayed", async p =>
        {
            await p.Practice.PostAsync("/workflows", Small, "k1");
            return await p.PostAsync("/workflows", Small, ("Idempotency-Key", "k1"));
        }),
        new("read", async p => await p.GetAsync($"/workflows/{await MakeAsync(p, Whole)}")),
        new("list", async p =>
        {
            await MakeAsync(p, Small);
            return await p.GetAsync("/workflows?page=1&limit=10&search=Small");
        }),
        new("list_empty", p => p.GetAsync("/workflows?page=3&limit=1000")),
        new("patch", async p => await p.SendAsync(
            HttpMethod.Patch, $"/workflows/{await MakeAsync(p, Small)}", Json("""{"name":"Other","trigger_type":"ticket-created"}"""))),
        new("delete", async p => await p.SendAsync(HttpMethod.Delete, $"/workflows/{await MakeAsync(p, Small)}", null)),
        new("activate", async p => await p.PostAsync($"/workflows/{await MakeAsync(p, Small)}/activate", null)),
        new("deactivate", async p => await p.PostAsync($"/workflows/{await ActiveAsync(p, Small)}/deactivate", null)),
        new("trigger", async p => await p.PostAsync($"/workflows/{await ActiveAsync(p, Small)}/trigger", """{"first_name":"Maria"}""")),
        new("runs", async p =>
        {
            var (id, _) = await RanAsync(p, Small, "completed");
            return await p.GetAsync($"/workflows/{id}/runs?page=1&limit=20&status=completed,failed&trigger_cause=manual&search=Small");
        }),
        new("run_completed", async p => await RunAsync(p, Small, "completed")),
        new("run_failed", async p => await RunAsync(p, Failing, "failed")),
        new("validate", p => p.PostAsync("/workflows/validate", Small)),
        new("validate_issues", p => p.PostAsync("/workflows/validate", """
            {"trigger_type":"webhook","workflow_blocks":["odd",{"$kind":"Action","id":"a","type":"nobody","name":"","input":{}},{"$kind":"Action","id":"a","type":"set","name":"","input":{"values":{"x":1}}}]}
            """)),
        new("problem_missing_fields", p => p.PostAsync("/workflows", "{}")),
        new("problem_wrong_fields",
            p => p.PostAsync("/workflows", """{"name":7,"trigger_type":"nobody","workflow_blocks":{},"settings":{"timeout":"soon"}}""")),
        new("problem_not_ready", async p => await p.PostAsync($"/workflows/{await MakeAsync(p, Odd)}/activate", null)),
        new("problem_not_active", async p => await p.PostAsync($"/workflows/{await MakeAsync(p, Small)}/trigger")),
        new("problem_query",
            async p => await p.GetAsync($"/workflows/{await MakeAsync(p, Small)}/runs?page=0&status=odd&trigger_cause=odd")),
        new("problem_unknown_workflow", p => p.GetAsync("/workflows/0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001")),
        new("problem_unknown_address", p => p.GetAsync("/workflows/a/b/c/d")),
        new("problem_wrong_method", p => p.SendAsync(HttpMethod.Put, "/workflows", null)),
        new("problem_json", p => p.PostAsync("/workflows", "{")),
        new("problem_media_type", p => p.SendAsync(HttpMethod.Post, "/workflows", new StringContent("{}"))),
        new("problem_unauthorized", p => p.OpenlyAsync(HttpMethod.Get, "/workflows")),
        new("problem_precondition", async p => await p.SendAsync(
            HttpMethod.Patch, $"/workflows/{await MakeAsync(p, Small)}", Json("""{"name":"Other"}"""), ("If-Match", "\"0\""))),
        new("problem_key_conflict", async p =>
        {
            await p.Practice.PostAsync("/workflows", Small, "k1");
            return await p.PostAsync("/workflows", Failing, ("Idempotency-Key", "k1"));
        }),
    ];

    private static async Task<string> MakeAsync(MessagePlay play, string body)
    {
        var made = await play.Practice.PostAsync("/workflows", body);
        Assert.True(made.Status == 201, made.Body);
        return made.Text("workflow_id");
    }

    private static async Task<string> ActiveAsync(MessagePlay play, string body)
    {
        var id = await MakeAsync(play, body);
        var on = await play.Practice.PostAsync($"/workflows/{id}/activate", "{}");
        Assert.True(on.Status == 200, on.Body);
        return id;
    }

    private static async Task<(string Workflow, string Run)> RanAsync(MessagePlay play, string body, string status)
    {
        var id = await ActiveAsync(play, body);
        var run = (await play.Practice.PostAsync($"/workflows/{id}/trigger", "{}")).Text("id");
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while ((await play.Practice.GetAsync($"/workflows/{id}/runs/{run}")).Text("status") != status)
        {
            Assert.False(patience.IsCancellationRequested, $"The run did not become {status}.");
            await Task.Yield();
        }

        return (id, run);
    }

    private static async Task<string> RunAsync(MessagePlay play, string body, string status)
    {
        var (id, run) = await RanAsync(play, body, status);
        return await play.GetAsync($"/workflows/{id}/runs/{run}");
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
