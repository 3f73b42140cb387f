using WorkflowStudio.Api;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Practice;
using WorkflowStudio.Api.V1;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>The sequences dialect: what is its own.</summary>
public abstract class SequencesSuite(StudioApp app) : DialectSuite(app)
{
    private const string View = "service.workflows.workflows.view";
    private const string Run = "service.workflows.workflows.run";
    private const string ViewRuns = "service.workflows.runs.view";
    private const string Manage = "service.workflows.workflows.manage";

    private protected override string Prefix => "/api/v1";

    private protected override string ProblemType => "application/problem+json; charset=utf-8";

    private protected override IDialect Dialect => SequencesDialect.Instance;

    // what graph and sequences share, and practice data, is asked in the words of sequences here
    private protected override bool IsOwn(IDialect dialect) => dialect is SequencesDialect or V1Dialect or PracticeDialect;

    private protected override IReadOnlyList<DialectAddress> Addresses { get; } =
    [
        new("POST", "/workflows", Manage),
        new("GET", "/workflows", View),
        new("GET", "/workflows/{id}", View),
        new("PUT", "/workflows/{id}", Manage),
        new("PATCH", "/workflows/{id}", Manage, """{"name":"Two"}"""),
        new("DELETE", "/workflows/{id}", Manage),
        new("GET", "/workflows/runs", ViewRuns),
        new("POST", "/workflows/runs", Run, """{"workflowId":"wf_1","contactId":"1"}"""),
        new("GET", "/workflows/runs/{run}", ViewRuns),
        .. new[] { "cancel", "pause", "resume" }.Select(what => new DialectAddress("POST", $"/workflows/runs/{{run}}/{what}", Run)),
        new("GET", "/workflows/runs/{run}/logs", ViewRuns),
        new("GET", "/trigger-log", ViewRuns),
        .. ContactAddresses.All, .. RecordAddresses.All,
        .. WebhookAddresses.Of("workflow.completed", besideTheDoor: true),
    ];

    private protected override string IdForm => "^wf_[0-9a-f]{32}$";

    private protected override string Body(string name) => $$$"""
        {"name":"{{{name}}}","description":"What it is for","triggerType":"manual","triggerConfig":{"note":"x"},
        "steps":[{"type":"wait","config":{"duration":"24h"}},{"type":"set","config":{"values":{"x":"1"} }}],
        "exitConditions":{"maxMessages":20,"timeoutDays":7},"questionConfig":{"a":1},"completionConfig":{"b":[2]},"voiceConfig":{"enabled":true},
        "introMessage":"Hi!","isPublic":true,"isActive":true}
        """;

    private protected override string IdOf(Reply made) => made.Json.GetProperty("data").GetProperty("id").GetString()!;

    private protected override ToldProblem Read(Reply refusal)
    {
        Assert.Equal(refusal.Status, refusal.Json.GetProperty("status").GetInt32());
        Assert.Contains("/problems/", refusal.Text("type"), StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Text("title"));
        return new ToldProblem(refusal.Text("code"), refusal.Text("detail"),
        [
            .. refusal.Json.TryGetProperty("errors", out var errors)
                ? errors.EnumerateArray().Select(e => (e.GetProperty("path").GetString()!, e.GetProperty("message").GetString()!))
                : [],
        ]);
    }
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteSequencesSuite(StudioApp app) : SequencesSuite(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSequencesSuite(PostgresServer server) : SequencesSuite(server.Studio);
