using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Sequences.SequencesTexts;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>What the reference text says of runs, and of removing templates that have some.</summary>
[Collection(StudioAppTests.Name)]
public sealed class RunTests(StudioApp app)
{
    private const string Runs = Templates + "/runs";
    private const string Waiting = """{"name":"Waits","triggerType":"manual","steps":[{"type":"wait","config":{"duration":"24h"}},{"type":"end"}]}""";

    // its message has no text
    private const string Failing = """{"name":"Fails","triggerType":"manual","steps":[{"type":"send_message","config":{"template":"bye"}}]}""";

    private const string Quick = """
        {"name":"Quick","triggerType":"manual","steps":[{"type":"set","config":{"values":{"to":"{{ contact.name }} {{ contact.firstName }} {{ property.id }}"}}}]}
        """;

    [Fact]
    public async Task Start_IsAnsweredAsTheTextShows()
    {
        var practice = await app.PracticeAsync();
        var (workflow, contact) = (await practice.MakeAsync(Waiting), await ContactAsync(practice));
        var started = await StartAsync(practice, workflow, contact);
        Assert.Equal(201, started.Status);
        AssertLike($$"""
            {"data":{"id":"run_new123","workflowTemplateId":"{{workflow}}","contactId":"{{contact}}","status":"active","currentStep":0,"totalSteps":2,"startedAt":"2026-02-11T15:00:00Z"} }
            """, started, "startedAt");
        Assert.Matches("^run_[0-9a-f]{32}$", started.Id());
        Assert.Equal($"{Runs}/{started.Id()}", started.Headers.Location!.ToString());
        foreach (var form in new[] { started.Id(), Guid.ParseExact(started.Id()[4..], "N").ToString(), "exe_" + started.Id()[4..] })
            Assert.Equal(started.Id(), (await practice.GetAsync($"{Runs}/{form}")).Id());
    }

    [Fact]
    public async Task List_IsAnsweredAsTheTextShows()
    {
        var practice = await app.PracticeAsync();
        var (workflow, contact) = (await practice.MakeAsync(Waiting), await ContactAsync(practice));
        await StartAsync(practice, workflow, contact);
        var list = (await practice.GetAsync(Runs)).Json;
        var run = list.GetProperty("data")[0];
        Assert.Equal(
            ["id", "workflowTemplateId", "templateName", "contactId", "status", "currentStep", "totalSteps", "startedAt", "completedAt"],
            run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("Waits", "active", JsonValueKind.Null),
            (run.GetProperty("templateName").GetString(), run.GetProperty("status").GetString(), run.GetProperty("completedAt").ValueKind));
        Assert.Equal("""{"page":1,"limit":20,"total":1,"totalPages":1}""", list.GetProperty("pagination").GetRawText());
    }

