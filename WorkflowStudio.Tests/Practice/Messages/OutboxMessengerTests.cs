using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Messages;

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
        var answer = await practice.Messenger.SendAsync(
            practice.Tenant, Sms, new EffectSource("k", practice.Ids.New(), practice.Ids.New(), "node_1"), default);

        var item = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Items);
        Assert.Equal((answer.Value!.Id, MessageStatus.Captured, true, "Hey Maria", "node_1"),
            (item.Id, item.Status, item.Captured, item.Body, item.NodeId));
        Assert.Single(await practice.Outbox.OfRunAsync(practice.Tenant, item.RunId!.Value, default));
    }

    [Fact]
    public async Task Send_LiveWithoutGateway_IsRefusedWithRemedy()
    {
        var practice = await PracticeAsync(captureUntilConnected: false);
        var sms = await practice.Messenger.SendAsync(practice.Tenant, Sms, PracticeFixture.Key("a"), default);
        var email = await practice.Messenger.SendAsync(practice.Tenant, Email, PracticeFixture.Key("b"), default);

        Assert.Equal(
            new ConnectorProblem("no_sms_gateway", "Connect an SMS gateway under Connections, or switch this workflow to the sandbox."),
            sms.Problem);
        Assert.Equal(
            new ConnectorProblem("no_mail_server", "Connect a mail server under Connections, or switch this workflow to the sandbox."),
            email.Problem);
        Assert.Empty((await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Items);
    }

    [Fact]
    public async Task Send_SameEffectKey_SendsOnce()
    {
        var practice = await PracticeAsync();
        var first = await practice.Messenger.SendAsync(practice.Tenant, Sms, PracticeFixture.Key("a"), default);
        var again = await practice.Messenger.SendAsync(practice.Tenant, Sms with { Body = "Other" }, PracticeFixture.Key("a"), default);

        Assert.Equal((first.Value!.Id, "Hey Maria"), (again.Value!.Id, again.Value.Body));
        Assert.Equal(1, (await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Total);
    }

    [Fact]
    public async Task Send_BadMessages_SayWhatIsWrong()
    {
        var practice = await PracticeAsync();

        Assert.Equal(
            new ConnectorProblem("recipient_missing", "The e-mail has no recipient."), await ProblemAsync(Email with { To = " " }));
        Assert.Equal(new ConnectorProblem("message_empty", "The SMS to +17135550142 is empty. Write its message in the step's settings."),
            await ProblemAsync(Sms with { Body = "\n" }));
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
            practice.Clock.Advance(TimeSpan.FromMinutes(1));
            await practice.Messenger.SendAsync(practice.Tenant, i % 2 == 0 ? Sms with { Body = $"{i}" } : Email with { Body = $"{i}" },
                PracticeFixture.Key($"{i}"), default);
        }

        Assert.Equal(["4", "3", "2", "1", "0"], await WalkAsync(practice, null));
        Assert.Equal(["4", "2", "0"], await WalkAsync(practice, MessageChannel.Sms));
        Assert.Equal(["3", "1"], await WalkAsync(practice, MessageChannel.Email));
        // of a message that is gone: the newest
        var page = await practice.Outbox.ListAsync(practice.Tenant, null, Guid.Empty, 1000, default);
        Assert.Equal((5, 5, false, null), (page.Items.Count, page.Total, page.AndMore, page.Next));
    }

    [Fact]
    public async Task Outbox_MessagesOfOneMoment_AreOnOnePageEach()
    {
        var practice = await PracticeAsync();
        for (var i = 0; i < 5; i++)
            await practice.Messenger.SendAsync(practice.Tenant, Sms with { Body = $"{i}" }, PracticeFixture.Key($"{i}"), default);
        Assert.Equal(["0", "1", "2", "3", "4"], (await WalkAsync(practice, null)).Order());
    }

    [Fact]
    public async Task Outbox_MoreThanAreCounted_SaysSo()
    {
        var practice = await PracticeAsync();
        await practice.Writer.WriteAsync(w =>
        {
            w.Db.Outbox.AddRange(Enumerable.Range(0, PracticePages.MostCounted + 1).Select(_ => new OutboxRow
            {
                Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment,
                CreatedAt = practice.Clock.GetUtcNow(), To = "x", Body = "x",
            }));
            return 0;
        });
        var page = await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default);
        Assert.Equal((50, PracticePages.MostCounted, true), (page.Items.Count, page.Total, page.AndMore));
    }

    // the bodies on all pages of two
    private static async Task<List<string>> WalkAsync(PracticeFixture practice, MessageChannel? channel)
    {
        var seen = new List<string>();
        Guid? before = null;
        do
        {
            var page = await practice.Outbox.ListAsync(practice.Tenant, channel, before, 2, default);
            seen.AddRange(page.Items.Select(i => i.Body));
            before = page.Next;
        }
        while (before is not null);
        return seen;
    }
}
