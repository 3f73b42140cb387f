using System.Text.Json;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Sequences.SequencesTexts;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>What the reference text says of templates, sentence by sentence.</summary>
[Collection(StudioAppTests.Name)]
public sealed class TemplateTests(StudioApp app)
{
    private const string Unset = """{"name":"Small","triggerType":"manual","steps":[{"type":"end"}]}""";

    [Fact]
    public async Task Create_WithTheBodyOfTheText_IsAnsweredAsItShows()
    {
        var made = await (await app.PracticeAsync()).PostAsync(Templates, Create);
        Assert.Equal(201, made.Status);
        AssertLike(Created, made, "createdAt", "updatedAt");
        Assert.Equal($"{Templates}/{made.Id()}", made.Headers.Location!.ToString());
        Assert.Equal(made.Data().GetProperty("createdAt").GetString(), made.Data().GetProperty("updatedAt").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", made.Data().GetProperty("createdAt").GetString());
    }

    [Fact]
    public async Task Update_WithTheBodyOfTheText_ChangesWhatItNamesAndCountsOneVersion()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync(With("voiceConfig", """{"enabled":true}"""));
        var changed = await practice.PatchAsync(id, Update);
        Assert.Equal(200, changed.Status);
        AssertLike("""
            {"data":{"id":"wf_abc123","name":"Lead Pre-Screening","description":"Updated description for the screening workflow.","isPublic":true,"isActive":true,
            "triggerType":"manual","slug":"lead-pre-screening","steps":[{"type":"send_message","config":{"template":"intro_v2"}},{"type":"wait_for_reply","config":{"timeoutHours":48}},
            {"type":"agent","config":{"mode":"interactive"}},{"type":"end"}],"exitConditions":{"maxMessages":30,"timeoutDays":14},"questionConfig":null,"completionConfig":null,
            "introMessage":"Hi! I'd like to ask a few quick questions.","voiceConfig":{"enabled":true},"version":2,"createdAt":"2026-01-15T10:00:00Z","updatedAt":"2026-02-26T12:30:00Z"}}
            """, changed, "createdAt", "updatedAt");
        var read = await practice.GetAsync($"{Templates}/{id}");
        foreach (var field in changed.Data().EnumerateObject())
            Assert.Equal(field.Value.GetRawText(), read.Data().GetProperty(field.Name).GetRawText());
        Assert.Equal(changed.Headers.ETag!.Tag, read.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("steps", """[{"type":"end"}]""", 2)]
    [InlineData("exitConditions", """{"maxMessages":21,"timeoutDays":7}""", 2)]
    [InlineData("exitConditions", "null", 2)]
    [InlineData("questionConfig", """{"a":1}""", 2)]
    [InlineData("questionConfig", "{}", 2)]
    [InlineData("completionConfig", """{"maxResults":3}""", 2)]
    [InlineData("introMessage", "\"Hello\"", 2)]
    [InlineData("introMessage", "null", 2)]
    [InlineData("steps", """[{"type":"send_message","config":{"template":"intro"}},{"type":"wait_for_reply","config":{"timeoutHours":24}},{"config":{"mode":"interactive"},"type":"agent"}]""", 1)]
    [InlineData("exitConditions", """{"timeoutDays":7,"maxMessages":20}""", 1)]
    [InlineData("questionConfig", "null", 1)]
    [InlineData("introMessage", "\"Hi! I'd like to ask a few quick questions.\"", 1)]
    [InlineData("name", "\"Another\"", 1)]
    [InlineData("description", "null", 1)]
    [InlineData("triggerType", "\"deep_link\"", 1)]
    [InlineData("triggerConfig", """{"a":1}""", 1)]
    [InlineData("isPublic", "false", 1)]
    [InlineData("isActive", "false", 1)]
    [InlineData("voiceConfig", """{"enabled":false}""", 1)]
    [InlineData("slug", "\"another\"", 1)]
    [InlineData("version", "7", 1)]
    public async Task Patch_OfOneField_CountsAVersionOnlyWhereARunIsChanged(string field, string value, int version)
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync();
        var changed = await practice.PatchAsync(id, $$"""{"{{field}}":{{value}}}""");
        Assert.True(changed.Status == 200, changed.Body);
        Assert.Equal(version, changed.Data().GetProperty("version").GetInt32());
        if (field is "slug" or "version") Assert.Equal("lead-pre-screening", changed.Data().GetProperty("slug").GetString());
        else
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(value), changed.Data().GetProperty(field)), changed.Body);
    }

    [Fact]
    public async Task AnswerThatIsSentBack_ChangesNothing()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync();
        var read = (await practice.GetAsync($"{Templates}/{id}")).Data();
        var changed = await practice.PatchAsync(id, read.GetRawText());
        Assert.True(changed.Status == 200, changed.Body);
        Assert.Equal(read.GetRawText(), (await practice.GetAsync($"{Templates}/{id}")).Data().GetRawText());
        // a template of the house that is made one's own
        var house = (await practice.GetAsync($"{Templates}?search=Pre-Screening")).Json.GetProperty("data").EnumerateArray()
            .First(t => t.GetProperty("id").GetString() != id);
        var copy = await practice.PostAsync(Templates, house.GetRawText());
        Assert.True(copy.Status == 201, copy.Body);
        AssertSteps(house, copy.Data());

        static void AssertSteps(JsonElement one, JsonElement other) => Assert.True(
            JsonElement.DeepEquals(one.GetProperty("steps"), other.GetProperty("steps")), other.GetRawText());
    }

    [Fact]
    public async Task Scheduled_WithoutATime_WaitsForOne()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Templates, With("triggerType", "\"scheduled\""));
        Assert.Equal((201, "scheduled"), (made.Status, made.Data().GetProperty("triggerType").GetString()));
        var id = made.Data().GetProperty("id").GetString()!;
        var timed = await practice.PatchAsync(id, """{"triggerConfig":{"cron":"0 9 * * 1-5"}}""");
        Assert.Equal((200, "scheduled"), (timed.Status, timed.Data().GetProperty("triggerType").GetString()));
        Assert.Equal("schedule", (await practice.GetAsync($"{Templates}/{id}")).Data().GetProperty("trigger").GetProperty("type")
            .GetString());
    }

    [Fact]
    public async Task Patch_OfNothing_LeavesEverythingAsItIs()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync();
        var before = await practice.GetAsync($"{Templates}/{id}");
        Assert.Equal(200, (await practice.PatchAsync(id, """{"unknown":1}""")).Status);
        var after = await practice.GetAsync($"{Templates}/{id}");
        Assert.Equal((before.Body, before.Headers.ETag), (after.Body, after.Headers.ETag));
    }

    [Theory]
    [InlineData("name", "\"\"", "name")]
    [InlineData("name", "\"   \"", "name")]
    [InlineData("name", 101, "name")]
    [InlineData("name", "7", "name")]
    [InlineData("name", "null", "name")]
    [InlineData("description", 501, "description")]
    [InlineData("introMessage", 2001, "introMessage")]
    [InlineData("steps", "[]", "steps")]
    [InlineData("steps", "{}", "steps")]
    [InlineData("steps", "[7]", "steps[0]")]
    [InlineData("steps", "[{}]", "steps[0].type")]
    [InlineData("steps", """[{"type":"end","config":[]}]""", "steps[0].config")]
    [InlineData("steps", """[{"type":"teleport"}]""", "steps[0].type")]
    [InlineData("steps", """[{"type":"wait","config":{"duration":"soon"}},{"type":"end"}]""", "steps[0].config.for")]
    [InlineData("steps", """[{"type":"end"},{"type":"end"}]""", "steps[1]")]
    [InlineData("triggerType", "\"webhook\"", "triggerType")]
    [InlineData("triggerConfig", "[]", "triggerConfig")]
    [InlineData("exitConditions", """{"maxMessages":0}""", "exitConditions.maxMessages")]
    [InlineData("exitConditions", """{"maxMessages":51}""", "exitConditions.maxMessages")]
    [InlineData("exitConditions", """{"timeoutDays":91}""", "exitConditions.timeoutDays")]
    [InlineData("exitConditions", """{"timeoutDays":1.5}""", "exitConditions.timeoutDays")]
    [InlineData("isPublic", "\"yes\"", "isPublic")]
    [InlineData("isActive", "1", "isActive")]
    [InlineData("questionConfig", "\"x\"", "questionConfig")]
    [InlineData("voiceConfig", "[]", "voiceConfig")]
    public async Task Field_BeyondItsRule_IsRefusedWithThePlaceInPostAndPatch(string field, object value, string place)
    {
        var practice = await app.PracticeAsync();
        var json = value as string ?? $"\"{new string('x', (int)value)}\"";
        var id = await practice.MakeAsync();
        foreach (var refused in new[]
        {
            await practice.PostAsync(Templates, With(field, json)), await practice.PatchAsync(id, $$"""{"{{field}}":{{json}}}"""),
        })
        {
            Assert.True(refused.Status == 422, refused.Body);
            Assert.Contains(place, refused.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()));
            Assert.EndsWith("/problems/validation-error", refused.Text("type"), StringComparison.Ordinal);
        }

        Assert.Equal(1, (await practice.GetAsync($"{Templates}/{id}")).Data().GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Fields_AtTheirLimits_AreTaken()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Templates, With(b =>
        {
            (b["name"], b["description"], b["introMessage"]) = (new string('n', 100), new string('d', 500), new string('i', 2_000));
            b["exitConditions"] = System.Text.Json.Nodes.JsonNode.Parse("""{"maxMessages":50,"timeoutDays":90}""");
            b["steps"] = new System.Text.Json.Nodes.JsonArray(
                [.. Enumerable.Range(0, 20).Select(_ => System.Text.Json.Nodes.JsonNode.Parse("""{"type":"send_message"}"""))]);
        }));
        Assert.True(made.Status == 201, made.Body);
        var more = System.Text.Json.Nodes.JsonNode.Parse(made.Body)!["data"]!["steps"]!.AsArray();
        more.Add(System.Text.Json.Nodes.JsonNode.Parse("""{"type":"end"}"""));
        Assert.Equal(422, (await practice.PatchAsync(made.Id(), $$"""{"steps":{{more.ToJsonString()}}}""")).Status);
    }

    [Fact]
    public async Task Unset_IsNullAndFalse()
    {
        var made = await (await app.PracticeAsync()).PostAsync(Templates, Unset);
        var data = made.Data();
        Assert.All(new[] { "description", "exitConditions", "questionConfig", "completionConfig", "introMessage", "voiceConfig" },
            f => Assert.Equal(JsonValueKind.Null, data.GetProperty(f).ValueKind));
        Assert.Equal((false, true), (data.GetProperty("isPublic").GetBoolean(), data.GetProperty("isActive").GetBoolean()));
        Assert.Equal("""[{"type":"end"}]""", data.GetProperty("steps").GetRawText());
    }

    [Fact]
    public async Task Slug_IsMadeOfTheNameOnceAndIsUnique()
    {
        var practice = await app.PracticeAsync();
        var slugs = new List<string?>();
        foreach (var name in new[] { "Lead Pre-Screening", "Lead Pre-Screening", "Größe & Maß", "名前" })
        {
            var made = await practice.PostAsync(Templates, With("name", JsonSerializer.Serialize(name)));
            slugs.Add(made.Data().GetProperty("slug").GetString());
        }

        Assert.Equal(["lead-pre-screening", "lead-pre-screening-2"], slugs.Take(2));
        Assert.All(slugs, s => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", s));
        Assert.Equal("workflow", slugs[3]);
    }

    [Fact]
    public async Task List_HasOwnTemplatesThenThoseOfTheHouseInPages()
    {
        var practice = await app.PracticeAsync();
        await practice.MakeAsync();
        await practice.MakeAsync(With("name", "\"Other\""));
        var list = (await practice.GetAsync(Templates)).Json;
        Assert.Equal("""{"page":1,"limit":20,"total":17,"totalPages":1}""", list.GetProperty("pagination").GetRawText());
        Assert.Equal(["Other", "Lead Pre-Screening", "Pre-Screening"], Names(list).Take(3));
        var names = new List<string?>();
        for (var page = 1; page <= 7; page++)
        {
            var part = (await practice.GetAsync($"{Templates}?page={page}&limit=3")).Json;
            Assert.Equal(
                $$"""{"page":{{page}},"limit":3,"total":17,"totalPages":6}""", part.GetProperty("pagination").GetRawText());
            names.AddRange(Names(part));
        }

        Assert.Equal(Names(list), names);
        Assert.Equal(
            ["Pre-Screening", "Lead Qualification", "Property Blast", "Showing Follow-Up", "Application Nudge", "Idle Re-Engagement",
                "Renewal Check-In", "Document Collection"],
            names.Skip(2).Take(8));
        Assert.Contains("Speed to lead", names.Skip(10));
    }

    [Theory]
    [InlineData("isActive=true", "On")]
    [InlineData("isActive=false&search=O", "Off")]
    [InlineData("status=paused&search=O", "Off")]
    [InlineData("triggerType=deep_link", "Off")]
    [InlineData("search=On&isActive=true", "On")]
    public async Task List_IsNarrowed(string query, string name)
    {
        var practice = await app.PracticeAsync();
        await practice.MakeAsync(With("name", "\"On\""));
        await practice.MakeAsync(With(b => (b["name"], b["isActive"], b["triggerType"]) = ("Off", false, "deep_link")));
        var names = Names((await practice.GetAsync($"{Templates}?{query}")).Json);
        Assert.Equal([name], names.Intersect(["On", "Off"]));
    }

    [Fact]
    public async Task List_CanBeReadByClientsOfGraph()
    {
        var practice = await app.PracticeAsync();
        await practice.MakeAsync();
        var item = (await practice.GetAsync(Templates)).Json.GetProperty("data")[0];
        Assert.Equal("active", item.GetProperty("status").GetString());
        Assert.Equal("manual", item.GetProperty("trigger").GetProperty("type")
            .GetString());
        Assert.Equal(3, item.GetProperty("nodes").GetArrayLength());
        Assert.Equal(3, item.GetProperty("link_connections").GetArrayLength());
        Assert.False(item.TryGetProperty("webhook_target_url", out _));
    }

    [Fact]
    public async Task TemplatesOfTheHouse_AreReadAndNotChanged()
    {
        var practice = await app.PracticeAsync();
        var item = (await practice.GetAsync(Templates)).Json.GetProperty("data")[0];
        var id = item.GetProperty("id").GetString()!;
        Assert.Equal(item.GetRawText(), (await practice.GetAsync($"{Templates}/{id}")).Data().GetRawText());
        var deleted = await practice.DeleteAsync($"{Templates}/{id}");
        foreach (var refused in new[] { await practice.PatchAsync(id, """{"name":"Mine"}"""), deleted })
        {
            Assert.Equal(403, refused.Status);
            Assert.EndsWith("/problems/forbidden", refused.Text("type"), StringComparison.Ordinal);
        }

        // each of them can be made one's own as it stands
        foreach (var one in (await practice.GetAsync(Templates)).Json.GetProperty("data").EnumerateArray().ToList())
        {
            var copy = System.Text.Json.Nodes.JsonNode.Parse(one.GetRawText())!.AsObject();
            foreach (var field in new[] { "nodes", "link_connections", "trigger" }) copy.Remove(field);
            var made = await practice.PostAsync(Templates, copy.ToJsonString());
            Assert.True(made.Status == 201, made.Body);
            Assert.Equal(one.GetProperty("steps").GetRawText(), made.Data().GetProperty("steps").GetRawText());
        }
    }

    [Fact]
    public async Task BodyOfBothDialects_IsRefusedNamingBoth()
    {
        var refused = await (await app.PracticeAsync()).PostAsync(Templates, With("nodes", "[]"));
        Assert.Equal(422, refused.Status);
        Assert.Equal(
            ["nodes", "steps", "triggerType"],
            refused.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task BodyOfGraph_IsAnsweredInItsWordsWithoutItsHeader()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Templates, GraphBodies.Small());
        Assert.Equal((201, "created"), (made.Status, made.Text("status")));
        Assert.Equal("error", (await practice.PostAsync(Templates, """{"nodes":[]}""")).Text("status"));
        Assert.Equal("updated", (await practice.PatchAsync(made.Text("id"), """{"status":"paused"}""")).Text("status"));
        // and it is a template, too
        var patched = await practice.PatchAsync(made.Text("id"), """{"introMessage":"Hi","isActive":true}""");
        Assert.Equal(("Hi", 2, true), (patched.Data().GetProperty("introMessage").GetString(),
            patched.Data().GetProperty("version").GetInt32(), patched.Data().GetProperty("isActive").GetBoolean()));
        Assert.Equal("deep_link", patched.Data().GetProperty("triggerType").GetString());
    }

    [Fact]
    public async Task Update_OfAnotherState_IsRefused()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Templates}/{id}")
        { Content = new StringContent("""{"name":"Two"}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "\"99\"");
        var refused = await Reply.OfAsync(await practice.Client.SendAsync(request));
        Assert.Equal(412, refused.Status);
        Assert.EndsWith("/problems/precondition-failed", refused.Text("type"), StringComparison.Ordinal);
    }

    private static List<string?> Names(JsonElement list) =>
        [.. list.GetProperty("data").EnumerateArray().Select(i => i.GetProperty("name").GetString())];
}
