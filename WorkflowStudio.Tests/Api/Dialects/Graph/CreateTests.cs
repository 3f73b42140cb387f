using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Graph;

[Collection(StudioAppTests.Name)]
public sealed class CreateTests(StudioApp app)
{
    private const string Path = "/api/v1/workflows";

    [Fact]
    public async Task Create_ReferenceExample_AnswersTheSixFieldsOfTheReferenceText()
    {
        var practice = await app.GraphPracticeAsync();
        var reply = await practice.PostAsync(Path, GraphBodies.Reference);
        Assert.Equal(201, reply.Status);
        Assert.Equal(["status", "id", "version", "created_at", "webhook_target_url", "nodes_integrity_check"],
            reply.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("created", 1, "passed"),
            (reply.Text("status"), reply.Json.GetProperty("version").GetInt32(), reply.Text("nodes_integrity_check")));
        Assert.Matches("^wf_[0-9a-f]{32}$", reply.Text("id"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", reply.Text("created_at"));
        Assert.Equal($"http://localhost/api/v1/webhooks/{reply.Text("id")}", reply.Text("webhook_target_url"));
        Assert.Equal($"/api/v1/workflows/{reply.Text("id")}", reply.Headers.Location!.ToString());
    }

    /// <summary>Nothing is posted to what starts otherwise: no address is told, and there is none.</summary>
    [Fact]
    public async Task Address_IsToldOfAWebhookAlone()
    {
        var practice = await app.GraphPracticeAsync();
        var made = await practice.PostAsync(Path, GraphBodies.Small(b => b["trigger"] = new JsonObject { ["type"] = "manual" }));
        var id = made.Text("id");
        var changed = await practice.SendAsync(HttpMethod.Patch, $"{Path}/{id}", JsonContent.Create(new { name = "Other" }), null);
        var listed = (await practice.GetAsync(Path)).Json.GetProperty("data")[0];
        foreach (var told in new[]
        {
            made.Json, changed.Json, listed, (await practice.GetAsync($"{Path}/{id}")).Json.GetProperty("workflow"),
        }) Assert.False(told.TryGetProperty("webhook_target_url", out _), told.GetRawText());
        Assert.Equal(404, (await practice.PostAsync($"/api/v1/webhooks/{id}", "{}")).Status);

        await practice.SendAsync(HttpMethod.Patch, $"{Path}/{id}", JsonContent.Create(new { trigger = new { type = "webhook" } }), null);

        Assert.EndsWith($"/api/v1/webhooks/{id}",
            (await practice.GetAsync($"{Path}/{id}")).Json.GetProperty("workflow").GetProperty("webhook_target_url").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AfterTheReferenceExample_GivesItsFieldsBackUnchanged()
    {
        var practice = await app.GraphPracticeAsync();
        var sent = JsonNode.Parse(GraphBodies.Reference)!.AsObject();
        sent["nodes"]![0]!["config"]!["of_the_client"] = new JsonObject { ["kept"] = 1.50 };
        sent["x_team"] = new JsonArray("a", 2);
        await practice.PostAsync(Path, sent.ToJsonString());
        var page = await practice.GetAsync(Path);
        Assert.Equal("""{"page":1,"limit":20,"total":1,"totalPages":1}""", page.Json.GetProperty("pagination").GetRawText());
        var item = JsonNode.Parse(page.Json.GetProperty("data")[0].GetRawText())!.AsObject();
        foreach (var field in new[] { "name", "description", "status", "trigger", "nodes", "link_connections", "x_team" })
            Assert.True(JsonNode.DeepEquals(sent[field], item[field]), $"{field}: {item[field]?.ToJsonString()}");
        Assert.Equal(("intake-service-recovery-program", true, "webhook"),
            ((string)item["slug"]!, (bool)item["isActive"]!, (string)item["triggerType"]!));
    }

    [Theory]
    [InlineData("active", true)]
    [InlineData("paused", false)]
    public async Task Create_WithAStatus_IsListedUnderIt(string status, bool active)
    {
        var practice = await app.GraphPracticeAsync();
        await practice.PostAsync(Path, GraphBodies.Small(b => b["status"] = status));
        var item = (await practice.GetAsync($"{Path}?status={status}")).Json.GetProperty("data")[0];
        Assert.Equal((status, active), (item.GetProperty("status").GetString(), item.GetProperty("isActive").GetBoolean()));
        Assert.Empty((await practice.GetAsync($"{Path}?status={(active ? "paused" : "active")}")).Json.GetProperty("data")
            .EnumerateArray());
    }

    [Fact]
    public async Task Create_TwiceTheSameName_GetsASuffixedSlug()
    {
        var practice = await app.GraphPracticeAsync();
        for (var i = 0; i < 3; i++) await practice.PostAsync(Path, GraphBodies.Small(b => b["name"] = "Überweisung für Frau Groß"));
        var slugs = (await practice.GetAsync(Path)).Json.GetProperty("data").EnumerateArray()
            .Select(d => d.GetProperty("slug").GetString());
        Assert.Equal(["uberweisung-fur-frau-gross", "uberweisung-fur-frau-gross-2", "uberweisung-fur-frau-gross-3"], slugs.Order());
    }

    [Fact]
    public async Task Create_EmptyObject_NamesEveryMissingField()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, "{}");
        Assert.Equal(422, reply.Status);
        Assert.Equal(
            """{"status":"error","code":"validation_failed","message":"The workflow cannot be stored as it is.","errors":[{"path":"name","message":"The field name is missing."},{"path":"trigger","message":"The field trigger is missing."},{"path":"nodes","message":"The field nodes is missing."},{"path":"link_connections","message":"The field link_connections is missing."}]}""",
            reply.Body);
    }

    [Fact]
    public async Task Create_WrongKindsOfFields_NamesEach()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, GraphBodies.Small(b => { b["name"] = 7; b["status"] = "on"; }));
        Assert.Equal(422, reply.Status);
        Assert.Equal(
            """{"status":"error","code":"validation_failed","message":"The workflow cannot be stored as it is.","errors":[{"path":"name","message":"The field name has to be text."},{"path":"status","message":"The status has to be active, paused or draft."}]}""",
            reply.Body);
    }

