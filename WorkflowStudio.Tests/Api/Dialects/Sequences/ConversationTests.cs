using System.Text.Json;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>A sequence that writes to a contact, and is woken by what the contact writes.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ConversationTests(StudioApp app)
{
    private const string Runs = "/api/v1/workflows/runs";

    [Fact]
    public async Task Reply_OfTheContact_WakesTheRunThatWaits()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice, "+17135550142");
        var run = await StartAsync(practice, contact, """
            [{"type":"send_message","config":{"template":"intro"}},{"type":"wait_for_reply","config":{"timeoutHours":24}},
             {"id":"told","type":"set","config":{"values":{"heard":"{{ step_2.output.reply }}"}}},{"type":"end"}]
            """);
        await WaitsAsync(practice, run);

        var answer = await practice.PostAsync("/api/v1/messages", """{"from":"+1 (713) 555-0142","body":"In June.","messageId":"SM1"}""");
        Assert.True(answer.Status == 201, answer.Body);
        Assert.Equal(contact, answer.Data().GetProperty("contactId").GetString());
        await EndsAsync(practice, run, "completed");

        // the gateway sends it once more
        var again = await practice.PostAsync("/api/v1/messages", """{"from":"+17135550142","body":"In June.","messageId":"SM1"}""");
        Assert.Equal(answer.Data().GetProperty("id").GetString(), again.Data().GetProperty("id").GetString());
        var list = await practice.GetAsync($"/api/v1/messages?contactId={contact}");
        Assert.Equal("In June.", Assert.Single(list.Data().EnumerateArray()).GetProperty("body").GetString());
    }

    [Fact]
    public async Task Choice_IsAskedForOnceMoreAndUnderstood()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice, "+17135550143");
        var run = await StartAsync(practice, contact, """
            [{"type":"ask_choice","config":{"text":"Would you like to renew?","choices":["Yes",{"label":"No"},"Let us talk"],"timeoutDays":2}},
             {"type":"end"}]
            """);
        await WaitsAsync(practice, run);
        Assert.Equal(201, (await practice.PostAsync("/api/v1/messages", $$"""{"contactId":"{{contact}}","body":"hm"}""")).Status);
        await WaitsAsync(practice, run);
        Assert.Equal(201, (await practice.PostAsync("/api/v1/messages", $$"""{"contactId":"{{contact}}","body":"the third one"}""")).Status);
        await EndsAsync(practice, run, "completed");

        var log = await practice.GetAsync($"{Runs}/{run}/logs");
        Assert.Contains("Not understood: hm", log.Body, StringComparison.Ordinal);
        Assert.Contains("Chose Let us talk: the third one", log.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_WhileTwoRunsWait_WakesTheOneThatStartedLast()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice, "+17135550144");
        const string Waits = """[{"type":"wait_for_reply","config":{"timeoutHours":24}},{"type":"end"}]""";
        var first = await StartAsync(practice, contact, Waits);
        var second = await StartAsync(practice, contact, Waits);
        await WaitsAsync(practice, first);
        await WaitsAsync(practice, second);

        await practice.PostAsync("/api/v1/messages", $$"""{"contactId":"{{contact}}","body":"Hi"}""");
        await EndsAsync(practice, second, "completed");
        Assert.Equal("active", (await practice.GetAsync($"{Runs}/{first}")).Data().GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""{"from":"+17135550142"}""", "body")]
    [InlineData("""{"body":"Hi"}""", "from")]
    [InlineData("""{"body":" ","from":"+17135550142"}""", "body")]
    [InlineData("""{"body":"Hi","from":"x","channel":"pigeon"}""", "channel")]
    [InlineData("""{"body":"Hi","contactId":"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"}""", "contactId")]
    [InlineData("""{"body":7,"from":"x"}""", "body")]
    public async Task Message_ThatCannotBe_IsRefusedWithItsField(string body, string field)
    {
        var refused = await (await app.PracticeAsync()).PostAsync("/api/v1/messages", body);

        Assert.Equal(422, refused.Status);
        Assert.Contains($"\"{field}\"", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OfSomebodyUnknown_IsKeptForNobody()
    {
        var practice = await app.PracticeAsync();
        var kept = await practice.PostAsync("/api/v1/messages", """{"from":"stranger@example.test","body":"Hello?"}""");

        Assert.Equal((201, "email", JsonValueKind.Null), (kept.Status, kept.Data().GetProperty("channel").GetString(),
            kept.Data().GetProperty("contactId").ValueKind));
    }

    [Fact]
    public async Task WordThatMayAskForNoMore_AnswersAQuestionWhereOneIsAsked()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice, "+17135550145");
        const string Asks = """
            [{"type":"ask_choice","config":{"text":"Keep it?","choices":["Keep","Cancel"],"timeoutDays":2}},{"type":"end"}]
            """;
        const string Says = """{"from":"+17135550145","body":"Cancel"}""";
        var run = await StartAsync(practice, contact, Asks);
        await WaitsAsync(practice, run);
        await practice.PostAsync("/api/v1/messages", Says);
        await EndsAsync(practice, run, "completed");

        // nobody asks now: it is what the carriers take it for
        await practice.PostAsync("/api/v1/messages", Says);
        await EndsAsync(practice, await StartAsync(practice, contact, Asks), "failed");
    }

    [Fact]
    public async Task Stop_IsNoAnswer_AndTheRunGoesOnWaiting()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice, "+17135550146");
        var run = await StartAsync(practice, contact, """[{"type":"wait_for_reply","config":{"timeoutHours":24}},{"type":"end"}]""");
        await WaitsAsync(practice, run);
        Assert.Equal(201, (await practice.PostAsync("/api/v1/messages", """{"from":"+17135550146","body":"STOP"}""")).Status);
        await practice.PostAsync("/api/v1/messages", """{"from":"+17135550146","body":"start"}""");
        await WaitsAsync(practice, run);
        await practice.PostAsync("/api/v1/messages", """{"from":"+17135550146","body":"In June"}""");
        await EndsAsync(practice, run, "completed");
        var log = await practice.GetAsync($"{Runs}/{run}/logs");
        Assert.DoesNotContain("STOP", log.Body, StringComparison.Ordinal);
    }

    private static async Task<string> ContactAsync(TestPractice practice, string phone) =>
        (await practice.PostAsync("/api/v1/contacts", $$"""{"name":"Maria Lopez","phone":"{{phone}}"}""")).Data().GetProperty("id").GetString()!;

    private static async Task<string> StartAsync(TestPractice practice, string contact, string steps)
    {
        var made = await practice.PostAsync("/api/v1/workflows", $$"""
            {"name":"Lead","triggerType":"manual","introMessage":"Hi {contact.firstName}! When would you like to move?","steps":{{steps}}}
            """);
        Assert.True(made.Status == 201, made.Body);
        var run = await practice.PostAsync(Runs,
            $$"""{"workflowId":"{{made.Data().GetProperty("id").GetString()}}","contactId":"{{contact}}"}""");
        Assert.True(run.Status == 201, run.Body);
        return run.Data().GetProperty("id").GetString()!;
    }

    private static Task WaitsAsync(TestPractice practice, string run) => UntilAsync(
        practice, run, log => log.LastIndexOf("waiting", StringComparison.Ordinal) is var waits && waits >= 0
            && waits > log.LastIndexOf("woken", StringComparison.Ordinal));

    private static async Task UntilAsync(TestPractice practice, string run, Func<string, bool> holds)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (true)
        {
            var log = (await practice.GetAsync($"{Runs}/{run}/logs")).Body;
            if (holds(log)) return;
            Assert.False(patience.IsCancellationRequested, log);
        }
    }

    private static async Task EndsAsync(TestPractice practice, string run, string status)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        while (true)
        {
            var read = await practice.GetAsync($"{Runs}/{run}");
            if (read.Data().GetProperty("status").GetString() == status) return;
            Assert.False(patience.IsCancellationRequested, read.Body);
        }
    }
}
