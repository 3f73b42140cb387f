using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>How runs stand, what they have done, and what is asked of them.</summary>
internal static class RunMessages
{
    private const string Loop = """
        {"name":"Loop","trigger":{"type":"manual"},"nodes":[{"id":"each","type":"for_each","config":{"items":"{{ $initialPayload.items }}","concurrency":1,"on_item_error":"continue"}},
        {"id":"if","type":"condition","config":{"conditions":[{"left":"{{ $item }}","operator":"equals","right":2}]}},{"id":"no","type":"stop","config":{"code":"odd","message":"It is odd."}}],
        "link_connections":[{"from":"trigger","to":"each"},{"from":"each","from_port":"each","to":"if"},{"from":"if","from_port":"then","to":"no"}]}
        """;

    private const string OneAtATime = """
        {"name":"One","trigger":{"type":"manual"},"nodes":[{"id":"a","type":"wait","config":{"for":"2 hours"}}],
        "link_connections":[{"from":"trigger","to":"a"}],"settings":{"concurrency":{"max":1}}}
        """;

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        Status("status_completed", async p => await p.RunOfAsync(GraphBodies.Small(), "completed")),
        Status("status_failed", async p => await p.RunOfAsync(MessagePlay.Failing, "failed")),
        Status("status_waiting", async p => await p.RunOfAsync(MessagePlay.Waiting, "waiting")),
        Status("status_paused", async p => await AskedAsync(p, await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "pause", "paused")),
        Status("status_canceled", async p => await AskedAsync(p, await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "cancel", "canceled")),
        Status("status_queued", async p =>
        {
            var id = await p.MakeAsync(OneAtATime);
            await p.RunAsync(id, "waiting");
            return await p.RunAsync(id, "queued");
        }),
        Status("status_loops", async p => await p.RunOfAsync(Loop, "completed", """{"items":[1,2]}"""), "\"iterations\""),
        Status("status_retry_of", async p =>
        {
            var run = await p.RunOfAsync(MessagePlay.Failing, "failed");
            var again = (await p.Practice.PostAsync($"/api/v1/executions/{run}/retry", "{}")).Text("execution_id");
            await p.UntilAsync(again, "failed");
            return again;
        }),
        new("logs", async p => await p.GetAsync($"/api/v1/executions/{await p.RunOfAsync(GraphBodies.Small(), "completed")}/logs")),
        new("logs_of_a_loop", async p =>
            await p.GetAsync($"/api/v1/executions/{await p.RunOfAsync(Loop, "completed", """{"items":[2]}""")}/logs?after=1&limit=1000")),
        new("logs_of_a_failure", async p =>
            await p.GetAsync($"/api/v1/executions/{await p.RunOfAsync(MessagePlay.Failing, "failed")}/logs")),
        new("logs_at_the_end", async p =>
            await p.GetAsync($"/api/v1/executions/{await p.RunOfAsync(GraphBodies.Small(), "completed")}/logs?after=3")),
        new("document", async p => await p.GetAsync($"/api/v1/documents/{await DocumentAsync(p)}")),
        new("document_delete", async p =>
            await p.SendAsync(HttpMethod.Delete, $"/api/v1/documents/{await DocumentAsync(p)}", null)),
        new("document_content", async p => await p.GetAsync($"/api/v1/documents/{await DocumentAsync(p)}/content")),
        new("stream", async p => await p.GetAsync($"/api/v1/executions/{await p.RunOfAsync(GraphBodies.Small(), "completed")}/events")),
        new("stream_from_a_place", async p =>
            await p.GetAsync($"/api/v1/executions/{await p.RunOfAsync(GraphBodies.Small(), "completed")}/events", ("Last-Event-ID", "2"))),
        new("stream_at_the_end", async p =>
            await p.GetAsync($"/api/v1/executions/{await p.RunOfAsync(GraphBodies.Small(), "completed")}/events?after=3")),
        new("executions", async p =>
        {
            var id = await p.MakeAsync(GraphBodies.Small());
            await p.RunAsync(id, "completed");
            return await p.GetAsync($"/api/v1/executions?workflow_id={id}&status=completed&limit=5");
        }),
        new("executions_failed", async p =>
        {
            await p.RunOfAsync(MessagePlay.Failing, "failed");
            return await p.GetAsync("/api/v1/executions?status=failed");
        }),
        new("executions_empty", p => p.GetAsync("/api/v1/executions")),
        new("cancel", async p => await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "cancel")),
        new("pause", async p => await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "pause")),
        new("resume", async p =>
            await p.AskAsync(await AskedAsync(p, await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "pause", "paused"), "resume")),
        new("wake", async p => await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "wake", """{"step":"a"}""")),
        new("signal", async p =>
            await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "signal", """{"name":"reply","data":{"text":"yes"}}""")),
        new("retry", async p => await p.AskAsync(await p.RunOfAsync(MessagePlay.Failing, "failed"), "retry")),
        new("retry_an_iteration", async p =>
            await p.AskAsync(
                await p.RunOfAsync(Loop, "completed", """{"items":[1,2]}"""), "retry", """{"iteration":{"step":"each","index":1}}""")),
        new("retry_with_other_data", async p =>
            await p.AskAsync(
                await p.RunOfAsync(GraphBodies.Small(), "completed"), "retry", """{"payload":{"first_name":"Maria"},"version":"same"}""")),
        new("retry_all", async p => await p.AskAsync(await p.RunOfAsync(GraphBodies.Small(), "completed"), "retry", """{"again":true}""")),
    ];

    // the workflow answers with the id of the document
    private static async Task<string> DocumentAsync(MessagePlay p)
    {
        var workflow = await p.MakeAsync("""
            {"name":"Takes files","trigger":{"type":"webhook","config":{"answer":"result","answer_timeout_seconds":30}},
            "nodes":[{"id":"a","type":"respond","config":{"body":{"id":"{{ $initialPayload.cv.document_id }}"}}}],
            "link_connections":[{"from":"trigger","to":"a"}]}
            """);
        using var form = new MultipartFormDataContent { { new ByteArrayContent("Hello"u8.ToArray()), "cv", "cv.txt" } };
        return (await p.Practice.SendAsync(HttpMethod.Post, $"/api/v1/webhooks/{workflow}", form, null)).Text("id");
    }

    private static MessageCase Status(string name, Func<MessagePlay, Task<string>> run, string holds = "") => new(name, async p =>
    {
        var text = await p.GetAsync($"/api/v1/executions/{await run(p)}/status");
        Assert.Contains(holds, text, StringComparison.Ordinal);
        return text;
    });

    private static async Task<string> AskedAsync(MessagePlay play, string run, string what, string until)
    {
        Assert.Equal(202, (await play.Practice.PostAsync($"/api/v1/executions/{run}/{what}", "{}")).Status);
        await play.UntilAsync(run, until);
        return run;
    }
}
