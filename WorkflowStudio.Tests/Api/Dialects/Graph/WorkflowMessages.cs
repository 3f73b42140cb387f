using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

/// <summary>Workflows, webhooks and events.</summary>
internal static partial class WorkflowMessages
{
    private const string Path = "/api/v1/workflows";
    private const string Page = "https://example.org";

    // every field that a definition can have: the model's own JSON is this dialect's wire form
    private const string Whole = """
        {"name":"Whole","description":"Every field.","status":"active",
        "trigger":{"type":"webhook","event":"contact_form","config":{"cors_allowed_origins":["https://example.org"],"x_own":1},"constraints":{"==":[{"var":"data.form"},"contact"]}},
        "nodes":[
        {"id":"lines","type":"for_each","name":"Each line","config":{"items":"{{ $initialPayload.lines ?? [] }}","concurrency":3},"on_error":"continue"},
        {"id":"net","type":"set","config":{"values":{"net":"{{ $item.price }}","x":1.50}},"disabled":true},
        {"id":"call","type":"sub_workflow","config":{"workflow":"nobody-made-it","x_own":{"kept":[1.50]}},"on_error":"error_port","retry":{"attempts":3,"delay":"PT10S","exponential":true,"jitter":true,"codes":["sub_workflow_failed"]},"timeout":"PT30S"},
        {"id":"note","type":"set","config":{"values":{"why":"{{ $node.call.error.code }}"}},"retry":{"attempts":1}},
        {"id":"again","type":"condition","config":{"conditions":[{"left":"{{ $initialPayload.ok }}","operator":"is_true"}]}}],
        "link_connections":[{"from":"trigger","from_port":"out","to":"lines"},{"from":"lines","from_port":"each","to":"net"},{"from":"lines","from_port":"done","to":"call"},
        {"from":"call","from_port":"error","to":"note"},{"from":"note","to":"again"},{"from":"again","from_port":"else","to":"note","max_rounds":5}],
        "settings":{"timezone":"America/Chicago","timeout":"P7D","concurrency":{"max":2,"beyond":"queue"},"exit_conditions":{"max_messages":20,"timeout_days":7},"error_workflow":"tell-the-office","variables":{"sender":"PRACTICE"}},
        "x_team":["a",{"b":2}]}
        """;

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("create_reference", p => p.PostAsync(Path, JsonNode.Parse(GraphBodies.Reference)!.ToJsonString(Plain))),
        new("create_every_field", p => p.PostAsync(Path, Whole)),
        new("create_draft_with_errors", p => p.PostAsync(Path, """{"name":"Draft","status":"draft","trigger":{"type":"manual"},"nodes":[{"id":"a","type":"set","config":{}}],"link_connections":[]}""")),
        new("create_replayed", async p =>
        {
            await p.Practice.PostAsync(Path, GraphBodies.Small(), "k1");
            return await p.PostAsync(Path, GraphBodies.Small(), ("Idempotency-Key", "k1"));
        }),
        new("list", async p =>
        {
            await p.MakeAsync(Whole);
            return await p.GetAsync(Path + "?page=1&limit=10&status=active&search=Whole");
        }),
        new("list_reference", async p =>
        {
            await p.MakeAsync(GraphBodies.Reference);
            return await p.GetAsync(Path);
        }),
        new("list_empty", p => p.GetAsync(Path + "?page=3&limit=1000")),
        new("read", async p => await p.GetAsync($"{Path}/{await p.MakeAsync(Whole)}")),
        new("replace", async p => await p.SendAsync(HttpMethod.Put, $"{Path}/{await p.MakeAsync(Whole)}", Sent(GraphBodies.Small()))),
        new("patch", async p =>
            await p.SendAsync(HttpMethod.Patch, $"{Path}/{await p.MakeAsync(Whole)}", Sent("""{"name":"Other","status":"paused"}"""))),
        new("patch_stale", async p => await p.SendAsync(
            HttpMethod.Patch, $"{Path}/{await p.MakeAsync(Whole)}", Sent("""{"name":"Other"}"""), ("If-Match", "\"99\""))),
        new("patch_with_a_broken_tag", async p => await p.SendAsync(
            HttpMethod.Patch, $"{Path}/{await p.MakeAsync(Whole)}", Sent("""{"name":"Other"}"""), ("If-Match", "99"))),
        new("ping", async p => WorkspaceName().Replace(await p.GetAsync("/api/v1/ping"), "practice-N")),
        new("contact", async p =>
        {
            await p.Practice.PostAsync("/api/v1/contacts", """{"name":"Maria Lopez","email":"maria@example.org","phone":"+17135550142"}""");
            return await p.GetAsync("/api/v1/contacts/maria@example.org");
        }),
        new("contact_unknown", p => p.GetAsync("/api/v1/contacts/nobody@example.org")),
        new("delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Path}/{await p.MakeAsync(GraphBodies.Small())}", null)),
        new("trigger",
            async p => await p.PostAsync($"{Path}/{await p.MakeAsync(GraphBodies.Small())}/trigger", """{"first_name":"Maria"}""")),
        new("trigger_without_a_body", async p => await p.PostAsync($"{Path}/{await p.MakeAsync(GraphBodies.Small())}/trigger", null)),
        new("webhook", p => HookAsync(p, new StringContent("""{"form":"contact"}""", Encoding.UTF8, "application/json"))),
        new("webhook_form", p => HookAsync(p, new StringContent(
            "form=contact&name=Maria+Jos%C3%A9", Encoding.UTF8, "application/x-www-form-urlencoded"), ("Idempotency-Key", "k1"))),
        new("webhook_of_a_page",
            p => HookAsync(p, new StringContent("""{"form":"contact"}""", Encoding.UTF8, "application/json"), ("Origin", Page))),
        new("webhook_ignored", p => HookAsync(p, new StringContent("""{"form":"other"}""", Encoding.UTF8, "application/json"))),
        new("webhook_preflight", async p => await p.OpenlyAsync(
            HttpMethod.Options, $"/api/v1/webhooks/{await p.MakeAsync(Whole)}", null, ("Origin", Page),
            ("Access-Control-Request-Method", "POST"))),
        new("event", async p =>
        {
            await ListenAsync(p);
            return await p.PostAsync("/api/v1/events", """{"type":"contact-created","id":"crm-4711","data":{"plan":"gold"}}""");
        }),
        new("event_refused", async p =>
        {
            await ListenAsync(p);
            return await p.PostAsync("/api/v1/events", """{"type":"contact-created","data":{"plan":"basic"}}""");
        }),
        new("trigger_log", async p =>
        {
            await p.Practice.PostAsync("/api/v1/workflows", GraphBodies.Small(b => b["trigger"] = JsonNode.Parse(
                """{"type":"event","event":"contact-created","constraints":{"==":[{"var":"data.plan"},"gold"]}}""")));
            await p.Practice.PostAsync("/api/v1/events", """{"type":"contact-created","id":"crm-4711","data":{"plan":"basic"}}""");
            return LineNumber().Replace(await p.GetAsync("/api/v1/trigger-log?event=contact-created"), "${1}0");
        }),
        new("event_duplicate", async p =>
        {
            await p.Practice.PostAsync("/api/v1/events", """{"type":"contact-created","id":"crm-4711"}""");
            return await p.PostAsync("/api/v1/events", """{"type":"contact-created","id":"crm-4711"}""");
        }),
    ];

    private static System.Text.Json.JsonSerializerOptions Plain { get; } = new()
    { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static StringContent Sent(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<string> HookAsync(MessagePlay play, HttpContent content, params (string, string)[] headers)
    {
        using (content) return await play.OpenlyAsync(HttpMethod.Post, $"/api/v1/webhooks/{await play.MakeAsync(Whole)}", content, headers);
    }

    private static Task<string> ListenAsync(MessagePlay play) => play.MakeAsync(GraphBodies.Small(b =>
        b["trigger"] = JsonNode.Parse("""{"type":"event","event":"contact-created","constraints":{"==":[{"var":"data.plan"},"gold"]}}""")));

    [System.Text.RegularExpressions.GeneratedRegex(@"practice-\d+")]
    private static partial System.Text.RegularExpressions.Regex WorkspaceName();

    // lines are numbered among those of all
    [GeneratedRegex("(\"id\":)\\d+")]
    private static partial Regex LineNumber();
}
