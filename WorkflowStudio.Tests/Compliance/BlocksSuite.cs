using System.Text.Json;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>The blocks dialect: what is its own.</summary>
public abstract class BlocksSuite(StudioApp app) : DialectSuite(app)
{
    private const string View = "service.workflows.workflows.view";
    private const string Manage = "service.workflows.workflows.manage";
    private const string ViewRuns = "service.workflows.runs.view";

    private protected override string Prefix => "/workflows";

    private protected override IReadOnlyList<DialectAddress> Addresses { get; } =
    [
        new("POST", "", Manage),
        new("GET", "", View),
        new("GET", "/{id}", View),
        new("PATCH", "/{id}", Manage, """{"name":"Two"}"""),
        new("DELETE", "/{id}", Manage),
        new("POST", "/{id}/activate", Manage),
        new("POST", "/{id}/deactivate", Manage),
        new("POST", "/{id}/trigger", "service.workflows.workflows.run"),
        new("GET", "/{id}/runs", ViewRuns),
        new("GET", "/{id}/runs/{run}", ViewRuns),
        new("GET", "/{id}/runs/{run}/logs", ViewRuns),
        new("GET", "/definitions", View),
        new("POST", "/validate", View, """{"trigger_type":"webhook","workflow_blocks":[]}"""),
        .. WebhookAddresses.Of("workflow.run.failed"),
    ];

    private protected override string IdForm => "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

    private protected override int Validation => 400;

    private protected override int Levels => 120;

    private protected override string Body(string name) => $$$"""
        {"name":"{{{name}}}","trigger_type":"manual-trigger","description":"What it is for","trigger_configuration":{"x":1},
        "trigger_constraints":{"==":[1,1]},"workflow_editor_state":{"nodes":[]},
        "workflow_blocks":[{"$kind":"Block","type":"if-else","id":"if","color":"red",
        "inputs":{"condition":{"operatorName":"exists","left":"{{$initialPayload.x}}"}},
        "branches":{"then":[{"$kind":"Action","id":"a","type":"set","name":"Set it","input":{"values":{"x":"1"}},"retry":{"attempts":2}}],"else":[]}}]}
        """;

    private protected override string IdOf(Reply made) => made.Text("workflow_id");

    private protected override async Task TurnOnAsync(TestPractice practice, string id)
    {
        var on = await practice.PostAsync($"{Prefix}/{id}/activate", "{}");
        Assert.True(on.Status == 200, on.Body);
    }

    private protected override ToldProblem Read(Reply refusal)
    {
        Assert.Equal(["statusCode", "message", "error"], refusal.Json.EnumerateObject().Select(f => f.Name));
        Assert.Equal(refusal.Status, refusal.Json.GetProperty("statusCode").GetInt32());
        Assert.NotEmpty(refusal.Text("error"));
        var message = refusal.Json.GetProperty("message");
        if (message.ValueKind == JsonValueKind.String) return new ToldProblem(null, message.GetString()!);
        (string Path, string Message)[] places =
            [.. message.EnumerateArray().Select(m => m.GetString()!.Split(": ", 2)).Select(m => (m[0], m[1]))];
        return new ToldProblem(null, places[0].Message, places);
    }
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteBlocksSuite(StudioApp app) : BlocksSuite(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresBlocksSuite(PostgresServer server) : BlocksSuite(server.Studio);
