using System.Text.Json;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>The services dialect: what is its own.</summary>
public abstract class ServicesSuite(StudioApp app) : DialectSuite(app)
{
    private const string View = "service.workflows.workflows.view";
    private const string Manage = "service.workflows.workflows.manage";
    private const string Run = "service.workflows.workflows.run";
    private const string ViewRuns = "service.workflows.runs.view";

    private protected override string Prefix => "/api/v1/services/workflows";

    private protected override IReadOnlyList<DialectAddress> Addresses { get; } =
    [
        new("POST", "/workflows", Manage),
        new("GET", "/workflows", View),
        new("GET", "/workflows/{id}", View),
        new("PUT", "/workflows/{id}", Manage, Whole("Two")),
        new("PATCH", "/workflows/{id}", Manage, """{"name":"Two"}"""),
        new("DELETE", "/workflows/{id}", Manage),
        new("POST", "/workflows/{id}/pause", Manage),
        new("POST", "/workflows/{id}/resume", Manage),
        new("POST", "/workflows/{id}/run", Run),
        new("GET", "/runs", ViewRuns),
        new("GET", "/workflows/{id}/runs", ViewRuns),
        new("GET", "/action-catalog", View),
        new("GET", "/runs/{run}/logs", ViewRuns),
        .. WebhookAddresses.Of("workflows.run.failed"),
    ];

    private protected override string IdForm => "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

    private protected override int Validation => 400;

    private protected override int KeyConflict => 409;

    private protected override bool TakesPages => false;

    private protected override string Body(string name) => Whole(name);

    private protected override string IdOf(Reply made) => made.Json.GetProperty("data").GetProperty("id").GetString()!;

    private protected override JsonElement? Listed(Reply list) => list.Json.GetProperty("data")[0];

    private protected override ToldProblem Read(Reply refusal)
    {
        var error = Assert.Single(refusal.Json.EnumerateObject()).Value;
        Assert.Equal(["code", "message", "details"], error.EnumerateObject().Select(p => p.Name));
        var code = error.GetProperty("code").GetString() switch
        {
            // its own words for what every dialect says
            "missing_authorization" or "invalid_api_key" => "unauthorized",
            "insufficient_scope" => "forbidden",
            "rate_limit_exceeded" => "rate_limited",
            "unauthorized" or "forbidden" or "rate_limited" => "a word of another dialect",
            var own => own,
        };
        return new ToldProblem(code, error.GetProperty("message").GetString()!,
            [
                .. error.GetProperty("details").EnumerateArray()
                    .Select(e => (e.GetProperty("field").GetString()!, e.GetProperty("message").GetString()!)),
            ]);
    }

    private static string Whole(string name) =>
        $$$"""
        {"name":"{{{name}}}","description":"What it is for","trigger_type":"schedule","cron_expression":"0 9 * * *","timezone":"UTC",
        "status":"active","visibility":"tenant","shared_user_ids":[],"shared_role_ids":[],
        "steps":[{"step_type":"payments_summary","step_config":{"date_range":"last_7_days"}},
        {"step_type":"send_email","step_config":{"to":"a@example.org","subject":"Paid"}}]}
        """;
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteServicesSuite(StudioApp app) : ServicesSuite(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresServicesSuite(PostgresServer server) : ServicesSuite(server.Studio);
