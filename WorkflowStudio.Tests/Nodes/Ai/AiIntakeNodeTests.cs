using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Ai;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes.Ai;

public sealed class AiIntakeNodeTests : IDisposable
{
    private const string Settings =
        """{"agent_name":"Sterling AI","system_instruction":"You are Sterling.","model":"tws-clinical-llama-3","temperature":0.2,"input_mappings":{"raw_body":"I have had a rash on my left arm for two weeks and would like an appointment next week, mornings are best."}}""";

    private readonly PracticeFixture practice = new();
    private readonly FakeModel model = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Execute_ReferenceExample_IsReadByRules()
    {
        var call = Call();
        var output = await call.OutputAsync();

        var contact = await practice.ContactAsync();
        Assert.Equal(
            $$"""{"reader":"rules","tokens":0,"agent":"Sterling AI","intent":"booking","urgency":3,"summary":"Maria Lopez would like an appointment, next week, in the morning: “I have had a rash on my left arm for two weeks and would like an appointment next week, mornings are best.”","message":"I have had a rash on my left arm for two weeks and would like an appointment next week, mornings are best.","contact_id":"{{contact.Id}}","name":"Maria Lopez","first_name":"Maria","last_name":"Lopez","email":"maria.lopez@example.test","phone":"+17135550142","preferred":"next week, in the morning","preferred_from":"2026-11-30","preferred_to":"2026-12-06","preferred_part":"morning"}""",
            WithoutNulls(output));
        Assert.Equal(["Intent booking, urgency 3 of 10, read by rules"], call.Log);
    }

    [Fact]
    public async Task Execute_NestedContactAndTextContact_AreMerged()
    {
        var output = await Call("""{"input_mappings":{"raw_body":"Call me at 713 555 0199"}}""")
            .With("""{"contact":{"first_name":"Ana","email":"ANA@example.test"}}""").OutputAsync();

        Assert.Equal(("Ana", "ana@example.test", "+17135550199", "Intake agent"), (output.GetProperty("name").GetString(),
            output.GetProperty("email").GetString(), output.GetProperty("phone").GetString(), output.GetProperty("agent").GetString()));
    }

    [Fact]
    public async Task Execute_NobodyNamed_GoesOnWithoutContact()
    {
        var call = Call("""{"input_mappings":{"raw_body":""}}""").With("[]");
        var output = await call.OutputAsync();

        Assert.Equal(("other", "Somebody wrote."), (output.GetProperty("intent").GetString(), output.GetProperty("summary").GetString()));
        Assert.Contains("Warning: The message and the data that started the run name nobody, so no contact is kept.", call.Log);
    }

    [Fact]
    public async Task Execute_TwiceWithOneKey_KeepsOneContact()
    {
        await Call().With("""{"first_name":"Ana"}""").OutputAsync();
        await Call().With("""{"first_name":"Ana"}""").OutputAsync();

        using var db = practice.CreateDbContext();
        Assert.Single(db.Contacts);
    }

    [Fact]
    public async Task Execute_ModelAnswers_ItsFieldsAreCheckedAndGapsFilledByRules()
    {
        model.Next = FakeModel.Reply("""{"intent":"nonsense","urgency":99,"summary":"Maria has a rash.","phone":"none","preferred_from":"2020-01-01","preferred_part":"evening"}""");
        var call = Call();
        var output = await call.OutputAsync();

        Assert.Equal(("model", "llama", 412, "booking", 10, "Maria has a rash.", "+17135550142", "evening"),
            (output.GetProperty("reader").GetString(), output.GetProperty("model").GetString(), output.GetProperty("tokens").GetInt32(),
                output.GetProperty("intent").GetString(),
            output.GetProperty("urgency").GetInt32(), output.GetProperty("summary").GetString(), output.GetProperty("phone").GetString(),
            output.GetProperty("preferred_part").GetString()));
        Assert.Equal(["Intent booking, urgency 10 of 10, 400 tokens read, 12 written by llama"], call.Log);
        Assert.Equal(("tws-clinical-llama-3", 0.2), (model.Asked!.Model, model.Asked.Temperature));
        Assert.Contains("Today is Tuesday, 2026-11-24 in America/Chicago.", model.Asked.Instruction, StringComparison.Ordinal);
        using var shape = System.Text.Json.JsonDocument.Parse(model.Asked.Shape);
        Assert.Equal(11, shape.RootElement.GetProperty("properties").EnumerateObject().Count());
    }

    [Fact]
    public async Task Execute_ModelFails_FailsAndCanBeTriedAgain()
    {
        model.Next = new ConnectorProblem("model_unreachable", "The AI endpoint failed (503).", true);

        Assert.Equal(new NodeOutcome.Failed("model_unreachable", "The AI endpoint failed (503).", true), await Call().RunAsync());
    }

    [Fact]
    public async Task Execute_LongMessage_IsCutAndSaysSo()
    {
        var call = Call($$$"""{"input_mappings":{"raw_body":"{{{new string('x', 10_001)}}}"}}""");
        var output = await call.OutputAsync();

        Assert.Equal(10_000, output.GetProperty("message").GetString()!.Length);
        Assert.Equal("Warning: The message has 10001 characters; the first 10000 are read.", call.Log[0]);
    }

    [Fact]
    public async Task Execute_MissingInput_NamesTheSetting() => Assert.Equal(
        new NodeOutcome.Failed(
            "wrong_setting", "Message is missing. Fill it in: the step cannot run without it. (Setting: input_mappings.raw_body)"),
        await Call("""{"input_mappings":{}}""").RunAsync());

    [Fact]
    public void Summary_IsTheAgentsName() =>
        Assert.Equal("Sterling AI", new AiIntakeNode(model, practice.Contacts).Summary(System.Text.Json.JsonElement.Parse(Settings)));

    private NodeCall Call(string settings = Settings) => new(practice, new AiIntakeNode(model, practice.Contacts), settings);

    private static string WithoutNulls(System.Text.Json.JsonElement output) => System.Text.Json.JsonSerializer.Serialize(
        output.EnumerateObject().Where(p => p.Value.ValueKind != System.Text.Json.JsonValueKind.Null)
            .ToDictionary(p => p.Name, p => p.Value), NodeJson.Options);
}
