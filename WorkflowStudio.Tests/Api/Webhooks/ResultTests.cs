using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Limits;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Postgres;

namespace WorkflowStudio.Tests.Api.Webhooks;

/// <summary>A webhook that answers with what its run answers.</summary>
public abstract class ResultTests(StudioApp app)
{
    private const string Result = """{"answer":"result","answer_timeout_seconds":30}""";
    private const string Wait = """{"id":"w","type":"wait","config":{"for":"24 hours"}}""";

    [Theory]
    [InlineData("""{"body":{"hello":"{{ $initialPayload.name }}"}}""", 200, "application/json", """{"hello":"é<b>"}""")]
    [InlineData("""{"status":422,"body":"No {{ $initialPayload.name }}"}""", 422, "text/plain", "No é<b>")]
    [InlineData("""{"body":"<p>Hi","headers":{"content-type":"text/html; charset=utf-8"}}""", 200, "text/html", "<p>Hi")]
    [InlineData("""{"status":204,"body":"x"}""", 204, null, "")]
    [InlineData("""{"body":[1,null]}""", 200, "application/json", "[1,null]")]
    [InlineData("""{"status":303,"headers":{"Location":"https://example.test/"}}""", 303, null, "")]
    [InlineData("{}", 200, null, "")]
    public async Task Post_ThatWaits_GetsTheAnswerOfTheStepWhileTheRunGoesOn(string config, int status, string? type, string body)
    {
        var practice = await app.PracticeAsync();
        var id = await HookAsync(
            practice, Result, ["trigger>a", "a>w"], $$"""{"id":"a","type":"respond","config":{{config}}}""", Wait);

        var reply = await app.DeliverAsync(id, """{"name":"é<b>"}""");

        Assert.Equal((status, type, body), (reply.Status, reply.ContentType, reply.Body));
        Assert.Equal("default-src 'none'; sandbox", reply.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(1, await practice.RunsAsync());
    }

    [Fact]
    public async Task Post_ThatWaits_GetsTheHeadersOfTheStep()
    {
        var id = await HookAsync(await app.PracticeAsync(), Result, ["trigger>a"],
            """{"id":"a","type":"respond","config":{"headers":{"X-Order":"4711","Cache-Control":"no-store"}}}""");

        var reply = await app.DeliverAsync(id, "{}");

        Assert.Equal(("4711", "no-store"), (reply.Headers.GetValues("X-Order").Single(), reply.Headers.CacheControl!.ToString()));
    }

    [Fact]
    public async Task Post_ToAWorkflowWithSeveralAnswers_GetsTheFirst()
    {
        var id = await HookAsync(await app.PracticeAsync(), Result, ["trigger>a", "a>b"],
            """{"id":"a","type":"respond","config":{"body":"one"}}""", """{"id":"b","type":"respond","config":{"body":"two"}}""");

        Assert.Equal("one", (await app.DeliverAsync(id, "{}")).Body);
    }

    [Theory]
    [InlineData("""{"id":"a","type":"set","config":{"values":{"x":"é"}}}""", """{"x":"é"}""")]
    [InlineData("""{"id":"a","type":"end","config":{"output":{"n":1}}}""", """{"n":1}""")]
    public async Task Post_ToAWorkflowThatDoesNotAnswer_GetsItsLastOutput(string step, string output)
    {
        var id = await HookAsync(await app.PracticeAsync(), Result, ["trigger>a"], step);

        var reply = await app.DeliverAsync(id, "{}");

        Assert.Equal((200, "application/json", output), (reply.Status, reply.ContentType, reply.Body));
    }

    [Fact]
    public async Task Post_WhoseRunFails_IsToldWhichButNotWhy()
    {
        var practice = await app.PracticeAsync();
        var id = await HookAsync(
            practice, Result, ["trigger>a"], """{"id":"a","type":"stop","config":{"code":"secret_code","message":"The secret reason."}}""");

        var reply = await app.DeliverAsync(id, "{}");

        Assert.Equal((502, "run_failed"), (reply.Status, reply.Text("code")));
        var runs = (await practice.GetAsync("/api/v1/executions")).Json.GetProperty("executions");
        Assert.Contains(runs[0].GetProperty("execution_id").GetString()!, reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"answer":"result","answer_timeout_seconds":1}""")] // the time is over
    [InlineData("""{"answer":"accepted"}""")]
    [InlineData("{}")]
    public async Task Post_WhoseRunTakesLongerOrIsNotWaitedFor_IsToldThatItWasStarted(string config)
    {
        var id = await HookAsync(await app.PracticeAsync(), config, ["trigger>w"], Wait);

        var reply = await app.DeliverAsync(id, "{}");

        Assert.Equal((202, "enqueued"), (reply.Status, reply.Text("status")));
    }

    [Theory]
    [InlineData("webhook-id: 1")]
    [InlineData("Idempotency-Key: 1")]
    public async Task Delivery_ThatComesAgain_IsToldThatTheRunWasStarted(string header)
    {
        var practice = await app.PracticeAsync();
        var id = await HookAsync(practice, Result, ["trigger>a"], """{"id":"a","type":"respond","config":{"body":"done"}}""");
        Assert.Equal("done", (await app.DeliverAsync(id, "{}", header)).Body);

        var again = await app.DeliverAsync(id, "{}", header);

        Assert.Equal((202, true, 1), (again.Status, again.IsReplayed(), await practice.RunsAsync()));
    }

    [Fact]
    public async Task Post_ThatIsLeft_HasStartedItsRunAllTheSame()
    {
        var practice = await app.PracticeAsync();
        var id = await HookAsync(practice, Result, ["trigger>w"], Wait);
        using var leave = new CancellationTokenSource();
        using var told = app.Get<RunFeed>().Subscribe(practice.Owner.Tenant);
        var post = app.CreateClient().PostAsync(
            $"/api/v1/webhooks/{id}", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), leave.Token);
        await foreach (var _ in told.ReadAsync()) break; // the run is there

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
        Assert.Equal(1, await practice.RunsAsync());
    }

    [Fact]
    public async Task Posts_BeyondThoseThatMayWait_AreToldThatTheirRunWasStarted()
    {
        var practice = await app.PracticeAsync();
        var id = await HookAsync(practice, Result, ["trigger>a"], """{"id":"a","type":"respond","config":{"body":"done"}}""");
        Assert.True(ShownId.TryRead(id, out var workflow));
        var places = app.Get<OpenAnswers>();
        var taken = Enumerable.Range(0, places.MostOfOne).Select(_ => places.TryOpen(workflow, out var place) ? place : null).ToList();

        Assert.Equal(202, (await app.DeliverAsync(id, "{}")).Status);
        foreach (var place in taken) place!.Dispose();
        Assert.Equal("done", (await app.DeliverAsync(id, "{}")).Body);
        Assert.True(places.TryOpen(workflow, out var free)); // whoever waited has given back its place
        free.Dispose();
    }

    [Fact]
    public async Task Post_ThatTheConstraintsRefuse_DoesNotWait()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.HookAsync(Result, b => b["trigger"]!["constraints"] = JsonNode.Parse("false"));

        Assert.Equal("ignored", (await app.DeliverAsync(id, "{}")).Text("status"));
    }

    private static Task<string> HookAsync(TestPractice practice, string config, string[] links, params string[] steps) =>
        practice.HookAsync(config, b =>
        {
            b["nodes"] = new JsonArray([.. steps.Select(s => JsonNode.Parse(s))]);
            b["link_connections"] = new JsonArray([.. links.Select(l => l.Split('>')).Select(l => (JsonNode)new JsonObject
            { ["from"] = l[0], ["to"] = l[1] })]);
        });
}

[Collection(StudioAppTests.Name)]
public sealed class SqliteResultTests(StudioApp app) : ResultTests(app);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresResultTests(PostgresServer server) : ResultTests(server.Studio);
