using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class SendNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly NotificationStore notifications;

    public SendNodeTests() => notifications = new NotificationStore(practice.Writer, practice, practice.Ids, practice.Clock);

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Email_ToAnAddress_IsSentOnce()
    {
        var call = Email("""{"to":"a@example.test, B <b@example.test>","subject":"News","body":"Hello","cc":"c@example.test"}""");
        var output = await call.OutputAsync();
        var again = await call.OutputAsync();

        Assert.Equal(output.GetRawText(), again.GetRawText());
        var item = await OnlyAsync();
        Assert.Equal((MessageChannel.Email, "a@example.test, B <b@example.test>", "News", "Hello"),
            (item.Channel, item.To, item.Subject, item.Body));
        Assert.Equal((true, true, "email"), (output.GetProperty("sent").GetBoolean(), output.GetProperty("captured").GetBoolean(),
            output.GetProperty("channel").GetString()));
    }

    [Fact]
    public async Task Email_WithoutAnAddress_GoesToTheContactOfTheRun()
    {
        await Email("""{"subject":"News","body":"Hello"}""").OutputAsync();

        Assert.Equal("maria.lopez@example.test", (await OnlyAsync()).To);
    }

    [Theory]
    [InlineData("""{"to":"a@example.test","subject":"Weekly"}""", "Nothing is due.")]
    [InlineData("""{"to":"a@example.test","subject":"Weekly","body":"My own"}""", "My own")]
    public async Task Email_WithoutAText_BringsTheSummary(string settings, string expected)
    {
        await Email(settings).After("""{"summary":"Nothing is due."}""").OutputAsync();

        Assert.Equal(expected, (await OnlyAsync()).Body);
    }

    [Fact]
    public async Task Email_WithNeither_SaysItsSubject()
    {
        await Email("""{"to":"a@example.test","subject":"The sweep is done"}""").OutputAsync();

        Assert.Equal("The sweep is done", (await OnlyAsync()).Body);
    }

    [Fact]
    public async Task Email_ToNobodyKnown_Fails()
    {
        var noMail = Assert.IsType<NodeOutcome.Failed>(
            await Email("""{"subject":"News"}""").With("""{"first_name":"Jo","phone":"+17135550199"}""").RunAsync());
        var wrong = Assert.IsType<NodeOutcome.Failed>(await Email("""{"to":"maria at home","subject":"News"}""").RunAsync());

        Assert.Equal(("no_email", "mail_address"), (noMail.Code, wrong.Code));
        Assert.Contains("Jo", noMail.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Total);
    }

    [Theory]
    [InlineData("""{"to":"maria","subject":"x"}""", "to")]
    [InlineData("""{"to":"a@b.test","subject":"x","reply_to":"nobody"}""", "reply_to")]
    public void Email_AddressThatIsNone_IsToldAtSave(string settings, string place) => Assert.Equal(
        place, Assert.Single(new SendEmailNode(practice.Messenger, practice.Contacts).Check(System.Text.Json.JsonElement.Parse(settings))).Path);

    [Theory]
    [InlineData("auto", Phone, MessageChannel.Sms, "+17135550142")]
    [InlineData("email", Phone, MessageChannel.Email, "maria.lopez@example.test")]
    [InlineData("auto", """{"first_name":"Jo","email":"jo@example.test"}""", MessageChannel.Email, "jo@example.test")]
    public async Task Message_FindsItsWay(string channel, string payload, MessageChannel expected, string to)
    {
        await Message($$"""{"channel":"{{channel}}","message":"Hi there, may I ask a few questions?"}""").With(payload).OutputAsync();
        var item = await OnlyAsync();

        Assert.Equal((expected, to, "Hi there, may I ask a few questions?"), (item.Channel, item.To, item.Body));
    }

    [Theory]
    [InlineData("sms", """{"first_name":"Jo","email":"jo@example.test"}""", "No phone number of Jo is known")]
    [InlineData("email", """{"first_name":"Jo","phone":"+17135550199"}""", "No e-mail address of Jo is known")]
    public async Task Message_WithNoWay_Fails(string channel, string payload, string expected)
    {
        var failed = Assert.IsType<NodeOutcome.Failed>(
            await Message($$"""{"channel":"{{channel}}","message":"Hi"}""").With(payload).RunAsync());

        Assert.Equal("no_channel", failed.Code);
        Assert.Contains(expected, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_WithoutAText_FailsAndIsWarnedOf()
    {
        var failed = Assert.IsType<NodeOutcome.Failed>(await Message("""{"template":"farewell"}""").RunAsync());
        var warned = Assert.Single(new SendMessageNode(practice.Messenger, practice.Contacts)
            .Check(System.Text.Json.JsonElement.Parse("""{"template":"farewell"}""")));

        Assert.Equal("message_empty", failed.Code);
        Assert.Equal((failed.Message, WorkflowStudio.Engine.Model.ProblemSeverity.Warning), (warned.Message, warned.Severity));
    }

    [Fact]
    public async Task Notification_IsMadeOnceAndBringsTheSummary()
    {
        var call = Call(new CreateNotificationNode(notifications), """{"title":"","level":"warning"}""")
            .After("""{"summary":"3 invoices are overdue."}""");
        await call.OutputAsync();
        await call.OutputAsync();

        var told = Assert.Single((await notifications.ListAsync(practice.Tenant, unread: true, null, 9, default)).Items);
        Assert.Equal(("Intake", "3 invoices are overdue.", NotificationLevel.Warning), (told.Title, told.Text, told.Level));
        Assert.True(await notifications.MarkReadAsync(practice.Tenant, told.Id, default));
        Assert.Empty((await notifications.ListAsync(practice.Tenant, unread: true, null, 9, default)).Items);
    }

    [Theory]
    [InlineData("", 0, false)]
    [InlineData("desk@example.test", 1, true)]
    [InlineData("+1 713 555 0123", 1, true)]
    [InlineData("Front desk", 0, false)]
    public async Task Agent_IsToldInTheStudioAndWhereTheyAreReached(string to, int messages, bool sent)
    {
        var output = await Call(
            new NotifyAgentNode(notifications, practice.Messenger, practice.Contacts), $$"""{"message":"Wants a showing.","to":"{{to}}"}""")
            .OutputAsync();

        var told = Assert.Single((await notifications.ListAsync(practice.Tenant, unread: false, null, 9, default)).Items);
        Assert.Equal(("Maria Lopez needs you", "Wants a showing.\n\nMaria Lopez (+17135550142, maria.lopez@example.test)"),
            (told.Title, told.Text));
        Assert.Equal((messages, sent), ((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Total,
            output.GetProperty("sent").GetBoolean()));
    }

    private const string Phone = NodeCall.Payload;

    private NodeCall Email(string settings) => Call(new SendEmailNode(practice.Messenger, practice.Contacts), settings);

    private NodeCall Message(string settings) => Call(new SendMessageNode(practice.Messenger, practice.Contacts), settings);

    private NodeCall Call(NodeType node, string settings) => new(practice, node, settings);

    private async Task<OutboxItem> OnlyAsync() =>
        Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
}
