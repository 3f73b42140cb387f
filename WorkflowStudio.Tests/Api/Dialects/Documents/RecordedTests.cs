using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Documents.Documents;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>Each message of the documents dialect as it was recorded.</summary>
[Collection(StudioAppTests.Name)]
public sealed class RecordedTests(StudioApp app)
{
    private const string Integrations = Address + "/integrations";
    private const string Templates = Address + "/templates";
    private const string Slack = """{"name":"Slack Notifications","integration_type":"slack","config":{"webhook_url":"https://hooks.slack.com/...","channel":"#invoices"}}""";
    private const string Weekdays = """{"cron_expression":"0 9 * * 1-5","timezone":"America/New_York"}""";

    private static readonly RecordedFiles Files = new("Documents");

    private static readonly Dictionary<string, Func<RecordedCall, Task<string>>> All = new(StringComparer.Ordinal)
    {
        ["create_reference"] = c => c.SendAsync("POST", Address, Reference),
        ["list"] = async c =>
        {
            await c.Practice.MakeAsync();
            return await c.SendAsync("GET", Address);
        },
        ["list_part"] = async c =>
        {
            await c.Practice.MakeAsync();
            return await c.SendAsync("GET", Address + "?limit=1&offset=1");
        },
        ["read"] = async c => await c.SendAsync("GET", await c.Practice.MakeAsync(Running)),
        ["read_webhook"] = async c => await c.SendAsync("GET", await c.Practice.MakeAsync(With(("trigger_type", "\"webhook\"")))),
        ["update"] = async c => await c.SendAsync("PUT", await c.Practice.MakeAsync(), """{"enabled":false}"""),
        ["delete"] = async c => await c.SendAsync("DELETE", await c.Practice.MakeAsync()),
        ["execute"] = async c =>
            await c.SendAsync("POST", await c.Practice.MakeAsync() + "/execute", """{"trigger_data":{"document_id":"doc-uuid"}}"""),
        ["executions"] = async c => await c.SendAsync("GET", await RunAsync(c, Running) + "/executions?limit=10"),
        ["executions_failed"] = async c => await c.SendAsync("GET", await RunAsync(c, Reference) + "/executions"),
        ["schedule_create"] = async c => await c.SendAsync("POST", await c.Practice.MakeAsync() + "/schedule", Weekdays),
        ["schedule_read"] = async c => await c.SendAsync("GET", await ScheduledAsync(c)),
        ["schedule_update"] =
            async c => await c.SendAsync("PUT", await ScheduledAsync(c), """{"cron_expression":"0 10 * * 1-5","enabled":false}"""),
        ["schedule_delete"] = async c => await c.SendAsync("DELETE", await ScheduledAsync(c)),
        ["integration_create"] = c => c.SendAsync("POST", Integrations, Slack),
        ["integrations"] = async c =>
        {
            await c.Practice.PostAsync(Integrations, Slack);
            return await c.SendAsync("GET", Integrations);
        },
        ["integration_update"] = async c => await c.SendAsync("PUT", await IntegratedAsync(c), """{"config":{"channel":"#other"}}"""),
        ["integration_delete"] = async c => await c.SendAsync("DELETE", await IntegratedAsync(c)),
        ["templates"] = c => c.SendAsync("GET", Templates + "?category=invoice"),
        ["template_create"] = c => c.SendAsync("POST", Templates, """{"template_id":"0190d0c1-0000-7000-8000-000000000001","name":"My Invoice Workflow","description":"Custom invoice processing"}"""),
        ["hook_create"] = c =>
            c.SendAsync("POST", "/api/n8n/hooks", """{"hookUrl":"https://example.org/n8n","event":"workflow.completed"}"""),
        ["health"] = c => c.SendAsync("GET", "/api/health"),
        ["problem_no_key"] = async c =>
        {
            c.Practice.Client.DefaultRequestHeaders.Authorization = null;
            return await c.SendAsync("GET", Address);
        },
        ["problem_missing"] = c => c.SendAsync("POST", Address, "{}"),
        ["problem_fields"] = c => c.SendAsync("POST", Address, With(
            ("trigger_type", "\"event\""), ("definition", """{"steps":[{"id":"a","type":"nonsense"},{"id":"a","type":"parse"}]}"""))),
        ["problem_json"] = c => c.SendAsync("POST", Address, "{"),
        ["problem_unknown"] = c => c.SendAsync("GET", Address + "/0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"),
        ["problem_disabled"] = async c => await c.SendAsync("POST", await c.Practice.MakeAsync(With(("enabled", "false"))) + "/execute"),
        ["problem_schedule_exists"] = async c => await c.SendAsync("POST", await ScheduledAsync(c), Weekdays),
        ["problem_no_schedule"] = async c => await c.SendAsync("GET", await c.Practice.MakeAsync() + "/schedule"),
        ["problem_integration"] = c => c.SendAsync("DELETE", Integrations),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Message_IsAsItWasRecorded(string name) =>
        await Files.CheckAsync(name, await All[name](new RecordedCall(app, await app.PracticeAsync())));

    [Fact]
    public void Recorded_AreThoseThatAreBroughtAbout() => Assert.Equal(All.Keys.Order(StringComparer.Ordinal), Files.Names);

    private static async Task<string> RunAsync(RecordedCall call, string body)
    {
        var path = await call.Practice.MakeAsync(body);
        await call.Practice.PostAsync(path + "/execute", "");
        await call.Practice.EndedAsync(path);
        return path;
    }

    private static async Task<string> ScheduledAsync(RecordedCall call)
    {
        var path = await call.Practice.MakeAsync();
        await call.Practice.PostAsync(path + "/schedule", Weekdays);
        return path + "/schedule";
    }

    private static async Task<string> IntegratedAsync(RecordedCall call) =>
        $"{Integrations}?id={(await call.Practice.PostAsync(Integrations, Slack)).Text("id")}";
}
