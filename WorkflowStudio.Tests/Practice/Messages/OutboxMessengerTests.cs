using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
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

    [Fact]
    public async Task Send_Connected_GoesOutOnceAndIsKept()
    {
        var practice = await PracticeAsync();
        var gateway = new ScriptedGateway("250 taken");
        var messenger = Connected(practice, gateway);
        var first = await messenger.SendAsync(practice.Tenant, Email with { Cc = "desk@example.test" }, PracticeFixture.Key("a"), default);
        var again = await messenger.SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default);

        Assert.Equal((MessageStatus.Sent, first.Value!.Id), (first.Value.Status, again.Value!.Id));
        var mail = Assert.Single(gateway.Mails);
        Assert.Equal((first.Value.Id, "Hello", "maria.lopez@example.test", "desk@example.test"),
            (mail.Id, mail.Subject, Assert.Single(mail.To), Assert.Single(mail.Cc)));
        var item = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Items);
        Assert.Equal((MessageStatus.Sent, false), (item.Status, item.Captured));
    }

    [Fact]
    public async Task Send_ConnectedInTheSandbox_IsCaptured()
    {
        var practice = await PracticeAsync(StudioEnvironment.Test);
        var gateway = new ScriptedGateway("250 taken");
        var answer = await Connected(practice, gateway).SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default);

        Assert.Equal(MessageStatus.Captured, answer.Value!.Status);
        Assert.Empty(gateway.Mails);
    }

    [Fact]
    public async Task Send_Refused_IsKeptAsFailedAndTriedAgain()
    {
        var practice = await PracticeAsync();
        var gateway = new ScriptedGateway(new ConnectorProblem("mail_refused", "come back", true), "250 taken");
        var messenger = Connected(practice, gateway);
        var first = await messenger.SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default);
        var failed = Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Items);
        var again = await messenger.SendAsync(practice.Tenant, Email with { Body = "Otherwise" }, PracticeFixture.Key("a"), default);
        Assert.Equal("Otherwise", again.Value!.Body);
        Assert.Equal("Otherwise", Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Items).Body);

        Assert.Equal(("mail_refused", MessageStatus.Failed), (first.Problem!.Code, failed.Status));
        Assert.Equal((failed.Id, MessageStatus.Sent, 2), (again.Value!.Id, again.Value.Status, gateway.Mails.Count));
    }

    [Fact]
    public async Task Send_OfWhichNobodyKnows_IsNotSentAgain()
    {
        var practice = await PracticeAsync();
        var gateway = new ScriptedGateway(new ConnectorProblem(ConnectorProblem.OutcomeUnknown, "broke"), "250 taken");
        var messenger = Connected(practice, gateway);
        await messenger.SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default);
        var again = await messenger.SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default);

        Assert.Equal((ConnectorProblem.OutcomeUnknown, false, 1), (again.Problem!.Code, again.Problem.Retryable, gateway.Mails.Count));
        Assert.Equal(MessageStatus.Unknown,
            Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Items).Status);
    }

    // the server is killed while the mail server has the mail: what it would have answered is not known to the next one
    [Fact]
    public async Task Send_UnderWayAtACrash_IsNotSentAgain()
    {
        var practice = await PracticeAsync();
        var hanging = new ScriptedGateway { Hangs = true };
        _ = Connected(practice, hanging).SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default);
        await hanging.Given;
        var gateway = new ScriptedGateway("250 taken");
        var again = await Connected(practice, gateway).SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default);

        Assert.Equal((ConnectorProblem.OutcomeUnknown, 0), (again.Problem!.Code, gateway.Mails.Count));
        Assert.Contains("maria.lopez@example.test was under way when the server stopped", again.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_FaultOfTheConnector_LeavesNothingUnderWay()
    {
        var practice = await PracticeAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Connected(practice, new ScriptedGateway(answers: [null]))
                .SendAsync(practice.Tenant, Email, PracticeFixture.Key("a"), default));

        Assert.Equal(MessageStatus.Unknown,
            Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 50, default)).Items).Status);
    }

    [Theory]
    [InlineData(" , ;", "", "recipient_missing")]
    [InlineData("a@example.test", "b@example.test, c@example.test", "mail_address")]
    public async Task Send_ToNobodyOrAnsweredByTwo_IsRefused(string to, string replyTo, string code)
    {
        var practice = await PracticeAsync();
        var answer = await practice.Messenger.SendAsync(
            practice.Tenant, Email with { To = to, ReplyTo = replyTo }, PracticeFixture.Key("a"), default);

        Assert.Equal(code, answer.Problem!.Code);
    }

    private static OutboxMessenger Connected(PracticeFixture practice, ScriptedGateway gateway) =>
        new(practice.Writer, practice.Ids, practice.Clock, gateway);

    /// <summary>A mail server that answers what it is told, once each; null breaks down.</summary>
    private sealed class ScriptedGateway(params Answer<string>?[] answers) : IMailServer
    {
        private readonly TaskCompletionSource given = new();

        public List<MailToSend> Mails { get; } = [];

        public bool Hangs { get; init; }

        public Task Given => given.Task;

        public Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<Answer<string>> SendAsync(Tenant tenant, MailToSend mail, CancellationToken cancellationToken)
        {
            Mails.Add(mail);
            given.TrySetResult();
            if (Hangs) return new TaskCompletionSource<Answer<string>>().Task;
            return Task.FromResult(answers[Mails.Count - 1] ?? throw new InvalidOperationException("killed"));
        }
    }
}
