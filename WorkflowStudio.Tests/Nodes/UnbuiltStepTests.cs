using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>Steps that the contracts name: built, or in the one list of those that are not.</summary>
[Collection(StudioAppTests.Name)]
public sealed class UnbuiltStepTests(StudioApp app)
{
    // contracts.md: the step types of the five texts, under the names that the model has for them
    private static readonly string[] Named =
    [
        "ai_agent_intake", "appointment_booking", "stripe_invoice_generation", "google_reviews_sms", "invoice_reminder_loop",
        "send_email", "create_notification", "send_invoice_reminder", "generate_recurring_invoice", "mark_invoices_overdue",
        "invoicing_ar_summary", "forms_submission_digest", "payments_summary",
        "parse", "extract", "transform", "condition", "integration",
        "send_message", "wait", "wait_for_reply", "ask_choice", "switch", "update_contact", "notify_agent", "agent", "property_match",
        "end",
        "ask_ai", "send_webhook", "tag_ticket", "for_each", "parallel",
    ];

    // the next issue builds them all: then this is empty, and UnbuiltSteps with it
    [Fact]
    public void List_HoldsWhatIsNamedAndNotBuilt()
    {
        var catalog = app.Get<NodeCatalog>();
        Assert.Equal(
            Named.Except(catalog.KnownTypes).Order(StringComparer.Ordinal), UnbuiltSteps.All.Select(t => t.Type));
    }

    [Fact]
    public async Task Workflow_WithSuchAStep_IsKeptAndFailsWhenItComesToIt()
    {
        var practice = await app.PracticeAsync();
        const string body = """
            {"name":"Chase","trigger":{"type":"manual"},
             "nodes":[{"id":"a","type":"set","config":{"values":{"x":"1"}}},
                      {"id":"b","type":"tag_ticket","config":{"to":"{{ $initialPayload.email }}","subject":"Hi","x_team":[1,null]}}],
             "link_connections":[{"from":"trigger","to":"a"},{"from":"a","to":"b"}]}
            """;
        var made = await practice.PostAsync("/api/v1/workflows", body);
        Assert.True(made.Status == 201, made.Body);
        var id = made.Text("id");
        var started = (await practice.PostAsync($"/api/v1/workflows/{id}/trigger", """{"email":"a@example.org"}""")).Text("execution_id");
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        Reply status;
        do status = await practice.GetAsync($"/api/v1/executions/{started}/status");
        while (status.Text("status") != "failed" && !patience.IsCancellationRequested);
        Assert.Equal(("b", UnbuiltSteps.Code),
            (status.Text("current_node_id"), status.Json.GetProperty("error").GetProperty("code").GetString()));
        var listed = (await practice.GetAsync("/api/v1/workflows")).Json.GetProperty("data")[0].GetProperty("nodes")[1];
        Assert.Equal("[1,null]", listed.GetProperty("config").GetProperty("x_team").GetRawText());
    }

    [Fact]
    public void Step_IsWarnedOfAndNotOffered()
    {
        var catalog = app.Get<NodeCatalog>();
        var problem = Assert.Single(catalog.CheckSettings(new WorkflowNode { Id = "a", Type = "tag_ticket" }));
        Assert.Equal((UnbuiltSteps.Code, ProblemSeverity.Warning), (problem.Code, problem.Severity));
        Assert.DoesNotContain("tag_ticket", catalog.KnownTypes);
    }
}
