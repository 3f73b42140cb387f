using System.Text.RegularExpressions;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Services.CreateTests;

namespace WorkflowStudio.Tests.Api.Dialects.Services;

/// <summary>Each message of the services dialect as it was recorded.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class RecordedTests(StudioApp app)
{
    private const string Runs = "/api/v1/services/workflows/runs";

    private static readonly RecordedFiles Files = new("Services");

    private static readonly Dictionary<string, Func<RecordedCall, Task<string>>> All = new(StringComparer.Ordinal)
    {
        ["create_reference"] = c => c.SendAsync(
            "POST", Address, Reference, ("Idempotency-Key", "11111111-2222-3333-4444-555555555555"), ("X-Request-Id", "req-1")),
        ["create_every_field"] = c => c.SendAsync("POST", Address, """{"name":"Digest","description":"Every week","trigger_type":"manual","timezone":"Europe/London","status":"paused","visibility":"private","shared_user_ids":[],"shared_role_ids":[],"steps":[{"step_type":"payments_summary","step_config":{"date_range":"last_7_days"}},{"step_type":"send_email","step_config":{"to":"a@example.org","subject":"Paid"}}]}"""),
        ["list"] = async c =>
        {
            await MakeAsync(c);
            return await c.SendAsync("GET", Address + "?limit=10&offset=0");
        },
        ["read"] = async c => await c.SendAsync("GET", await MakeAsync(c)),
        ["update"] = async c => await c.SendAsync("PATCH", await MakeAsync(c), """{"name":"Renamed"}"""),
        ["replace"] = async c => await c.SendAsync("PUT", await MakeAsync(c), Reference),
        ["pause"] = async c => await c.SendAsync("POST", await MakeAsync(c) + "/pause"),
        ["resume"] = async c => await c.SendAsync("POST", await MakeAsync(c) + "/resume"),
        ["delete"] = async c => await c.SendAsync("DELETE", await MakeAsync(c)),
        ["run"] = async c => await c.SendAsync("POST", await MakeAsync(c) + "/run"),
        ["runs"] = async c => await c.SendAsync("GET", await RunAsync(c) + "/runs"),
        ["runs_empty"] = c => c.SendAsync("GET", Runs + "?offset=7"),
        ["catalog"] = c => c.SendAsync("GET", "/api/v1/services/workflows/action-catalog"),
        ["problem_no_key"] = async c =>
        {
            c.Practice.Client.DefaultRequestHeaders.Authorization = null;
            return await c.SendAsync("GET", Address);
        },
        ["problem_scope"] = async c =>
        {
            var viewer = new TestPractice(c.App, c.Practice.Owner,
                await c.App.KeyAsync(c.Practice.Owner, c.Practice.Owner.Tenant.Environment, "service.workflows.workflows.view"));
            return await new RecordedCall(c.App, viewer).SendAsync("GET", Runs);
        },
        ["problem_missing"] = c => c.SendAsync("POST", Address, "{}"),
        ["problem_fields"] = c => c.SendAsync("POST", Address, """{"name":"","schedule":"soon","steps":[{"type":"nonsense"},{"type":"payments_summary"}],"status":"draft"}"""),
        ["problem_step_type"] = c => c.SendAsync("POST", Address, With("steps", """[{"step_type":"nonsense"}]""")),
        ["problem_cron"] = c => c.SendAsync("POST", Address, With("cron_expression", "\"soon\"")),
        ["problem_unknown"] = c => c.SendAsync("GET", Address + "/0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"),
        ["problem_cooldown"] = async c =>
        {
            var path = await RunAsync(c);
            return RetryAfter().Replace(await c.SendAsync("POST", path + "/run"), "SECONDS");
        },
        ["problem_paused"] = async c =>
        {
            var path = await MakeAsync(c);
            await c.SendAsync("POST", path + "/pause");
            return await c.SendAsync("POST", path + "/run");
        },
        ["problem_key_conflict"] = async c =>
        {
            await c.SendAsync("POST", Address, Reference, ("Idempotency-Key", "k1"));
            return await c.SendAsync("POST", Address, With("name", "\"Other\""), ("Idempotency-Key", "k1"));
        },
        ["problem_page"] = c => c.SendAsync("GET", Address, null, ("Origin", "https://example.org")),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Message_IsAsItWasRecorded(string name) =>
        await Files.CheckAsync(name, await All[name](new RecordedCall(app, await app.PracticeAsync())));

    [Fact]
    public void Recorded_AreThoseThatAreBroughtAbout() => Assert.Equal(All.Keys.Order(StringComparer.Ordinal), Files.Names);

    // nobody is named whom it could go to, so it fails
    private const string Failing =
        """{"name":"Greeting","trigger_type":"manual","steps":[{"step_type":"send_email","step_config":{"subject":"Hello"}}]}""";

    private static async Task<string> MakeAsync(RecordedCall call, string body = Reference)
    {
        var made = await call.Practice.PostAsync(Address, body);
        return $"{Address}/{Text(made.Json.GetProperty("data"), "id")}";
    }

    // it has ended: only then it is the same every time
    private static async Task<string> RunAsync(RecordedCall call)
    {
        var path = await MakeAsync(call, Failing);
        await call.Practice.PostAsync(path + "/run", "");
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (!(await call.Practice.GetAsync(path + "/runs")).Body.Contains("\"failed\"", StringComparison.Ordinal)
            && !patience.IsCancellationRequested) await Task.Yield();
        return path;
    }

    [GeneratedRegex(@"(?<=Retry-After: |again in )\d+")]
    private static partial Regex RetryAfter();
}
