using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Api.Dialects.Sequences.SequencesTexts;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>A list of steps, what it becomes, and that it comes back.</summary>
[Collection(StudioAppTests.Name)]
public sealed class StepTests(StudioApp app)
{
    private const string Branching = """
        [{"type":"condition","config":{"field":"contact.email","operator":"eq","value":"a@b.c","yes":"next","no":2}},
        {"type":"end"},
        {"id":"which","type":"switch","config":{"value":"{contact.lastName}","cases":[{"name":"Lopez","equals":"Lopez","goTo":3}],"default":"end"}},
        {"type":"condition","config":{"expression":"{{ contact.name == \"x\" }}"}},
        {"type":"set","config":{"values":{"x":"1"}}}]
        """;

    [Theory]
    [InlineData("wait", """{"duration":"30s"}""", """{"for":"30s"}""")]
    [InlineData("wait", """{"duration":"24h","note":[1.50]}""", """{"note":[1.50],"for":"24h"}""")]
    [InlineData("wait", """{"hours":48}""", """{"for":"48 hours"}""")]
    [InlineData("wait", """{"durationMinutes":5}""", """{"for":"5 minutes"}""")]
    [InlineData("wait", """{"until":"2030-01-01T09:00"}""", """{"until":"2030-01-01T09:00"}""")]
    [InlineData("send_message", """{"text":"Hi {contact.name} of {property.address}, {not.this} {{ contact.email }} { contact.phone }"}""",
        """{"message":"Hi {{ contact.name }} of {{ property.address }}, {not.this} {{ contact.email }} {{ contact.phone }}"}""")]
    [InlineData("ask_choice", """{"question":"Hi","choices":["{contact.name}","x"]}""", """{"question":"Hi","choices":["{{ contact.name }}","x"]}""")]
    [InlineData("set", """{"values":{"x":"{contact.name}"}}""", """{"values":{"x":"{contact.name}"}}""")]
    public async Task Config_IsReadForTheModelAndComesBackAsItWas(string type, string sent, string node)
    {
        var practice = await app.PracticeAsync();
        var steps = $$"""[{"type":"{{type}}","config":{{sent}},"x_own":"é"},{"type":"end"}]""";
        var id = await practice.MakeAsync(With("steps", steps));
        var data = (await practice.GetAsync($"{Templates}/{id}")).Data();
        AssertSame(steps, data.GetProperty("steps"));
        AssertSame(node, data.GetProperty("nodes")[0].GetProperty("config"));
        // and after it was saved elsewhere without being touched
        await SavedAsync(practice, id, d => d);
        AssertSame(steps, (await practice.GetAsync($"{Templates}/{id}")).Data().GetProperty("steps"));
    }

    [Fact]
    public async Task IntroMessage_StandsInTheStepThatSendsIt()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync("""
            {"name":"Lead","triggerType":"manual","introMessage":"Hi {contact.firstName}! A few questions?",
             "steps":[{"type":"send_message","config":{"template":"intro"}},{"type":"send_message","config":{"template":"bye"}}]}
            """);
        Assert.Equal("Hi {{ contact.firstName }}! A few questions?", await MessageAsync());

        var patched = await practice.PatchAsync(id, """{"introMessage":"Hello"}""");
        Assert.True(patched.Status == 200, patched.Body);
        Assert.Equal("Hello", await MessageAsync());
        var data = (await practice.GetAsync($"/api/v1/workflows/{id}")).Data();
        AssertSame("""[{"type":"send_message","config":{"template":"intro"}},{"type":"send_message","config":{"template":"bye"}}]""",
            data.GetProperty("steps"));
        Assert.Equal(2, data.GetProperty("version").GetInt32());
        // what was drawn in the studio since then stays
        var opened = (await app.Get<GetWorkflow>().RunAsync(practice.Owner, ShownId.TryRead(id, out var known) ? known : default)).Value!;
        var drawn = opened.Definition with
        { Links = [.. opened.Definition.Links, new LinkConnection("step_1", WorkflowNode.ErrorPort, "step_2")] };
        Assert.True((await app.Get<SaveDraft>().RunAsync(
            practice.Owner, known, new DraftWork(opened.Revision, drawn, opened.Editor))).Ok);
        await practice.PatchAsync(id, """{"introMessage":"Good morning"}""");
        Assert.Equal("Good morning", await MessageAsync());
        var after = (await app.Get<GetWorkflow>().RunAsync(practice.Owner, known)).Value!.Definition;
        Assert.Equal(drawn.Links, after.Links);

