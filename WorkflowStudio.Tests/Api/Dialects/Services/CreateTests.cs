using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Services;

/// <summary>The reference text, sentence by sentence: workflows.</summary>
[Collection(StudioAppTests.Name)]
public sealed class CreateTests(StudioApp app)
{
    public const string Address = "/api/v1/services/workflows/workflows";

    /// <summary>The body of the reference text's call, byte for byte.</summary>
    public const string Reference = """
        {
        "name": "Daily overdue sweep",
        "schedule": "0 9 * * *",
        "steps": [ { "type": "mark_invoices_overdue" } ]
        }
        """;

    [Fact]
    public async Task Create_ReferenceExample_IsAnsweredInTheNamesOfTheTable()
    {
        var practice = await app.PracticeAsync();
        var reply = await practice.PostAsync(Address, Reference, "11111111-2222-3333-4444-555555555555");
        Assert.Equal(201, reply.Status);
        var data = reply.Json.GetProperty("data");
        Assert.Equal(["id", "name", "description", "trigger_type", "cron_expression", "timezone", "status", "visibility", "shared_user_ids",
            "shared_role_ids", "steps", "next_run_at", "created_at", "updated_at"], data.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""[{"step_type":"mark_invoices_overdue","step_config":{}}]""", data.GetProperty("steps").GetRawText());
        Assert.Equal(
            ("schedule", "0 9 * * *", "UTC", "active", "tenant", null),
            (Text(data, "trigger_type"), Text(data, "cron_expression"), Text(data, "timezone"), Text(data, "status"),
                Text(data, "visibility"), Text(data, "description")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT09:00:00Z$", Text(data, "next_run_at"));
        Assert.Equal($"{Address}/{Text(data, "id")}", reply.Headers.Location!.ToString());
        Assert.Equal(data.GetRawText(), (await practice.GetAsync($"{Address}/{Text(data, "id")}")).Json.GetProperty("data").GetRawText());
        var list = await practice.GetAsync(Address);
        Assert.Equal($$$"""{"data":[{{{data.GetRawText()}}}],"meta":{"limit":50,"offset":0,"has_more":false}}""", list.Body);
    }

    [Fact]
    public async Task Create_WithEveryField_GivesThemBackAsTheyWere()
    {
        var practice = await app.PracticeAsync();
        var role = BuiltInRoles.IdOf(practice.Owner.Tenant.WorkspaceId, WorkspaceRole.Viewer);
        var data = (await practice.PostAsync(Address, $$"""
            {"name":"Digest","description":"Every week","trigger_type":"manual","cron_expression":"0 8 * * 1","timezone":"Europe/London",
            "status":"paused","visibility":"shared","shared_user_ids":[],"shared_role_ids":["{{role}}"],"x_own":{"a":1.50},
            "steps":[{"step_type":"forms_submission_digest","step_config":{"date_range":"last_7_days","x":[1e3]},"note":"kept"},
            {"step_type":"create_notification"}]}
            """)).Json.GetProperty("data");
        Assert.Equal(
            ("manual", "0 8 * * 1", "Europe/London", "paused", "shared", "Every week", null),
            (Text(data, "trigger_type"), Text(data, "cron_expression"), Text(data, "timezone"), Text(data, "status"),
                Text(data, "visibility"), Text(data, "description"), Text(data, "next_run_at")));
        Assert.Equal("[]", data.GetProperty("shared_user_ids").GetRawText());
        Assert.Equal($"[\"{role}\"]", data.GetProperty("shared_role_ids").GetRawText());
        var read = (await practice.GetAsync($"{Address}/{Text(data, "id")}")).Json.GetProperty("data");
        Assert.Equal($"[\"{role}\"]", read.GetProperty("shared_role_ids").GetRawText());
        Assert.Equal("""{"a":1.50}""", data.GetProperty("x_own").GetRawText());
        Assert.Equal("""[{"step_type":"forms_submission_digest","step_config":{"date_range":"last_7_days","x":[1e3]},"note":"kept"},{"step_type":"create_notification","step_config":{}}]""",
            data.GetProperty("steps").GetRawText());
    }

    [Theory]
    [InlineData("send_email")]
    [InlineData("create_notification")]
    [InlineData("send_invoice_reminder")]
    [InlineData("generate_recurring_invoice")]
    [InlineData("mark_invoices_overdue")]
    public async Task Create_OfAStepThatStandsAlone_IsTaken(string type) =>
        Assert.Equal(201, (await (await app.PracticeAsync()).PostAsync(Address, With("steps", $$"""[{"step_type":"{{type}}"}]"""))).Status);

    [Theory]
    [InlineData("invoicing_ar_summary")]
    [InlineData("forms_submission_digest")]
    [InlineData("payments_summary")]
    public async Task Create_OfASummaryWithoutADelivery_IsRefused(string type)
    {
        var practice = await app.PracticeAsync();
        await RefusedAsync(practice, With("steps", $$"""[{"step_type":"mark_invoices_overdue"},{"step_type":"{{type}}"}]"""), "steps[1]");
        foreach (var delivery in new[] { "send_email", "create_notification" })
            Assert.Equal(201, (await practice.PostAsync(Address, With(
                "steps", $$"""[{"step_type":"{{type}}"},{"step_type":"{{delivery}}"}]"""))).Status);
    }

    [Theory]
    [InlineData("name", "null", "name")]
    [InlineData("name", "\"   \"", "name")]
    [InlineData("name", "7", "name")]
    [InlineData("steps", "null", "steps")]
    [InlineData("steps", "[]", "steps")]
    [InlineData("steps", "{}", "steps")]
    [InlineData("steps", "[7]", "steps[0]")]
    [InlineData("steps", "[{}]", "steps[0].step_type")]
    [InlineData("steps", """[{"step_type":"nonsense"}]""", "steps[0].step_type")]
    [InlineData("steps", """[{"type":"send_email","config":7}]""", "steps[0].step_config")]
    [InlineData("steps", """[{"type":"send_email","step_type":"wait"}]""", "steps[0].step_type")]
    [InlineData("steps", """[{"type":"send_email","step_config":{"a":1},"config":{"a":2}}]""", "steps[0].step_config")]
    [InlineData("cron_expression", "null", "cron_expression")]
    [InlineData("cron_expression", "\"soon\"", "cron_expression")]
    [InlineData("cron_expression", "\"0 9 31 2 *\"", "cron_expression")]
    [InlineData("schedule", "\"0 10 * * *\"", "cron_expression")]
    [InlineData("timezone", "\"Europe/Nowhere\"", "timezone")]
    [InlineData("trigger_type", "\"webhook\"", "trigger_type")]
    [InlineData("status", "\"draft\"", "status")]
    [InlineData("visibility", "\"public\"", "visibility")]
    [InlineData("shared_user_ids", "\"u\"", "shared_user_ids")]
    [InlineData("shared_role_ids", "{}", "shared_role_ids")]
    [InlineData("shared_role_ids", "[\"r1\"]", "shared_role_ids[0]")]
    [InlineData("shared_user_ids", "[\"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001\"]", "shared_user_ids[0]")]
    public async Task Create_WithAWrongField_IsRefusedWithItsName(string field, string value, string place) =>
        await RefusedAsync(await app.PracticeAsync(), With(field, value), place);

    [Fact]
    public async Task Create_OfANameOfEmoji_CountsThemAsPeopleDo()
    {
        var practice = await app.PracticeAsync();
        string Of(int count) => With("name", $"\"{string.Concat(Enumerable.Repeat("😀", count))}\"");
        Assert.Equal(201, (await practice.PostAsync(Address, Of(120))).Status);
        await RefusedAsync(practice, Of(121), "name");
    }

    [Fact]
    public async Task Create_WithAnEmptyZone_GoesByTheOneThatIsShown()
    {
        var made = await (await app.PracticeAsync()).PostAsync(Address, With("timezone", "\"\""));
        var data = made.Json.GetProperty("data");
        Assert.Equal("UTC", Text(data, "timezone"));
        Assert.EndsWith("T09:00:00Z", Text(data, "next_run_at"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", 120)]
    [InlineData("description", 500)]
    public async Task Create_WithALongText_IsTakenUpToItsLimit(string field, int most)
    {
        var practice = await app.PracticeAsync();
        Assert.Equal(201, (await practice.PostAsync(Address, With(field, $"\"{new string('é', most)}\""))).Status);
        await RefusedAsync(practice, With(field, $"\"{new string('é', most + 1)}\""), field);
    }

    [Fact]
    public async Task Create_ByBothNamesOfAField_IsTakenWhereTheySayTheSame()
    {
        var practice = await app.PracticeAsync();
        Assert.Equal(201, (await practice.PostAsync(Address, """
            {"name":"Both","schedule":"0 9 * * *","cron_expression":"0 9 * * *",
            "steps":[{"type":"send_email","step_type":"send_email","config":{"to":"a@b.test"},"step_config":{"to":"a@b.test"}}]}
            """)).Status);
    }

    [Fact]
    public async Task Request_WithAnIdOfItsOwn_GetsItBack()
    {
        var practice = await app.PracticeAsync();
        foreach (var (path, status) in new[] { (Address, 200), (Address + "/nonsense", 404), ("/api/v1/services/workflows/nothing", 404) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("X-Request-Id", "req-1");
            var reply = await Reply.OfAsync(await practice.Client.SendAsync(request));
            Assert.Equal((status, "req-1"), (reply.Status, Assert.Single(reply.Headers.GetValues("Softsolz-Request-Id"))));
        }
    }

    [Fact]
    public async Task Refusal_OfAKey_TellsAMissingOneFromAWrongOne()
    {
        using var client = app.CreateClient();
        Assert.Contains("\"missing_authorization\"", (await Reply.OfAsync(await client.GetAsync(Address))).Body, StringComparison.Ordinal);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sk_live_nonsense");
        Assert.Contains("\"invalid_api_key\"", (await Reply.OfAsync(await client.GetAsync(Address))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalog_HoldsTheStepTypesOfTheText()
    {
        var data = (await (await app.PracticeAsync()).GetAsync("/api/v1/services/workflows/action-catalog")).Json.GetProperty("data");
        Assert.Equal(
            [
                "send_email delivery", "create_notification delivery", "send_invoice_reminder action", "generate_recurring_invoice action",
                "mark_invoices_overdue action", "invoicing_ar_summary summary", "forms_submission_digest summary",
                "payments_summary summary",
            ],
            data.EnumerateArray().Select(s => $"{Text(s, "step_type")} {Text(s, "category")}"));
        Assert.All(data.EnumerateArray(), s =>
        {
            Assert.Equal(Text(s, "category") == "summary", s.GetProperty("requires_delivery").GetBoolean());
            Assert.Equal("object", Text(s.GetProperty("config_schema"), "type"));
        });
        Assert.Equal(["to", "subject"],
            data[0].GetProperty("config_schema").GetProperty("properties").EnumerateObject().Select(p => p.Name).Take(2));
        Assert.Contains(
            "last_7_days", data[5].GetProperty("config_schema").GetProperty("properties").GetProperty("date_range").GetRawText(),
            StringComparison.Ordinal);
    }

    /// <summary>A body with one field that is otherwise.</summary>
    public static string With(string field, string value) =>
        new Dictionary<string, string>
        {
            ["name"] = "\"One\"",
            ["cron_expression"] = "\"0 9 * * *\"",
            ["steps"] = """[{"step_type":"send_email"}]""",
            [field] = value,
        }.Aggregate("{", (text, p) => $"{text}{(text.Length > 1 ? "," : "")}\"{p.Key}\":{p.Value}") + "}";

    public static string? Text(JsonElement of, string field) => of.GetProperty(field).GetString();

    private static async Task RefusedAsync(TestPractice practice, string body, string field)
    {
        var reply = await practice.PostAsync(Address, body);
        Assert.True(reply.Status == 400, reply.Body);
        var error = reply.Json.GetProperty("error");
        Assert.Equal("validation_failed", Text(error, "code"));
        Assert.Contains(field, error.GetProperty("details").EnumerateArray().Select(d => Text(d, "field")));
    }
}
