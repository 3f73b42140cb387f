using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.V1;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>The graph dialect: what is its own.</summary>
public abstract class GraphSuite(StudioApp app) : DialectSuite(app)
{
    private const string View = "service.workflows.workflows.view";
    private const string Manage = "service.workflows.workflows.manage";
    private const string Run = "service.workflows.workflows.run";
    private const string ViewRuns = "service.workflows.runs.view";

    private protected override string Prefix => "/api/v1";

    private protected override string Header => V1Dialect.GraphHeader;

    private protected override IDialect Dialect => GraphDialect.Instance;

    // what graph and sequences share is asked in the words of graph here
    private protected override bool IsOwn(IDialect dialect) => dialect is GraphDialect or V1Dialect;

    private protected override IReadOnlyList<DialectAddress> Addresses { get; } =
    [
        new("POST", "/workflows", Manage),
        new("GET", "/workflows", View),
        new("GET", "/workflows/{id}", View),
        new("PUT", "/workflows/{id}", Manage, GraphBodies.Small(b => b["name"] = "Two")),
        new("PATCH", "/workflows/{id}", Manage, """{"name":"Two"}"""),
        new("DELETE", "/workflows/{id}", Manage),
        new("POST", "/workflows/{id}/trigger", Run),
        .. ContactAddresses.All,
        new("GET", "/ping", View),
        new("GET", "/node-types", View),
        new("GET", "/executions", ViewRuns),
        new("POST", "/events", "service.workflows.events.send", """{"type":"x"}"""),
        new("GET", "/executions/{run}/status", ViewRuns),
        new("GET", "/trigger-log", ViewRuns),
        new("GET", "/executions/{run}/logs", ViewRuns),
        new("GET", "/executions/{run}/events", ViewRuns),
        .. new[]
        { "cancel", "pause", "resume", "wake", "retry" }.Select(what => new DialectAddress("POST", $"/executions/{{run}}/{what}", Run)),
        new("POST", "/executions/{run}/signal", Run, """{"name":"x"}"""),
        .. WebhookAddresses.Of("workflow.completed", besideTheDoor: true),
    ];

    private protected override string IdForm => "^wf_[0-9a-f]{32}$";

    private protected override string Body(string name) => GraphBodies.Small(b =>
    {
        (b["name"], b["description"]) = (name, "What it is for");
        b["nodes"]![0]!["name"] = "Set it";
        b["settings"] = new JsonObject { ["timezone"] = "America/Chicago", ["variables"] = new JsonObject { ["sender"] = "PRACTICE" } };
    });

    private protected override string IdOf(Reply made) => made.Text("id");

    private protected override JsonElement? Listed(Reply list) => list.Json.GetProperty("data")[0];

    private protected override ToldProblem Read(Reply refusal)
    {
        Assert.Equal("error", refusal.Text("status"));
        return new ToldProblem(refusal.Text("code"), refusal.Text("message"),
            [
                .. refusal.Json.GetProperty("errors").EnumerateArray()
                    .Select(e => (e.GetProperty("path").GetString()!, e.GetProperty("message").GetString()!)),
            ]);
    }
}

/// <summary>The addresses of contacts, of what they write and of single documents, which graph and sequences share.</summary>
internal static class ContactAddresses
{
    private const string Data = "service.workflows.data.manage";

    public static IReadOnlyList<DialectAddress> All { get; } =
    [
        new("GET", "/contacts", Data),
        new("POST", "/contacts", Data, """{"name":"Maria Lopez","email":"maria@example.org"}"""),
        new("GET", "/contacts/{id}", Data),
        new("PATCH", "/contacts/{id}", Data, """{"lastName":"Lopez"}"""),
        new("DELETE", "/contacts/{id}", Data),
        new("GET", "/contacts/doubles", Data),
        new("POST", "/contacts/{id}/merge", Data, """{"contactId":"x"}"""),
        new("GET", "/messages/{id}", Data),
        new("DELETE", "/messages/{id}", Data),
        new("GET", "/messages", Data),
        new("POST", "/messages", Data, """{"from":"+17135550142","body":"Yes"}"""),
        new("GET", "/documents/{id}", Data),
        new("DELETE", "/documents/{id}", Data),
        new("GET", "/documents/{id}/content", Data),
    ];
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteGraphSuite(StudioApp app) : GraphSuite(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresGraphSuite(PostgresServer server) : GraphSuite(server.Studio);