    [Fact]
    public async Task Create_NameTooLong_SaysSoAndNothingOfTheGraph()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, GraphBodies.Small(b => b["name"] = new string('n', 256)));
        Assert.Equal(422, reply.Status);
        Assert.Equal(
            """{"status":"error","code":"validation_failed","message":"The workflow cannot be stored as it is.","errors":[{"path":"name","message":"The name has 256 characters, at most 255 are possible."}]}""",
            reply.Body);
    }

    [Fact]
    public async Task Create_NameWithALineBreak_IsRefused()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, GraphBodies.Small(b => b["name"] = "a\nb"));
        Assert.Equal(422, reply.Status);
        Assert.Equal("[{\"path\":\"name\",\"message\":\"The name holds line breaks or other control characters. Remove them.\"}]",
            reply.Json.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task Create_DraftThatNoEditorCanOpen_IsRefused()
    {
        var nodes = new JsonArray([.. Enumerable.Range(0, 501).Select(i => new JsonObject { ["id"] = $"n{i}", ["type"] = "set" })]);
        var reply = await (await app.GraphPracticeAsync())
            .PostAsync(Path, GraphBodies.Small(b => { b["status"] = "draft"; b["nodes"] = nodes; }));
        Assert.Equal(422, reply.Status);
        Assert.Equal(
            "[{\"path\":\"nodes\",\"message\":\"The workflow has 501 steps, at most 500 are possible. Split it into several workflows.\"}]",
            reply.Json.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task Create_BrokenGraph_FailsTheIntegrityCheckAndStoresNothing()
    {
        var practice = await app.GraphPracticeAsync();
        var reply = await practice.PostAsync(
            Path, GraphBodies.Small(b => b["link_connections"]!.AsArray().Add(new JsonObject { ["from"] = "a", ["to"] = "b" })));
        Assert.Equal(422, reply.Status);
        Assert.Equal(
            ("error", "validation_failed", "failed"), (reply.Text("status"), reply.Text("code"), reply.Text("nodes_integrity_check")));
        var place = Assert.Single(reply.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("link_connections[1].to", place.GetProperty("path").GetString());
        Assert.Equal(0, (await practice.GetAsync(Path)).Json.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""[{"from":"trigger","to":"a"}]""",
        """[{"path":"nodes[1]","message":"No path leads from the start to the step b, so it never runs. Link it, or remove it."}]""")]
    [InlineData("""[{"from":"a","to":"b"}]""", """[{"path":"link_connections","message":"Nothing follows the trigger, so a run would do nothing. Link it to the first step."},{"path":"nodes[0]","message":"No path leads from the start to the step a, so it never runs. Link it, or remove it."},{"path":"nodes[1]","message":"No path leads from the start to the step b, so it never runs. Link it, or remove it."}]""")]
    public async Task Create_StepsThatNoRunComesTo_IsRefusedButKeptAsADraft(string links, string errors)
    {
        var practice = await app.GraphPracticeAsync();
        string Body(string status) => GraphBodies.Small(b =>
        {
            b["nodes"]!.AsArray().Add(new JsonObject
            { ["id"] = "b", ["type"] = "set", ["config"] = new JsonObject { ["values"] = new JsonObject { ["y"] = 1 } } });
            (b["link_connections"], b["status"]) = (JsonNode.Parse(links), status);
        });

        foreach (var status in new[] { "active", "paused" })
        {
            var refused = await practice.PostAsync(Path, Body(status));
            Assert.Equal((422, "failed", errors),
                (refused.Status, refused.Text("nodes_integrity_check"), refused.Json.GetProperty("errors").GetRawText()));
        }

        Assert.Equal(0, (await practice.GetAsync(Path)).Json.GetProperty("pagination").GetProperty("total").GetInt32());
        var draft = await practice.PostAsync(Path, Body("draft"));
        Assert.Equal(
            (201, "failed", errors), (draft.Status, draft.Text("nodes_integrity_check"), draft.Json.GetProperty("errors").GetRawText()));
        Assert.Equal((0, 0), (draft.Json.GetProperty("version").GetInt32(),
            (await practice.GetAsync(Path)).Json.GetProperty("data")[0].GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Create_DraftWithoutErrors_HasPassedAndHasNoVersionYet()
    {
        var practice = await app.GraphPracticeAsync();
        var draft = await practice.PostAsync(Path, GraphBodies.Small(b => b["status"] = "draft"));
        Assert.Equal(["status", "id", "version", "created_at", "webhook_target_url", "nodes_integrity_check"],
            draft.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal((0, "passed"), (draft.Json.GetProperty("version").GetInt32(), draft.Text("nodes_integrity_check")));
    }

    [Fact]
    public async Task Create_RetryWithoutADelay_HasTheUsualOne()
    {
        var practice = await app.GraphPracticeAsync();
        Assert.Equal(201, (await practice.PostAsync(
            Path, GraphBodies.Small(b => b["nodes"]![0]!["retry"] = new JsonObject { ["attempts"] = 1 }))).Status);
        Assert.Equal("""{"attempts":1,"delay":"PT30S"}""",
            (await practice.GetAsync(Path)).Json.GetProperty("data")[0].GetProperty("nodes")[0].GetProperty("retry").GetRawText());
    }

    [Fact]
    public async Task Create_BrokenJsonBehindOtherLetters_CountsCharacters()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, "{\n  \"é😀\": oops }");
        Assert.Contains("line 2, character 10 cannot be read", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_UnknownNodeType_NamesTheKnownOnes()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, GraphBodies.Small(b => b["nodes"]![0]!["type"] = "teleport"));
        Assert.Equal(422, reply.Status);
        var place = Assert.Single(reply.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("nodes[0].type", place.GetProperty("path").GetString());
        Assert.Contains("appointment_booking", place.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NoNodes_IsRefused()
    {
        var reply = await (await app.GraphPracticeAsync())
            .PostAsync(Path, GraphBodies.Small(b => { b["nodes"] = new JsonArray(); b["link_connections"] = new JsonArray(); }));
        Assert.Equal(422, reply.Status);
        Assert.Equal(
            """[{"path":"nodes","message":"A workflow needs at least one node."}]""", reply.Json.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task Create_BrokenJson_SaysLineAndCharacter()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, "{\n  \"name\": oops }");
        Assert.Equal(400, reply.Status);
        Assert.Equal(
            """{"status":"error","code":"invalid_json","message":"This is not JSON: line 2, character 11 cannot be read.","errors":[]}""",
            reply.Body);
    }

    [Fact]
    public async Task Create_DuplicateKey_NamesItsPlace()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, """{"name":"a","trigger":{"type":"webhook","type":"manual"}}""");
        Assert.Equal(400, reply.Status);
        Assert.Equal(
            """{"status":"error","code":"duplicate_key","message":"The key trigger.type is given twice. Remove one of them.","errors":[{"path":"trigger.type","message":"The key trigger.type is given twice. Remove one of them."}]}""",
            reply.Body);
    }

    [Fact]
    public async Task Create_AList_IsRefused()
    {
        var reply = await (await app.GraphPracticeAsync()).PostAsync(Path, "[]");
        Assert.Equal(422, reply.Status);
        Assert.Equal("""{"status":"error","code":"validation_failed","message":"The body has to be a JSON object.","errors":[{"path":"","message":"The body has to be a JSON object."}]}""", reply.Body);
    }

    [Fact]
    public async Task Create_AnotherMediaType_IsRefused()
    {
        var reply = await (await app.GraphPracticeAsync())
            .SendAsync(HttpMethod.Post, Path, new StringContent(GraphBodies.Small(), Encoding.UTF8, "text/plain"), null);
        Assert.Equal(415, reply.Status);
        Assert.Equal("""{"status":"error","code":"unsupported_media_type","message":"Send JSON, with \"Content-Type: application/json\".","errors":[]}""", reply.Body);
    }

    [Fact]
    public async Task Create_BodyOverOneMebibyte_IsRefused()
    {
        var reply = await (await app.GraphPracticeAsync())
            .PostAsync(Path, GraphBodies.Small(b => b["description"] = new string('d', 1024 * 1024)));
        Assert.Equal(413, reply.Status);
        Assert.Equal(
            """{"status":"error","code":"payload_too_large","message":"The body is larger than 1 MiB.","errors":[]}""", reply.Body);
    }

    [Theory]
    [InlineData("?page=0", "page", "The page has to be a whole number from 1.")]
    [InlineData("?limit=-1", "limit", "The limit has to be a whole number from 1.")]
    [InlineData("?limit=x", "limit", "The limit has to be a whole number from 1.")]
    [InlineData("?status=on", "status", "The status has to be active, paused or draft.")]
    public async Task List_WrongQuery_SaysWhich(string query, string path, string message)
    {
        var reply = await (await app.GraphPracticeAsync()).GetAsync(Path + query);
        Assert.Equal(422, reply.Status);
        Assert.Equal($$"""{"status":"error","code":"validation_failed","message":"{{message}}","errors":[{"path":"{{path}}","message":"{{message}}"}]}""", reply.Body);
    }

    [Fact]
    public async Task List_LimitAboveTheMost_IsClamped()
    {
        var reply = await (await app.GraphPracticeAsync()).GetAsync(Path + "?limit=100000&page=3");
        Assert.Equal("""{"data":[],"pagination":{"page":3,"limit":100,"total":0,"totalPages":0}}""", reply.Body);
    }
}