        async Task<string?> MessageAsync() => (await practice.GetAsync($"/api/v1/workflows/{id}")).Data().GetProperty("nodes")[0]
            .GetProperty("config").GetProperty("message").GetString();
    }

    [Fact]
    public async Task Branches_BecomeLinksAndComeBack()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Templates, With("steps", Branching));
        Assert.True(made.Status == 201, made.Body);
        var data = (await practice.GetAsync($"{Templates}/{made.Id()}")).Data();
        AssertSame(Branching, data.GetProperty("steps"));
        Assert.Equal(
            ["trigger>step_1", "step_1.then>step_2", "step_1.else>which", "which.Lopez>step_4", "step_4.then>step_5"],
            data.GetProperty("link_connections").EnumerateArray().Select(l => l.GetProperty("from").GetString()
                + (l.TryGetProperty("from_port", out var port) ? "." + port.GetString() : "") + ">" + l.GetProperty("to").GetString()));
    }

    [Theory]
    [InlineData("yes", "0")]
    [InlineData("yes", "7")]
    [InlineData("no", "\"nowhere\"")]
    [InlineData("no", "[]")]
    public async Task Jump_ToNoLaterStep_IsRefusedWithThePlace(string field, string value)
    {
        var refused = await (await app.PracticeAsync()).PostAsync(Templates, With(
            "steps", """[{"type":"condition","config":{"expression":"{{ true }}","FIELD":VALUE}},{"type":"end"}]"""
                .Replace("FIELD", field, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal)));
        Assert.Equal(422, refused.Status);
        Assert.Equal($"steps[0].config.{field}", refused.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Step_ThatWasChangedElsewhere_IsShownAsItIsNow()
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync(With("steps", """[{"type":"send_message","config":{"text":"Hi {contact.name}"}},{"type":"wait","config":{"duration":"1h"}}]"""));
        await SavedAsync(practice, id, d => d with
        {
            Nodes = [d.Nodes[0], d.Nodes[1] with { Config = JsonElement.Parse("""{"for":"2h"}"""), Name = "Later" }],
            Settings = d.Settings with { Exit = new ExitConditions(3, null) },
        });
        var data = (await practice.GetAsync($"{Templates}/{id}")).Data();
        AssertSame("""[{"type":"send_message","config":{"text":"Hi {contact.name}"}},{"id":"step_2","type":"wait","name":"Later","config":{"for":"2h"}}]""", data.GetProperty("steps"));
        AssertSame("""{"maxMessages":3}""", data.GetProperty("exitConditions"));
        // what is shown can be sent again and changes nothing
        var version = data.GetProperty("version").GetInt32();
        var again = await practice.PatchAsync(id, $$"""{"steps":{{data.GetProperty("steps").GetRawText()}}}""");
        Assert.Equal(version, again.Data().GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task GraphThatOthersDrew_IsShownAsStepsWithItsWays()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Templates, """
            {"name":"Drawn","trigger":{"type":"event","event":"contact-created","constraints":{"==":[1,1]}},
            "nodes":[{"id":"c","type":"condition","config":{"expression":"{{ true }}"}},{"id":"a","type":"set","config":{"values":{"x":"1"}}},{"id":"b","type":"set","config":{"values":{"x":"2"}}}],
            "link_connections":[{"from":"trigger","to":"c"},{"from":"c","from_port":"then","to":"b"},{"from":"c","from_port":"else","to":"a"}]}
            """);
        var data = (await practice.GetAsync($"{Templates}/{made.Text("id")}")).Data();
        AssertSame("""{"id":"c","type":"condition","config":{"expression":"{{ true }}","yes":"b","no":"next"}}""", data.GetProperty("steps")[0]);
        Assert.Equal("automatic", data.GetProperty("triggerType").GetString());
        AssertSame("""{"event":"contact-created","constraints":{"==":[1,1]}}""", data.GetProperty("triggerConfig"));
        Assert.Equal(JsonValueKind.Null, data.GetProperty("exitConditions").ValueKind);
    }

    [Theory]
    [InlineData("manual", """{"note":"x"}""", """{"type":"manual"}""")]
    [InlineData("deep_link", """{"allowedOrigins":["https://example.org"]}""",
        """{"type":"webhook","config":{"cors_allowed_origins":["https://example.org"]}}""")]
    [InlineData("automatic", """{"event":"lead.created","delay":1}""", """{"type":"event","event":"lead.created"}""")]
    [InlineData("automatic", "{}", """{"type":"event","event":"automatic"}""")]
    [InlineData("scheduled", """{"cronExpression":"0 9 * * 1-5","timeZone":"America/Chicago"}""",
        """{"type":"schedule","config":{"cron":"0 9 * * 1-5","timezone":"America/Chicago"}}""")]
    public async Task Trigger_IsReadForTheModelAndComesBackAsItWas(string word, string config, string trigger)
    {
        var practice = await app.PracticeAsync();
        var id = await practice.MakeAsync(With(b => (b["triggerType"], b["triggerConfig"]) = (word, JsonNode.Parse(config))));
        var data = (await practice.GetAsync($"{Templates}/{id}")).Data();
        Assert.Equal(word, data.GetProperty("triggerType").GetString());
        AssertSame(config, data.GetProperty("triggerConfig"));
        AssertSame(trigger, data.GetProperty("trigger"));
        // another trigger keeps steps and version
        var changed = (await practice.PatchAsync(id, """{"triggerType":"manual","triggerConfig":null}""")).Data();
        Assert.Equal(("manual", 1), (changed.GetProperty("triggerType").GetString(), changed.GetProperty("version").GetInt32()));
    }

    // as the studio saves: the definition as it was read, perhaps changed, and published
    private async Task SavedAsync(TestPractice practice, string id, Func<WorkflowDefinition, WorkflowDefinition> change)
    {
        Assert.True(ShownId.TryRead(id, out var workflow));
        var open = (await app.Get<GetWorkflow>().RunAsync(practice.Owner, workflow)).Value!;
        var saved = await app.Get<SaveDraft>().RunAsync(
            practice.Owner, workflow, new DraftWork(open.Revision, change(open.Definition), open.Editor));
        Assert.True(saved.Ok, saved.Problem?.Message);
        var published = await app.Get<PublishWorkflow>().RunAsync(practice.Owner, workflow, saved.Value.Revision);
        Assert.True(published.Ok, published.Problem?.Message);
    }

    private static void AssertSame(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), actual.GetRawText());
}