    [Fact]
    public async Task Run_KnowsWhomItIsForAndEnds()
    {
        var practice = await app.PracticeAsync();
        var run = (await StartAsync(practice, await practice.MakeAsync(Quick), await ContactAsync(practice), "prop_def456")).Id();
        await UntilAsync(practice, run, "completed");
        var ended = (await practice.GetAsync($"{Runs}/{run}")).Data();
        Assert.Equal((1, 1), (ended.GetProperty("currentStep").GetInt32(), ended.GetProperty("totalSteps").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, ended.GetProperty("completedAt").ValueKind);
        var view = await app.Get<Engine.Feed.RunViews>().ReadNewestAsync(practice.Owner.Tenant, Guid.ParseExact(run[4..], "N"), default);
        Assert.Contains("Maria Lopez Maria prop_def456", JsonSerializer.Serialize(view!.State.Steps[0].Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", 422, "workflowId")]
    [InlineData("""{"workflowId":7,"contactId":"x"}""", 422, "workflowId")]
    [InlineData("""{"workflowId":"nonsense","contactId":"x"}""", 404, null)]
    [InlineData("""{"workflowId":"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001","contactId":"550e8400-e29b-41d4-a716-446655440000"}""", 404, null)]
    [InlineData("""{"workflowId":"WORKFLOW","contactId":"550e8400-e29b-41d4-a716-446655440000"}""", 422, "contactId")]
    [InlineData("""{"workflowId":"WORKFLOW","contactId":"nobody"}""", 422, "contactId")]
    [InlineData("""{"workflowId":"WORKFLOW"}""", 422, "contactId")]
    [InlineData("""{"workflowId":"WORKFLOW","contactId":"CONTACT","propertyId":7}""", 422, "propertyId")]
    [InlineData("""{"workflowId":"OFF","contactId":"CONTACT"}""", 422, "workflowId")]
    [InlineData("""{"workflowId":"wf_00000000000070008000000000000001","contactId":"CONTACT"}""", 409, null)]
    public async Task Start_ThatCannotBe_IsRefused(string body, int status, string? place)
    {
        var practice = await app.PracticeAsync();
        var (workflow, contact) = (await practice.MakeAsync(Waiting), await ContactAsync(practice));
        var off = await practice.MakeAsync(With("isActive", "false"));
        var refused = await practice.PostAsync(Runs, body.Replace("WORKFLOW", workflow, StringComparison.Ordinal)
            .Replace("CONTACT", contact, StringComparison.Ordinal).Replace("OFF", off, StringComparison.Ordinal));
        Assert.True(refused.Status == status, refused.Body);
        if (place is not null) Assert.Equal(place, refused.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task SecondUnfinishedRun_OfAContactIsRefusedUntilTheFirstIsOver()
    {
        var practice = await app.PracticeAsync();
        var (workflow, contact, other) =
            (await practice.MakeAsync(Waiting), await ContactAsync(practice), await ContactAsync(practice, "Other"));
        var first = await StartAsync(practice, workflow, contact);
        var refused = await StartAsync(practice, workflow, contact);
        Assert.Equal((409, "run_active"), (refused.Status, refused.Text("code")));
        Assert.Equal(201, (await StartAsync(practice, workflow, other)).Status);
        Assert.Equal(202, (await practice.PostAsync($"{Runs}/{first.Id()}/cancel", "")).Status);
        await UntilAsync(practice, first.Id(), "cancelled");
        Assert.Equal(201, (await StartAsync(practice, workflow, contact)).Status);
    }

    [Fact]
    public async Task Run_IsPausedResumedAndCanceled()
    {
        var practice = await app.PracticeAsync();
        var run = (await StartAsync(practice, await practice.MakeAsync(Waiting), await ContactAsync(practice))).Id();
        Assert.Equal(409, (await practice.PostAsync($"{Runs}/{run}/resume", "{}")).Status);
        foreach (var (what, word) in new[] { ("pause", "paused"), ("resume", "active"), ("cancel", "cancelled") })
        {
            var asked = await practice.PostAsync($"{Runs}/{run}/{what}", "{}", what);
            Assert.True(asked.Status == 202, asked.Body);
            Assert.Equal(run, asked.Id());
            await UntilAsync(practice, run, word);
        }

        Assert.Equal((409, "run_over"), await AskedAsync("cancel"));

        async Task<(int, string)> AskedAsync(string what)
        {
            var reply = await practice.PostAsync($"{Runs}/{run}/{what}", "{}");
            return (reply.Status, reply.Text("code"));
        }
    }

    [Fact]
    public async Task List_IsNarrowedByEveryWordAndByIds()
    {
        var practice = await app.PracticeAsync();
        var (waits, quick) = (await practice.MakeAsync(Waiting), await practice.MakeAsync(Quick));
        var (one, two) = (await ContactAsync(practice), await ContactAsync(practice, "Other"));
        var (waiting, paused) = ((await StartAsync(practice, waits, one)).Id(), (await StartAsync(practice, waits, two)).Id());
        var done = (await StartAsync(practice, quick, one, "p")).Id();
        await practice.PostAsync($"{Runs}/{paused}/pause", "");
        await UntilAsync(practice, paused, "paused");
        await UntilAsync(practice, done, "completed");
        var failed = (await StartAsync(practice, await practice.MakeAsync(Failing), one)).Id();
        await UntilAsync(practice, failed, "failed");
        foreach (var (query, expected) in new (string, string[])[]
        {
            ("status=active", [waiting]), ("status=paused", [paused]), ("status=completed", [done]), ("status=failed", [failed]),
            ("status=cancelled", []), ("status=running", [waiting]), ("status=pending", []),
            ($"templateId={waits}", [paused, waiting]), ($"contactId={two}", [paused]), ($"templateId={waits}&contactId={one}", [waiting]),
            ("templateId=nonsense", []), ("contactId=0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001", []), ("page=2&limit=2", [paused, waiting]),
        })
        {
            var list = await practice.GetAsync($"{Runs}?{query}");
            Assert.True(list.Status == 200, query);
            Assert.Equal(expected, list.Data().EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        }

        Assert.Equal(422, (await practice.GetAsync($"{Runs}?status=waiting")).Status);
        Assert.Contains("The template “bye” has no text here",
            (await practice.GetAsync($"{Runs}/{failed}")).Data().GetProperty("exitReason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_WithAnUnfinishedRun_IsNotRemoved()
    {
        var practice = await app.PracticeAsync();
        var (workflow, contact) = (await practice.MakeAsync(Waiting), await ContactAsync(practice));
        var run = (await StartAsync(practice, workflow, contact)).Id();
        await UntilWaitingAsync(practice, run);
        var refused = await practice.DeleteAsync($"{Templates}/{workflow}");
        Assert.Equal((409, "Conflict", "Cannot delete workflow template with active runs. Cancel pending runs first."),
            (refused.Status, refused.Text("title"), refused.Text("detail")));
        Assert.Equal("application/problem+json", refused.ContentType);
        Assert.Equal("http://localhost/problems/conflict", refused.Text("type"));
        await practice.PostAsync($"{Runs}/{run}/pause", "");
        await UntilAsync(practice, run, "paused");
        Assert.Equal(409, (await practice.DeleteAsync($"{Templates}/{workflow}")).Status);
        Assert.Equal(200, (await practice.GetAsync($"{Templates}/{workflow}")).Status);
        await practice.PostAsync($"{Runs}/{run}/cancel", "");
        await UntilAsync(practice, run, "cancelled");

        var removed = await practice.DeleteAsync($"{Templates}/{workflow}");
        Assert.Equal((204, ""), (removed.Status, removed.Body));
        Assert.Equal(404, (await practice.GetAsync($"{Templates}/{workflow}")).Status);
        Assert.Equal(404, (await practice.GetAsync($"{Runs}/{run}")).Status);
        Assert.Equal(404, (await practice.DeleteAsync($"{Templates}/{workflow}")).Status);
        Assert.True(ShownId.TryRead(workflow, out var id));
        Assert.Null(await app.Get<WorkflowStore>().FindAnyAsync(id, default));
    }

    [Fact]
    public async Task WorkflowOfGraph_IsRemovedAsThereAndItsRunsStay()
    {
        var practice = await app.PracticeAsync();
        var id = (await practice.PostAsync(Templates, GraphBodies.Small())).Text("id");
        Assert.True(ShownId.TryRead(id, out var workflow));
        var run = await app.Get<StartRun>().RunAsync(practice.Owner, workflow, JsonElement.Parse("{}"), "api");
        Assert.Equal(204, (await practice.DeleteAsync($"{Templates}/{id}")).Status);
        Assert.Equal(200, (await practice.GetAsync($"{Runs}/{run.Value!.RunId}")).Status);
    }

    internal static async Task<string> ContactAsync(TestPractice practice, string name = "Maria Lopez")
    {
        var made = await practice.PostAsync("/api/v1/contacts", $$"""{"name":"{{name}}","email":"maria@example.org"}""");
        Assert.True(made.Status == 201, made.Body);
        return made.Id();
    }

    internal static Task<Reply> StartAsync(
        TestPractice practice, string workflow, string contact, string? property = null, string? key = null)
        => practice.PostAsync(Runs, $$"""{"workflowId":"{{workflow}}","contactId":"{{contact}}"{{(
            property is null ? "" : $",\"propertyId\":\"{property}\"")}}}""", key);

    private static Task UntilAsync(TestPractice practice, string run, string word) => UntilAsync(practice, run, $"{Runs}/{run}", word);

    private static async Task UntilAsync(TestPractice practice, string run, string path, string word)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        var status = "";
        while (status != word && !patience.IsCancellationRequested)
        {
            await Task.Yield();
            status = (await practice.GetAsync(path)).Data().GetProperty("status").GetString();
        }

        Assert.True(status == word, $"{run} is {status}, not {word}.");
    }

    private static async Task UntilWaitingAsync(TestPractice practice, string run)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (!patience.IsCancellationRequested
            && (await practice.GetAsync($"/api/v1/executions/{run}/status")).Text("status") != "waiting") await Task.Yield();
    }
}
