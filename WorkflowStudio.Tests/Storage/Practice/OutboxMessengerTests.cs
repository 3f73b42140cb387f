using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Messages;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Storage.Practice;

public abstract class OutboxMessengerTests(TestStore store) : PracticeSuite(store)
{
    private static readonly OutgoingMessage Sms = new(MessageChannel.Sms, "+17135550142", "TXWEBSERV", null, "Hey Maria");
    private static readonly OutgoingMessage Email = new(MessageChannel.Email, "maria.lopez@example.test", "", "Hello", "Dear Maria");

    [Theory]
    [InlineData(StudioEnvironment.Live, true)]
    [InlineData(StudioEnvironment.Test, false)]
    public async Task Send_SandboxOrCaptureUntilConnected_Captures(StudioEnvironment environment, bool capture)
    {
        var practice = await PracticeAsync(environment, capture);
        var answer = await practice.Messenger.SendAsync(practice.Tenant, Sms, new EffectSource("k", practice.Ids.New(), practice.Ids.New(), "node_1"), default);

        var item = Assert.Single((await practice.Queries.OutboxAsync(practice.Tenant, null, 1, 50, default)).Items);
        Assert.Equal((answer.Value!.Id, MessageStatus.Captured, true, "Hey Maria", "node_1"), (item.Id, item.Status, item.Captured, item.Body, item.NodeId));
        Assert.Single(await practice.Queries.OutboxOfRunAsync(practice.Tenant, item.RunId!.Value, default));
    }

    [Fact]
    public async Task Send_LiveWithoutGateway_IsRefusedWithRemedy()
    {
        var practice = await PracticeAsync(captureUntilConnected: false);
        var sms = await practice.Messenger.SendAsync(practice.Tenant, Sms, PracticeFixture.Key("a"), default);
        var email = await practice.Messenger.SendAsync(practice.Tenant, Email, PracticeFixture.Key("b"), default);

        Assert.Equal(new ConnectorProblem("no_sms_gateway", "Connect an SMS gateway under Connections, or switch this workflow to the sandbox."), sms.Problem);
        Assert.Equal(new ConnectorProblem("no_mail_server", "Connect a mail server under Connections, or switch this workflow to the sandbox."), email.Problem);
        Assert.Empty((await practice.Queries.OutboxAsync(practice.Tenant, null, 1, 50, default)).Items);
    }

    [Fact]
    public async Task Send_SameEffectKey_SendsOnce()
    {
        var practice = await PracticeAsync();
        var first = await practice.Messenger.SendAsync(practice.Tenant, Sms, PracticeFixture.Key("a"), default);
        var again = await practice.Messenger.SendAsync(practice.Tenant, Sms with { Body = "Other" }, PracticeFixture.Key("a"), default);

        Assert.Equal((first.Value!.Id, "Hey Maria"), (again.Value!.Id, again.Value.Body));
        Assert.Equal(1, (await practice.Queries.OutboxAsync(practice.Tenant, null, 1, 50, default)).Total);
    }

    [Fact]
    public async Task Send_BadMessages_SayWhatIsWrong()
    {
        var practice = await PracticeAsync();

        Assert.Equal(new ConnectorProblem("recipient_missing", "The e-mail has no recipient."), await ProblemAsync(Email with { To = " " }));
        Assert.Equal(new ConnectorProblem("message_empty", "The SMS to +17135550142 is empty. Write its message in the step's settings."), await ProblemAsync(Sms with { Body = "\n" }));
        Assert.Equal(new ConnectorProblem("message_too_long",
            "The SMS to +17135550142 has 1531 characters, at most 1530 are possible. Shorten the message in the step's settings."),
            await ProblemAsync(Sms with { Body = new string('x', 1531) }));

        async Task<ConnectorProblem?> ProblemAsync(OutgoingMessage message) =>
            (await practice.Messenger.SendAsync(practice.Tenant, message, PracticeFixture.Key("a"), default)).Problem;
    }

    [Fact]
    public async Task Outbox_IsPagedNewestFirstAndFilteredByChannel()
    {
        var practice = await PracticeAsync();
        for (var i = 0; i < 5; i++)
        {
            practice.Clock.Now = practice.Clock.Now.AddMinutes(1);
            await practice.Messenger.SendAsync(practice.Tenant, i % 2 == 0 ? Sms with { Body = $"{i}" } : Email with { Body = $"{i}" }, PracticeFixture.Key($"{i}"), default);
        }

        var page = await practice.Queries.OutboxAsync(practice.Tenant, null, 2, 2, default);
        Assert.Equal((5, 2, 2), (page.Total, page.Number, page.Size));
        Assert.Equal(["2", "1"], page.Items.Select(i => i.Body));
        Assert.Equal(["3", "1"], (await practice.Queries.OutboxAsync(practice.Tenant, MessageChannel.Email, 0, 1000, default)).Items.Select(i => i.Body));
        Assert.Empty((await practice.Queries.OutboxAsync(practice.Tenant, null, 9, 2, default)).Items);
    }
}
