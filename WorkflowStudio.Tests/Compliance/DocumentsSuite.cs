using System.Text.Json;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>The documents dialect: what is its own.</summary>
public abstract class DocumentsSuite(StudioApp app) : DialectSuite(app)
{
    private const string View = "service.workflows.workflows.view";
    private const string Manage = "service.workflows.workflows.manage";
    private const string Run = "service.workflows.workflows.run";
    private const string ViewRuns = "service.workflows.runs.view";
    private const string Hooks = "service.workflows.webhooks.manage";

    private protected override string Prefix => "/api/workflows";

    private protected override IReadOnlyList<DialectAddress> Addresses { get; } =
    [
        new("POST", "", Manage),
        new("GET", "", View),
        new("GET", "/{id}", View),
        new("PUT", "/{id}", Manage, """{"name":"Two"}"""),
        new("DELETE", "/{id}", Manage),
        new("POST", "/{id}/execute", Run),
        new("GET", "/{id}/executions", ViewRuns),
        new("GET", "/{id}/executions/{run}/logs", ViewRuns),
        new("GET", "/{id}/schedule", View),
        new("POST", "/{id}/schedule", Manage, """{"cron_expression":"0 9 * * 1-5"}"""),
        new("PUT", "/{id}/schedule", Manage, """{"enabled":true}"""),
        new("DELETE", "/{id}/schedule", Manage),
        new("GET", "/integrations", View),
        new("POST", "/integrations", Manage),
        new("PUT", "/integrations", Manage),
        new("DELETE", "/integrations", Manage),
        new("GET", "/templates", View),
        new("POST", "/templates", Manage),
        .. WebhookAddresses.Of("workflow.failed", "/api"),
        new("POST", "/n8n/hooks", Hooks, """{"hookUrl":"https://example.org/n8n","event":"workflow.failed"}""") { Below = "/api" },
        new("DELETE", "/n8n/hooks/{id}", Hooks) { Below = "/api" },
    ];

    private protected override string IdForm => "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

    private protected override int Validation => 400;

    private protected override string Body(string name) => $$$$"""
        {"name":"{{{{name}}}}","description":"What it is for","trigger_type":"event","enabled":true,
        "trigger_config":{"event":"document.uploaded","filters":{"file_type":"pdf","confidence_min":0.5}},
        "definition":{"steps":[{"id":"parse","type":"parse","config":{}},
        {"id":"large","type":"condition","config":{"conditions":[{"left":"{{ total }}","operator":"greater_than","right":100}]}},
        {"id":"notify","type":"integration","config":{"template":"Read: {{number}}"}}]}}
        """;

    private protected override string IdOf(Reply made) => made.Text("id");

    private protected override JsonElement? Listed(Reply list) => list.Json.GetProperty("workflows")[0];

    private protected override ToldProblem Read(Reply refusal)
    {
        var error = Assert.Single(refusal.Json.EnumerateObject()).Value;
        Assert.Equal(["code", "message", "details"], error.EnumerateObject().Select(p => p.Name));
        var code = error.GetProperty("code").GetString()!;
        Assert.Matches("^[A-Z_]+$", code);
        var told = code switch
        {
            // its own words for what every dialect says
            "VALIDATION_ERROR" or "MISSING_FIELD" => "validation_failed",
            "INVALID_API_KEY" => "unauthorized",
            _ => code.ToLowerInvariant(),
        };
        return new ToldProblem(told, error.GetProperty("message").GetString()!,
            [.. error.GetProperty("details").EnumerateObject().Select(e => (e.Name, e.Value.GetString()!))]);
    }
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteDocumentsSuite(StudioApp app) : DocumentsSuite(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDocumentsSuite(PostgresServer server) : DocumentsSuite(server.Studio);
