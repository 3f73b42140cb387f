using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Documents.Documents;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>The reference text, sentence by sentence: workflows.</summary>
[Collection(StudioAppTests.Name)]
public sealed class WorkflowTests(StudioApp app)
{
    [Fact]
    public async Task Create_ReferenceExample_ComesBackAsItWasSent()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Address, Reference);
        Assert.Equal((201, $"{Address}/{made.Text("id")}"), (made.Status, made.Headers.Location!.ToString()));
        var sent = JsonNode.Parse(Reference)!.AsObject();
        var one = await practice.GetAsync(made.Headers.Location.ToString());
        Assert.Equal(made.Body, one.Body);
        var read = JsonNode.Parse(one.Body)!.AsObject();
        foreach (var (field, value) in sent)
            Assert.True(JsonNode.DeepEquals(value, read[field]), $"{field}: {read[field]?.ToJsonString()}");
        var item = (await practice.GetAsync(Address)).Json.GetProperty("workflows")[0];
        Assert.Equal(["id", "name", "description", "trigger_type", "trigger_config", "enabled", "created_at"],
            item.EnumerateObject().Select(p => p.Name));
        Assert.True(JsonNode.DeepEquals(sent["trigger_config"], JsonNode.Parse(item.GetProperty("trigger_config").GetRawText())));
        Assert.Equal("workflows", Assert.Single((await practice.GetAsync(Address)).Json.EnumerateObject()).Name);
    }

    [Fact]
    public async Task Create_WithTheLeast_IsManualAndEnabled()
    {
        var practice = await app.PracticeAsync();
        var made = (await practice.PostAsync(Address, With())).Json;
        Assert.Equal(("manual", "{}", true, ""), (Text(made, "trigger_type"), made.GetProperty("trigger_config").GetRawText(),
            made.GetProperty("enabled").GetBoolean(), Text(made, "description")));
    }

    [Theory]
    [InlineData("manual", "{}", "manual")]
    [InlineData("scheduled", "{}", "manual")]
    [InlineData("scheduled", """{"cron_expression":"0 9 * * 1-5","timezone":"America/New_York"}""", "schedule")]
    [InlineData("webhook", """{"cors_allowed_origins":["https://example.org"],"x":1}""", "webhook")]
    [InlineData("event", """{"event":"document.processed"}""", "event")]
    [InlineData("event", """{"event":"extraction.completed","filters":{"confidence_min":0.5,"tags":["a","b"],"form":{"id":7}}}""", "event")]
    [InlineData("event", """{"eventType":"chat.message","eventFilters":{"file_format":"pdf"}}""", "event")]
    [InlineData("event", """{"event":"chat.message","constraints":{"==":[{"var":"data.x"},1]}}""", "event")]
    public async Task Trigger_OfEveryType_IsOneOfTheModelAndComesBack(string type, string config, string trigger)
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync(With(("trigger_type", $"\"{type}\""), ("trigger_config", config)));
        var read = (await practice.GetAsync(path)).Json;
        Assert.Equal((type, config), (Text(read, "trigger_type"), read.GetProperty("trigger_config").GetRawText()));
        Assert.Equal(trigger, (await DefinitionAsync(practice, path)).Trigger.Type);
        Assert.Equal(type == "webhook", read.TryGetProperty("webhook_url", out _));
    }

    [Theory]
    [InlineData("name", "7", "name")]
    [InlineData("definition", "[]", "definition")]
    [InlineData("definition", "{}", "definition.steps")]
    [InlineData("definition", """{"steps":{}}""", "definition.steps")]
    [InlineData("definition", """{"steps":[]}""", "definition.steps")]
    [InlineData("definition", """{"steps":[7]}""", "definition.steps[0]")]
    [InlineData("definition", """{"steps":[{"type":"parse"}]}""", "definition.steps[0].id")]
    [InlineData("definition", """{"steps":[{"id":"a"}]}""", "definition.steps[0].type")]
    [InlineData("definition", """{"steps":[{"id":"a","type":"nonsense"}]}""", "definition.steps[0].type")]
    [InlineData("definition", """{"steps":[{"id":"a","type":"parse","config":7}]}""", "definition.steps[0].config")]
    [InlineData("definition", """{"steps":[{"id":"a","type":"parse"},{"id":"a","type":"parse"}]}""", "definition.steps[1].id")]
    [InlineData("definition", """{"steps":[{"id":"a","type":"condition","config":{}}]}""", "definition.steps[0].config.conditions")]
    [InlineData("trigger_type", "\"schedule\"", "trigger_type")]
    [InlineData("trigger_type", "\"event\"", "trigger_config.event")]
    [InlineData("trigger_config", "7", "trigger_config")]
    [InlineData("trigger_config", """{"event":"a","eventType":"b"}""", "trigger_config.event")]
    [InlineData("trigger_config", """{"filters":[]}""", "trigger_config.filters")]
    [InlineData("enabled", "\"yes\"", "enabled")]
    public async Task Create_WithAWrongField_IsRefusedWithItsName(string field, string value, string place)
    {
        var reply = await (await app.PracticeAsync()).PostAsync(Address, With((field, value)));
        Assert.True(reply.Status == 400, reply.Body);
        Assert.Contains(place, reply.Json.GetProperty("error").GetProperty("details").EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("""{"cron_expression":"soon"}""", "trigger_config.cron_expression")]
    [InlineData("""{"cron_expression":"0 9 * * *","timezone":"Mars/Olympus"}""", "trigger_config.timezone")]
    public async Task Create_WithAWrongSchedule_IsRefusedWithItsName(string config, string place)
    {
        var reply = await (await app.PracticeAsync()).PostAsync(
            Address, With(("trigger_type", "\"scheduled\""), ("trigger_config", config)));
        Assert.Equal(place, Assert.Single(Refused(reply, 400, "VALIDATION_ERROR").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Put_OfSomeFields_LeavesTheOthersAsTheyWere()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync();
        var before = JsonNode.Parse((await practice.GetAsync(path)).Body)!;
        var after = JsonNode.Parse((await practice.PutAsync(path, """{"enabled":false,"x_own":[1.50]}""")).Body)!;
        Assert.Equal(("false", "[1.50]"), (after["enabled"]!.ToJsonString(), after["x_own"]!.ToJsonString()));
        foreach (var field in new[] { "name", "description", "definition", "trigger_type", "trigger_config" })
            Assert.True(JsonNode.DeepEquals(before[field], after[field]), field);
        const string steps = """{"steps":[{"id":"parse","type":"parse","config":{"agentic":false},"note":1}]}""";
        var changed = (await practice.PutAsync(path, $$$"""{"definition":{{{steps}}},"trigger_config":{"event":"chat.message"}}""")).Json;
        Assert.Equal((steps, """{"event":"chat.message"}""", "event"), (changed.GetProperty("definition").GetRawText(),
            changed.GetProperty("trigger_config").GetRawText(), Text(changed, "trigger_type")));
        Assert.Equal(400, (await practice.PutAsync(path, """{"definition":{"steps":[]}}""")).Status);
    }

    [Fact]
    public async Task Delete_IsFinal()
    {
        var practice = await app.PracticeAsync();
        var path = await practice.MakeAsync();
        Assert.Equal(204, (await practice.DeleteAsync(path)).Status);
        Refused(await practice.GetAsync(path), 404, "NOT_FOUND");
    }

    [Fact]
    public async Task WorkflowThatBranches_IsReadButNotListedNorFlattened()
    {
        var practice = await app.PracticeAsync();
        var set = new WorkflowNode { Id = "a", Type = "set", Config = System.Text.Json.JsonElement.Parse("""{"values":{"x":"1"}}""") };
        var fork = WorkflowDefinition.Empty with
        { Nodes = [set, set with { Id = "b" }], Links = [new("trigger", null, "a"), new("trigger", null, "b")] };
        var id = (await app.Get<CreateWorkflow>().RunAsync(practice.Owner, new NewWorkflow(
            "Fork", "", WorkflowStatus.Active, fork, EditorState.None, "studio"))).Value!.Id;
        Assert.Equal("""{"workflows":[]}""", (await practice.GetAsync(Address)).Body);
        var read = (await practice.GetAsync($"{Address}/{id}")).Json;
        Assert.Equal(("""{"steps":[]}""", false),
            (read.GetProperty("definition").GetRawText(), read.GetProperty("expressible").GetBoolean()));
        Assert.Equal(200, (await practice.PutAsync($"{Address}/{id}", """{"name":"Renamed"}""")).Status);
        Refused(await practice.PutAsync($"{Address}/{id}", With()), 409, "NOT_EXPRESSIBLE");
    }

    [Fact]
    public async Task Templates_AreThoseOfThePlatform()
    {
        var practice = await app.PracticeAsync();
        var all = (await practice.GetAsync(Address + "/templates")).Json.GetProperty("templates");
        Assert.Equal(
            [
                "Invoice Processing invoice", "Contract Review contract", "Resume Screening resume", "Document Routing general",
                "Overdue sweep invoice", "Payments on Monday invoice", "Webhook to e-mail general", "Document to webhook general",
            ],
            all.EnumerateArray().Select(t => $"{Text(t, "name")} {Text(t, "category")}"));
        foreach (var template in all.EnumerateArray())
        {
            var some = (await practice.GetAsync($"{Address}/templates?category={Text(template, "category")}")).Json;
            Assert.All(some.GetProperty("templates").EnumerateArray(), t => Assert.Equal(Text(template, "category"), Text(t, "category")));
            Assert.Contains(some.GetProperty("templates").EnumerateArray(), t => Text(t, "id") == Text(template, "id"));
            var made = await practice.PostAsync(Address + "/templates", $$"""{"template_id":"{{Text(template, "id")}}"}""");
            Assert.True(made.Status == 201, made.Body);
            foreach (var field in new[] { "name", "description", "definition", "trigger_type", "trigger_config" })
                Assert.Equal(template.GetProperty(field).GetRawText(), made.Json.GetProperty(field).GetRawText());
        }

        var own = await practice.PostAsync(Address + "/templates",
            $$"""{"template_id":"{{Text(all[0], "id")}}","name":"My Invoice Workflow","description":"Custom invoice processing"}""");
        Assert.Equal(("My Invoice Workflow", "Custom invoice processing"), (own.Text("name"), own.Text("description")));
        Refused(await practice.PostAsync(Address + "/templates", """{"template_id":"template-uuid"}"""), 404, "NOT_FOUND");
        // one of the gallery that branches, and one of another category
        foreach (var other in TemplateGallery.All.Where(t => t.Slug is "invoice-approval" or "prescreening"))
            Refused(await practice.PostAsync(Address + "/templates", $$"""{"template_id":"{{other.Id}}"}"""), 404, "NOT_FOUND");
        Refused(await practice.PostAsync(Address + "/templates", "{}"), 400, "MISSING_FIELD");
        Assert.Equal("""{"templates":[]}""", (await practice.GetAsync(Address + "/templates?category=other")).Body);
        Refused(await practice.DeleteAsync(Address + "/templates"), 405, "METHOD_NOT_ALLOWED");
    }

    private async Task<WorkflowDefinition> DefinitionAsync(TestPractice practice, string path) =>
        (await app.Get<ReadWorkflow>().RunAsync(practice.Owner, Guid.Parse(path[(Address.Length + 1)..]))).Value!.Definition;
}
