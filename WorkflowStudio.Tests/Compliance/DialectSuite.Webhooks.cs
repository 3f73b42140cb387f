using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

// the webhooks that go out, and the log of a run: the same in every dialect but for its form
public abstract partial class DialectSuite
{
    private DialectAddress? Hooks => Addresses.SingleOrDefault(a => a is { Method: "POST", Path: "/webhooks" });

    private string HooksPath => (Hooks!.Below ?? Prefix) + Hooks.Path;

    [Fact]
    public async Task Webhook_IsMadeShownChangedTriedAndRemoved()
    {
        if (Hooks is null) return; // the dialect of the tests has none
        var practice = await PracticeAsync();
        var made = await practice.PostAsync(HooksPath, Hooks.Body, "k1");
        Assert.True(made.Status == 201, made.Body);
        var secret = Thing(made).GetProperty("secret").GetString()!;
        Assert.Matches("^whsec_.{44}$", secret);
        var one = HooksPath + "/" + Thing(made).GetProperty("id").GetString();
        Assert.Equal(one, made.Headers.Location!.ToString());
        // the kept answer shows it again, and lies encrypted
        var again = await practice.PostAsync(HooksPath, Hooks.Body, "k1");
        Assert.Equal(made.Body, again.Body);
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        await using (var db = await App.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync())
            Assert.All(await db.Set<IdempotencyRow>().Select(r => r.Body).ToListAsync(),
                kept => Assert.DoesNotContain(secret, kept, StringComparison.Ordinal));

        var read = await practice.GetAsync(one);
        Assert.Equal("https://example.org/hooks", Thing(read).GetProperty("url").GetString());
        Assert.DoesNotContain("secret", read.Body, StringComparison.Ordinal);
        var list = await practice.GetAsync(HooksPath);
        Assert.Equal(Thing(read).GetRawText(), Assert.Single(Things(list)).GetRawText());
        var changed = await practice.SendAsync(
            HttpMethod.Patch, one, Json("""{"description":"Über","url":"https://example.org/b?x=1"}"""), null);
        Assert.Equal((200, "Über"), (changed.Status, Thing(changed).GetProperty("description").GetString()));
        var rotated = await practice.PostAsync(one + "/rotate-secret", "{}");
        Assert.Equal(200, rotated.Status);
        Assert.NotEqual(secret, Thing(rotated).GetProperty("secret").GetString());
        var tried = await practice.PostAsync(one + "/test", "");
        Assert.Equal((200, "captured"), (tried.Status, Thing(tried).GetProperty("status").GetString())); // nothing leaves the sandbox
        var delivery = Assert.Single(Things(await practice.GetAsync(one + "/deliveries?status=captured&limit=1")));
        Assert.Equal("webhook.test", delivery.GetProperty("event").GetString());
        Assert.Empty(Things(await practice.GetAsync($"{one}/deliveries?before={delivery.GetProperty("id").GetString()}")));
        Refused(await practice.PostAsync($"{one}/deliveries/{delivery.GetProperty("id").GetString()}/resend", "{}"), 409, "captured");
        Assert.Equal(204, (await practice.SendAsync(HttpMethod.Delete, one, null, null)).Status);
        Refused(await practice.GetAsync(one), 404, "not_found");
        Assert.Empty(Things(await practice.GetAsync(HooksPath)));
    }

    [Theory]
    [InlineData("url", "\"http://example.org/x\"")]
    [InlineData("url", "\"https://127.0.0.1/x\"")]
    [InlineData("url", "\"https://[::1]/x\"")]
    [InlineData("url", "\"https://a:b@example.org/\"")]
    [InlineData("url", "\"file:///etc/passwd\"")]
    [InlineData("url", "\"https://example.org/\\r\\nX: 1\"")]
    [InlineData("url", "7")]
    [InlineData("url", "null")]
    [InlineData("events", "[]")]
    [InlineData("events", "[\"workflow.exploded\"]")]
    [InlineData("events", "[7]")]
    [InlineData("events", "\"workflow.failed\"")]
    [InlineData("description", "[]")]
    public async Task WebhookThatCannotBe_IsRefusedWithThePlace(string field, string value)
    {
        if (Hooks is null) return;
        var practice = await PracticeAsync();
        var body = System.Text.Json.Nodes.JsonNode.Parse(Hooks.Body)!.AsObject();
        body[field] = System.Text.Json.Nodes.JsonNode.Parse(value);
        var problem = Refused(await practice.PostAsync(HooksPath, body.ToJsonString()), Validation, "validation_failed");
        Assert.Contains(problem.Places, p => p.Path == field);
        Assert.Empty(Things(await practice.GetAsync(HooksPath)));
    }

    [Fact]
    public async Task WebhookOfAWorkflowThatIsNotSeen_IsNotThere()
    {
        if (Hooks is null) return;
        var practice = await PracticeAsync();
        var owner = practice.Owner with { Tenant = practice.Owner.Sandbox };
        Assert.True(ShownId.TryRead(await MakeAsync(practice), out var workflow));
        var name = JsonDocument.Parse(Hooks.Body).RootElement.GetProperty("events")[0].GetString();
        string Body(Guid id) => $$"""
            {"url":"https://example.org/x","events":["{{name}}"],"workflow_id":"{{id}}","workflowId":"{{id}}"}
            """;
        var made = await practice.PostAsync(HooksPath, Body(workflow));
        Assert.True(made.Status == 201, made.Body);
        Refused(await practice.PostAsync(HooksPath, Body(Guid.Parse("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"))), Validation);
        var shared = await App.Get<ShareWorkflow>().SetAsync(owner, workflow, new SharingWish(WorkflowVisibility.Private, null, null));
        Assert.True(shared.Ok, shared.Problem?.Message);
        var other = Practice(practice.Owner, await App.KeyAsync(practice.Owner, StudioEnvironment.Test));
        Refused(await other.GetAsync(made.Headers.Location!.ToString()), 404, "not_found");
        Assert.Empty(Things(await other.GetAsync(HooksPath)));
        Refused(await other.PostAsync(HooksPath, Body(workflow)), Validation);
    }

