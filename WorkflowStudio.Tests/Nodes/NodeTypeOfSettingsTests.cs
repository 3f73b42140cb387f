using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes;

public sealed class NodeTypeOfSettingsTests
{
    private readonly ReminderNode node = new();

    [Fact]
    public void Settings_OfARecord_BecomeFieldsInTheirOrder()
    {
        Assert.Equal(
            ["sender Text required 3..11", "delay_hours Integer =2 0..720 hours", "deposit Number =12.5 0..",
                "charge_at_once Boolean =false more", "channel Text =\"plain_email\" [sms:SMS plain_email:Plain email]",
                "currency Text =\"usd\" [usd:US dollar eur:Eur]", "days List<Integer> =[3,7] 1..4", "messages Object {sms,e_mail} Message",
                "mappings Map<Any>", "other_messages List<Object> {sms,e_mail}", "not_before DateTime", "extra Any"],
            node.Settings.Fields.Select(Shown));
        Assert.Equal(("Sender", "Shown to the client.", "Other messages"),
            (node.Settings.Fields[0].Title, node.Settings.Fields[0].Description, node.Settings.Field("other_messages")!.Title));
        Assert.Equal(["sent_to Text", "count Integer"], node.Output.Fields.Select(Shown));
    }

    [Fact]
    public async Task Execute_SettingsThatFit_AreBoundWithDefaults()
    {
        var outcome = await Execute(
            """{"sender":"PRACTICE","messages":{"e_mail":"Hi","sms":null},"mappings":{"a":null},"delay_hours":null,"unknown":{"x":1}}""");

        Assert.Equal("""{"sent_to":"PRACTICE","count":2}""", Assert.IsType<NodeOutcome.Completed>(outcome).Output.GetRawText());
        var got = node.Got!;
        Assert.Equal((2, 12.5m, ReminderChannel.PlainEmail, "Hi", null),
            (got.DelayHours, got.Deposit, got.Channel, got.Messages!.Email, got.Messages.Sms));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, got.Mappings!["a"].ValueKind);
    }

    [Fact]
    public async Task Execute_ValuesOfAnotherSpelling_AreReadKindly()
    {
        Assert.IsType<NodeOutcome.Completed>(
            await Execute("""{"sender":12345,"delay_hours":"5","deposit":"1.5","charge_at_once":"true","days":["1"],"channel":"sms"}"""));

        var got = node.Got!;
        Assert.Equal(("12345", 5, 1.5m, true, 1, ReminderChannel.Sms),
            (got.Sender, got.DelayHours, got.Deposit, got.ChargeAtOnce, got.Days[0], got.Channel));
    }

    [Theory]
    [InlineData("""{}""", "Sender is missing. Fill it in: the step cannot run without it. (Setting: sender)")]
    [InlineData("""{"sender":null}""", "Sender is missing. Fill it in: the step cannot run without it. (Setting: sender)")]
    [InlineData("""{"sender":"ab"}""", "Sender must have at least 3 characters, but has 2. (Setting: sender)")]
    [InlineData("""{"sender":"abc","delay_hours":721}""", "Delay must be at most 720 hours, but 721 was found. (Setting: delay_hours)")]
    [InlineData("""{"sender":"abc","delay_hours":1.5}""", "Delay must be a whole number, but 1.5 was found. (Setting: delay_hours)")]
    [InlineData("""{"sender":"abc","delay_hours":9e300}""", "Delay must be a whole number, but 9e300 was found. (Setting: delay_hours)")]
    [InlineData("""{"sender":"abc","channel":"fax"}""",
        "Channel must be one of sms, plain_email, but the text \"fax\" was found. (Setting: channel)")]
    [InlineData("""{"sender":"abc","days":[1,null]}""", "Days must be a whole number, but null was found. (Setting: days[1])")]
    [InlineData("""{"sender":"abc","days":[]}""", "Days must have at least 1 entry, but has 0. (Setting: days)")]
    [InlineData("""{"sender":"abc","messages":{"sms":["x"]}}""", "Sms must be text, but a list was found. (Setting: messages.sms)")]
    [InlineData("""{"sender":"abc","other_messages":[{"sms":{}}]}""",
        "Sms must be text, but an object was found. (Setting: other_messages[0].sms)")]
    [InlineData("""{"sender":"abc","not_before":"tomorrow"}""",
        "Not before must be a date and time such as 2026-06-10T15:24:00Z, but the text \"tomorrow\" was found. (Setting: not_before)")]
    [InlineData("""{"sender":"abc","deposit":"0,5"}""", "Deposit must be a number, but the text \"0,5\" was found. (Setting: deposit)")]
    public async Task Execute_SettingThatDoesNotFit_FailsNamingIt(string settings, string message) =>
        Assert.Equal(new NodeOutcome.Failed("wrong_setting", message), await Execute(settings));

    private ValueTask<NodeOutcome> Execute(string settings) => node.ExecuteAsync(NodeInputs.With(settings), CancellationToken.None);

    private static string Shown(SchemaField f) => string.Join(' ', new[]
    {
        f.Name,
        f.Items is { } items ? $"{f.Kind}<{items}>" : f.Kind.ToString(),
        f.Default.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : "=" + f.Default.GetRawText(),
        f.Required ? "required" : null,
        f.Min is null && f.Max is null ? null : $"{f.Min}..{f.Max}",
        f.Unit,
        f.Choices.Count == 0 ? null : $"[{string.Join(' ', f.Choices.Select(c => $"{c.Value}:{c.Title}"))}]",
        f.Fields is null ? null : $"{{{string.Join(',', f.Fields.Fields.Select(x => x.Name))}}}",
        f.Editor == FieldEditor.Auto ? null : f.Editor.ToString(),
        f.Advanced ? "more" : null,
    }.Where(p => p is not null));
}
