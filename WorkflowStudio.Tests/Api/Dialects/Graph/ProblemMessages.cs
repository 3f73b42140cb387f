using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Api;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>Every way in which this dialect says no.</summary>
internal static class ProblemMessages
{
    private const string Path = "/api/v1/workflows";

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("problem_unauthorized", p => p.OpenlyAsync(HttpMethod.Get, Path)),
        new("problem_forbidden", async p =>
        {
            var reader = GraphClients.Practice(
                p.App, p.Practice.Owner, await p.App.KeyAsync(p.Practice.Owner, StudioEnvironment.Test, "service.workflows.runs.view"));
            return await new MessagePlay(p.App, reader).GetAsync(Path);
        }),
        new("problem_unknown_workflow", p => p.PostAsync($"{Path}/wf_0190aaaabbbb7ccc8dddeeeeffff0001/trigger")),
        new("problem_unknown_run", p => p.GetAsync("/api/v1/executions/exe_0190aaaabbbb7ccc8dddeeeeffff0001/status")),
        new("problem_unknown_webhook", p =>
            p.OpenlyAsync(HttpMethod.Post, "/api/v1/webhooks/wf_0190aaaabbbb7ccc8dddeeeeffff0001", Json("{}"))),
        new("problem_unknown_address", p => p.GetAsync("/api/v1/workflow")),
        new("problem_wrong_method", p => p.SendAsync(HttpMethod.Put, Path, null)),
        new("problem_unknown_host", p => p.OpenlyAsync(HttpMethod.Get, Path, null, ("Host", "studio.example:0"))),
        new("problem_origin", async p => await p.OpenlyAsync(
            HttpMethod.Post, $"/api/v1/webhooks/{await p.MakeAsync(GraphBodies.Small())}", Json("{}"), ("Origin", "https://evil.test"))),
        new("problem_signature", p => OfHookAsync(p, GraphBodies.Small(b =>
            b["trigger"]!["config"] = JsonNode.Parse("""{"signature":{"scheme":"github","connection":"hub"}}""")))),
        new("problem_no_answer", p => OfHookAsync(p, MessagePlay.Failing.Replace(
            """{"type":"manual"}""", """{"type":"webhook","config":{"answer":"result"}}""", StringComparison.Ordinal))),
        new("problem_json", p => p.PostAsync(Path, "{\n  \"name\": oops }")),
        new("problem_duplicate_key", p => p.PostAsync(Path, """{"name":"a","trigger":{"type":"webhook","type":"manual"}}""")),
        new("problem_not_an_object", p => p.PostAsync(Path, "[]")),
        new("problem_text", p =>
            p.SendAsync(HttpMethod.Post, Path, new StringContent("{}x", Encoding.UTF8, "application/json")
            { Headers = { ContentType = new("application/json", "utf-16") } })),
        new("problem_form", async p => await p.OpenlyAsync(
            HttpMethod.Post, $"/api/v1/webhooks/{await p.MakeAsync(GraphBodies.Small())}",
            new StringContent("--b--", Encoding.UTF8, "multipart/form-data"))),
        new("problem_media_type", p => p.SendAsync(HttpMethod.Post, Path, new StringContent("{}", Encoding.UTF8, "text/plain"))),
        new("problem_too_large", p => p.PostAsync(Path, GraphBodies.Small(b => b["description"] = new string('d', 1024 * 1024)))),
        new("problem_missing_fields", p => p.PostAsync(Path, "{}")),
        new("problem_wrong_fields", p => p.PostAsync(Path, GraphBodies.Small(b => (b["name"], b["status"]) = (7, "on")))),
        new("problem_integrity", p => p.PostAsync(Path, GraphBodies.Small(b => b["link_connections"]![0]!["to"] = "b"))),
        new("problem_query", p => p.GetAsync(Path + "?page=0&status=on")),
        new("problem_not_active", async p =>
            await p.PostAsync($"{Path}/{await p.MakeAsync(GraphBodies.Small(b => b["status"] = "paused"))}/trigger")),
        new("problem_not_published", async p =>
            await p.PostAsync($"{Path}/{await p.MakeAsync(GraphBodies.Small(b => b["status"] = "draft"))}/trigger")),
        new("problem_key", p => p.PostAsync(Path, GraphBodies.Small(), ("Idempotency-Key", "two words"))),
        new("problem_key_conflict", async p =>
        {
            await p.Practice.PostAsync(Path, GraphBodies.Small(), "k1");
            return await p.PostAsync(Path, GraphBodies.Small(b => b["name"] = "Other"), ("Idempotency-Key", "k1"));
        }),
        new("problem_run_over", async p => await p.AskAsync(await p.RunOfAsync(GraphBodies.Small(), "completed"), "cancel")),
        new("problem_run_paused", async p =>
        {
            var run = await p.RunOfAsync(MessagePlay.Waiting, "waiting");
            await p.Practice.PostAsync($"/api/v1/executions/{run}/pause", "{}");
            await p.UntilAsync(run, "paused");
            return await p.AskAsync(run, "pause");
        }),
        new("problem_run_not_paused", async p => await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "resume")),
        new("problem_nothing_to_wake", async p =>
            await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "wake", """{"step":"b"}""")),
        new("problem_signal", async p => await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "signal")),
        new("problem_run_not_over", async p => await p.AskAsync(await p.RunOfAsync(MessagePlay.Waiting, "waiting"), "retry")),
        new("problem_nothing_failed", async p => await p.AskAsync(await p.RunOfAsync(GraphBodies.Small(), "completed"), "retry")),
        new("problem_no_such_iteration", async p =>
            await p.AskAsync(await p.RunOfAsync(MessagePlay.Failing, "failed"), "retry", """{"iteration":{"step":"no","index":0}}""")),
        new("problem_workflow_deleted", async p =>
        {
            var id = await p.MakeAsync(MessagePlay.Failing);
            var run = await p.RunAsync(id, "failed");
            await p.Practice.DeleteAsync($"{Path}/{id}");
            return await p.AskAsync(run, "retry");
        }),
        new("problem_event", p => p.PostAsync("/api/v1/events", """{"type":"*","id":"","data":[1]}""")),
        new("problem_rate", async p =>
        {
            var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 9, 0, 15, TimeSpan.Zero));
            await using var own = new StudioApp { Change = s => s.AddSingleton(new RequestLimits(new StudioLimits { Key = 1 }, clock)) };
            var play = new MessagePlay(own, await own.GraphPracticeAsync());
            await play.Practice.GetAsync(Path);
            return await play.GetAsync(Path);
        }),

        // these no test can bring about from outside at will: the answer alone
        Told("problem_streams", ApiProblem.TooManyStreams),
        Told("problem_in_progress", ApiProblem.InFlight),
        Told("problem_request", ApiProblem.BrokenRequest(StatusCodes.Status400BadRequest)),
        Told("problem_internal", ApiProblem.Internal),
        Told("problem_unavailable", ApiProblem.Unavailable),
        Told("problem_documents_full", ApiProblem.NoRoom(5_120)),
        Told("problem_storage", ApiProblem.Unwritable(StoreFault.DiskFull)),
        new("problem_test_run", _ =>
            MessagePlay.AnsweredAsync(GraphDialect.Instance.Refuse(
                new OperationProblem.Conflict("test_run", "This was a test run. Test the draft again in the editor.")))),
        new("problem_unreadable", _ => MessagePlay.AnsweredAsync(GraphDialect.Instance.Refuse(
            new OperationProblem.Conflict("unreadable", "The plan of the run cannot be read.") { Run = RunStatus.Paused }))),
    ];

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string> OfHookAsync(MessagePlay p, string workflow) =>
        await p.OpenlyAsync(HttpMethod.Post, $"/api/v1/webhooks/{await p.MakeAsync(workflow)}", Json("{}"));

    private static MessageCase Told(string name, ApiProblem problem) =>
        new(name, _ => MessagePlay.AnsweredAsync(GraphDialect.Instance.Refuse(problem)));
}