    [Fact]
    public async Task WebhookOfAWorkflowThatIsErased_CanStillBeRemoved()
    {
        if (Hooks is null) return;
        var practice = await PracticeAsync();
        var owner = practice.Owner with { Tenant = practice.Owner.Sandbox };
        Assert.True(ShownId.TryRead(await MakeAsync(practice), out var workflow));
        var body = System.Text.Json.Nodes.JsonNode.Parse(Hooks.Body)!.AsObject();
        (body["workflow_id"], body["workflowId"]) = (workflow.ToString(), workflow.ToString());
        var made = await practice.PostAsync(HooksPath, body.ToJsonString());
        Assert.True(made.Status == 201, made.Body);
        string origin;
        await using (var db = await App.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync())
            origin = (await db.Set<WorkflowRow>().SingleAsync(w => w.Id == workflow)).Origin;

        Assert.True((await App.Get<DeleteWorkflow>().RunAsync(owner, workflow, origin)).Ok);

        await using (var db = await App.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync())
            Assert.False(await db.Set<WorkflowRow>().AnyAsync(w => w.Id == workflow));
        Assert.Single(Things(await practice.GetAsync(HooksPath)));
        Assert.Equal(204, (await practice.DeleteAsync(made.Headers.Location!.ToString())).Status);
        Assert.Empty(Things(await practice.GetAsync(HooksPath)));
    }

    [Fact]
    public async Task DeliveryOfAWorkflowThatIsNotSeen_IsNotThere()
    {
        if (Hooks is null) return;
        var practice = await PracticeAsync();
        var owner = practice.Owner with { Tenant = practice.Owner.Sandbox };
        var one = (await practice.PostAsync(HooksPath, Hooks.Body)).Headers.Location!.ToString();
        Assert.True(ShownId.TryRead(await MakeAsync(practice), out var workflow));
        Assert.True(ShownId.TryRead(one.Split('/')[^1], out var endpoint));
        var tried = await practice.PostAsync(one + "/test", "{}");
        Assert.Equal(200, tried.Status);
        await using (var db = await App.Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync())
            Assert.Equal(1, await db.Set<Engine.Webhooks.DeliveryRow>().CountAsync(d => d.EndpointId == endpoint));
        // as if it had told of that workflow
        await App.Get<IStudioWriter>().WriteAsync(write => write.Db.Set<Engine.Webhooks.DeliveryRow>()
            .Where(d => d.EndpointId == endpoint).ExecuteUpdate(d => d.SetProperty(x => x.WorkflowId, workflow)));
        var other = Practice(practice.Owner, await App.KeyAsync(practice.Owner, StudioEnvironment.Test));
        var delivery = Assert.Single(Things(await other.GetAsync(one + "/deliveries"))).GetProperty("id").GetString();
        Assert.True((await App.Get<ShareWorkflow>().SetAsync(owner, workflow, new SharingWish(WorkflowVisibility.Private))).Ok);
        Assert.Empty(Things(await other.GetAsync(one + "/deliveries")));
        Refused(await other.PostAsync($"{one}/deliveries/{delivery}/resend", "{}"), 404, "not_found");
    }

    [Fact]
    public async Task LogOfARun_IsReadAndFollowed()
    {
        if (Addresses.SingleOrDefault(a => a.Path.EndsWith("}/logs", StringComparison.Ordinal)) is not { } logs) return;
        var practice = await PracticeAsync();
        var path = (await PathsAsync(practice))(logs);
        var read = await practice.GetAsync(path); // a run is made with its first line
        var first = Things(read)[0];
        Assert.Equal((1, "run_started", "The run was accepted."),
            (first.GetProperty("seq").GetInt32(), first.GetProperty("event").GetString(), first.GetProperty("message").GetString()));
        Assert.Single(Things(await practice.GetAsync(path + "?limit=1")));
        Assert.DoesNotContain(Things(await practice.GetAsync(path + "?after=1")), l => l.GetProperty("seq").GetInt32() == 1);
        Refused(await practice.GetAsync(path + "?follow=yes"), Validation);
        Refused(await practice.GetAsync(path + "?follow=true&after=x"), Validation);
        using var request = new HttpRequestMessage(HttpMethod.Get, path + "?follow=true");
        using var answer = await practice.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.ToString());
        using var text = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("id: 1", await text.ReadLineAsync());
        Assert.Equal("event: line", await text.ReadLineAsync());
        Assert.Equal("data: " + first.GetRawText(), await text.ReadLineAsync());
    }

    // the one thing of an answer: bare, or in data
    private static JsonElement Thing(Reply reply) => reply.Json.TryGetProperty("data", out var data) ? data : reply.Json;

    // the only list of an answer
    private static IReadOnlyList<JsonElement> Things(Reply reply) =>
        [.. reply.Json.EnumerateObject().Single(p => p.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray()];
}
