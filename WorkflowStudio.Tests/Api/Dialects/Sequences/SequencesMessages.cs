using System.Text;
using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using static WorkflowStudio.Tests.Api.Dialects.Sequences.SequencesTexts;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>Every message of the sequences dialect that is recorded.</summary>
internal static partial class SequencesMessages
{
    private const string Runs = Templates + "/runs";
    private const string Contacts = "/api/v1/contacts";
    private const string OfTheHouse = Templates + "/wf_00000000000070008000000000000001";
    private const string Waiting = """{"name":"Waits","triggerType":"manual","steps":[{"type":"wait","config":{"duration":"24h"}}]}""";
    private const string Quick = """{"name":"Quick","triggerType":"manual","steps":[{"type":"set","config":{"values":{"x":"1"}}}]}""";
    // its message has no text
    private const string Failing = """{"name":"Fails","triggerType":"manual","steps":[{"type":"send_message","config":{"template":"bye"}}]}""";

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("create", p => p.PostAsync(Templates, Create)),
        new("create_unset", p => p.PostAsync(Templates, Quick)),
        new("create_replayed", async p =>
        {
            await p.Practice.PostAsync(Templates, Create, "k1");
            return await p.PostAsync(Templates, Create, ("Idempotency-Key", "k1"));
        }),
        new("create_of_both_dialects", p => p.PostAsync(Templates, With("nodes", "[]"))),
        new("create_of_neither", p => p.PostAsync(Templates, "{}")),
        new("create_with_errors", p => p.PostAsync(Templates, With("steps", """[{"type":"teleport"}]"""))),
        new("list", async p =>
        {
            await p.Practice.MakeAsync(With("triggerConfig", """{"a":1}"""));
            return await p.GetAsync($"{Templates}?isActive=true");
        }),
        new("list_of_the_house", p => p.GetAsync($"{Templates}?search=Pre-Screening&limit=1")),
        new("list_empty", p => p.GetAsync($"{Templates}?page=9")),
        new("list_with_a_wrong_page", p => p.GetAsync($"{Templates}?page=0")),
        new("read", async p => await p.GetAsync($"{Templates}/{await p.Practice.MakeAsync()}")),
        new("update", async p => await SendAsync(p, HttpMethod.Patch, $"{Templates}/{await p.Practice.MakeAsync()}", Update)),
        new("update_stale", async p =>
            await SendAsync(p, HttpMethod.Patch, $"{Templates}/{await p.Practice.MakeAsync()}", Update, ("If-Match", "\"99\""))),
        new("update_of_the_house", p => SendAsync(p, HttpMethod.Patch, OfTheHouse, Update)),
        new("delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Templates}/{await p.Practice.MakeAsync()}", null)),
        new("delete_with_a_run", async p =>
        {
            var workflow = await p.Practice.MakeAsync(Waiting);
            await StartAsync(p, workflow);
            return await p.SendAsync(HttpMethod.Delete, $"{Templates}/{workflow}", null);
        }),
        new("start", async p => await p.PostAsync(Runs, await StartOfAsync(p, await p.Practice.MakeAsync(Waiting)))),
        new("start_twice", async p =>
        {
            var body = await StartOfAsync(p, await p.Practice.MakeAsync(Waiting));
            await p.Practice.PostAsync(Runs, body);
            return await p.PostAsync(Runs, body);
        }),
        new("start_of_one_that_is_off",
            async p => await p.PostAsync(Runs, await StartOfAsync(p, await p.Practice.MakeAsync(With("isActive", "false"))))),
        new("start_for_nobody", async p => await p.PostAsync(
            Runs, $$"""{"workflowId":"{{await p.Practice.MakeAsync()}}","contactId":"550e8400-e29b-41d4-a716-446655440000"}""")),
        new("start_of_nothing", p => p.PostAsync(Runs, """{"workflowId":"wf_abc123","contactId":"550e8400-..."}""")),
        new("start_of_the_house",
            p => p.PostAsync(Runs, """{"workflowId":"wf_00000000000070008000000000000001","contactId":"550e8400-..."}""")),
        new("runs", async p =>
        {
            var run = await StartAsync(p, await p.Practice.MakeAsync(Quick));
            await UntilAsync(p, run, "completed");
            return await p.GetAsync($"{Runs}?status=completed");
        }),
        new("run_failed", async p =>
        {
            var run = await StartAsync(p, await p.Practice.MakeAsync(Failing));
            await UntilAsync(p, run, "failed");
            return await p.GetAsync($"{Runs}/{run}");
        }),
        .. new[] { "cancel", "pause", "resume" }.Select(what => new MessageCase(
            what == "resume" ? "resume_of_one_that_is_not_paused" : what,
            async p => await p.PostAsync($"{Runs}/{await StartAsync(p, await p.Practice.MakeAsync(Waiting))}/{what}"))),
        new("resume", async p =>
        {
            var run = await StartAsync(p, await p.Practice.MakeAsync(Waiting));
            await p.Practice.PostAsync($"{Runs}/{run}/pause", "{}");
            await UntilAsync(p, run, "paused");
            return await p.PostAsync($"{Runs}/{run}/resume");
        }),
        new("trigger_log", async p =>
        {
            await p.Practice.PostAsync(Templates, """
                {"name":"New contact","triggerType":"automatic",
                "triggerConfig":{"event":"contact-created","constraints":{"==":[{"var":"data.plan"},"gold"]}},"steps":[{"type":"end"}]}
                """);
            await p.Practice.PostAsync("/api/v1/events", """{"type":"contact-created","id":"crm-4711","data":{"plan":"basic"}}""");
            return LineNumber().Replace(await p.GetAsync("/api/v1/trigger-log?event=contact-created"), "${1}0");
        }),
        new("contact_read", async p => await p.GetAsync($"{Contacts}/{await RunTests.ContactAsync(p.Practice)}")),
        new("contact_create",
            p => p.PostAsync(Contacts, """{"firstName":"Maria","lastName":"Lopez","email":"maria@example.org","phone":"713 555 0142"}""")),
        new("contact_refused", p => p.PostAsync(Contacts, """{"email":"nobody"}""")),
        new("contact_list", async p =>
        {
            await RunTests.ContactAsync(p.Practice);
            return await p.GetAsync(Contacts);
        }),
        new("contact_update", async p =>
            await SendAsync(p, HttpMethod.Patch, $"{Contacts}/{await RunTests.ContactAsync(p.Practice)}", """{"phone":"713 555 0142"}""")),
        new("contact_delete",
            async p => await p.SendAsync(HttpMethod.Delete, $"{Contacts}/{await RunTests.ContactAsync(p.Practice)}", null)),
        new("contact_merge", async p => await p.PostAsync(
            $"{Contacts}/{await RunTests.ContactAsync(p.Practice)}/merge",
            $$"""{"contactId":"{{await DoubleAsync(p)}}"}""")),
        new("contact_merge_refused", async p => await p.PostAsync($"{Contacts}/{await RunTests.ContactAsync(p.Practice)}/merge")),
        new("contact_doubles", async p =>
        {
            await RunTests.ContactAsync(p.Practice);
            await DoubleAsync(p);
            return await p.GetAsync($"{Contacts}/doubles");
        }),
        new("message_read", async p => await p.GetAsync($"/api/v1/messages/{await MessageAsync(p)}")),
        new("message_delete", async p => await p.SendAsync(HttpMethod.Delete, $"/api/v1/messages/{await MessageAsync(p)}", null)),
        new("message_receive", async p =>
        {
            await RunTests.ContactAsync(p.Practice);
            return await p.PostAsync("/api/v1/messages", """{"from":"stranger@example.org","to":"desk@example.org","body":"Is the flat free?"}""");
        }),
        new("message_refused", p => p.PostAsync("/api/v1/messages", """{"from":"+17135550142"}""")),
        new("message_list", async p =>
        {
            await p.Practice.PostAsync("/api/v1/messages", """{"from":"+17135550142","body":"Yes, on Thursday"}""");
            return await p.GetAsync("/api/v1/messages");
        }),
        new("problem_json", p => p.PostAsync(Templates, "{")),
        new("problem_media_type",
            p => p.SendAsync(HttpMethod.Post, Templates, new StringContent("a=1", Encoding.UTF8, "application/x-www-form-urlencoded"))),
        new("problem_key_conflict", async p =>
        {
            await p.Practice.PostAsync(Templates, Create, "k1");
            return await p.PostAsync(Templates, Quick, ("Idempotency-Key", "k1"));
        }),
        new("problem_unknown_address", p => p.GetAsync("/api/v1/nothing")),
        new("problem_unknown_workflow", p => p.GetAsync($"{Templates}/wf_abc123")),
        new("problem_wrong_method", p => p.SendAsync(HttpMethod.Delete, Runs, null)),
        new("problem_unauthorized", async p =>
        {
            using var client = p.App.CreateClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, Templates);
            return await Recording.OfAsync(client, request);
        }),
    ];

    private static Task<string> SendAsync(
        MessagePlay play, HttpMethod method, string path, string body, params (string Name, string Value)[] headers) =>
        play.SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"), headers);

    private static async Task<string> StartOfAsync(MessagePlay play, string workflow) =>
        $$"""{"workflowId":"{{workflow}}","contactId":"{{await RunTests.ContactAsync(play.Practice)}}","propertyId":"prop_def456"}""";

    private static async Task<string> StartAsync(MessagePlay play, string workflow) =>
        (await RunTests.StartAsync(play.Practice, workflow, await RunTests.ContactAsync(play.Practice))).Id();

    private static Task UntilAsync(MessagePlay play, string run, string word) => play.UntilAsync(run, word);

    // lines are numbered among those of all
    [GeneratedRegex("(\"id\":)\\d+")]
    private static partial Regex LineNumber();

    private static async Task<string> DoubleAsync(MessagePlay play) =>
        (await play.Practice.PostAsync(Contacts, """{"firstName":"Maria","email":"maria@example.org"}""")).Json
            .GetProperty("data").GetProperty("id").GetString()!;

    private static async Task<string> MessageAsync(MessagePlay play) =>
        (await play.Practice.PostAsync("/api/v1/messages", """{"from":"+17135550142","body":"Yes, on Thursday"}""")).Json
            .GetProperty("data").GetProperty("id").GetString()!;
}
