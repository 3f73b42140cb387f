using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Practice.Messages;

/// <summary>
/// A message of which nobody knows whether it went out: its run waits until somebody says, and nothing is sent twice by itself.
/// </summary>
public sealed class MessageDecisionsTests : IDisposable
{
    private const string Mail = """{"to":"a@example.test","subject":"News","body":"Hello"}""";
    private const string Decided = "message.decided:run/step";

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Unknown_LetsTheRunWait_AndSendsNothingAgain()
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff, "taken");
        var call = Step(mail, Mail);
        for (var i = 0; i < 3; i++)
        {
            var waits = Assert.IsType<NodeOutcome.Waiting>(await call.RunAsync());
            Assert.Equal((Decided, "somebody to say in the outbox whether the message went out"), (waits.Signal, waits.Caption));
            call.Wake = new NodeWake(NodeWakeKind.Time, null, default);
        }

        Assert.Single(mail.Mails);
        Assert.Single(call.Log);
        Assert.Equal(MessageStatus.Unknown, (await OnlyAsync()).Status);
    }

    [Fact]
    public async Task Arrived_LetsTheRunGoOn_WithoutSendingAgain()
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff);
        var call = Step(mail, Mail);
        await call.RunAsync();
        var id = (await OnlyAsync()).Id;
        Assert.Equal(MessageStatus.Sent, (await Decisions(mail).SettleAsync(practice.Tenant, id, true, "Dana", default)).Value);
        Assert.Equal(Decided, Assert.Single(practice.Writer.Signals).Name);
        Assert.IsType<NodeOutcome.Completed>(await call.RunAsync());
        Assert.Single(mail.Mails);
        Assert.Equal("Dana has found out that it went out.", (await OnlyAsync()).Said);

        Assert.Equal("message_decided", (await Decisions(mail).SettleAsync(practice.Tenant, id, false, "Bo", default)).Problem!.Code);
        Assert.Equal("message_decided", (await Decisions(mail).ResendAsync(practice.Tenant, id, default)).Problem!.Code);
    }

    [Fact]
    public async Task GivenUp_FailsTheStep_ThatSaysWhoDecided()
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff);
        var call = Step(mail, Mail);
        await call.RunAsync();
        await Decisions(mail).SettleAsync(practice.Tenant, (await OnlyAsync()).Id, false, "Dana", default);
        var failed = Assert.IsType<NodeOutcome.Failed>(await call.RunAsync());
        Assert.Equal(("given_up", "Dana has decided that it is not sent."), (failed.Code, failed.Message));
        Assert.Single(mail.Mails);
    }

    [Fact]
    public async Task SentAgain_IsTheSameMessage_AndLetsTheRunGoOn()
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff, ScriptedMail.BrokeOff, new ConnectorProblem("mail_refused", "No."), "taken");
        var call = Step(mail, Mail);
        await call.RunAsync();
        var id = (await OnlyAsync()).Id;
        Assert.Equal(ConnectorProblem.OutcomeUnknown, (await Decisions(mail).ResendAsync(practice.Tenant, id, default)).Problem!.Code);
        Assert.Equal("mail_refused", (await Decisions(mail).ResendAsync(practice.Tenant, id, default)).Problem!.Code);
        Assert.Empty(practice.Writer.Signals);
        Assert.Null((await Decisions(mail).ResendAsync(practice.Tenant, id, default)).Problem);
        Assert.Equal(Decided, Assert.Single(practice.Writer.Signals).Name);
        Assert.IsType<NodeOutcome.Completed>(await call.RunAsync());
        // known again by who has it already
        Assert.Equal(4, mail.Mails.Count);
        Assert.Single(mail.Mails.Select(m => (m.Id, m.Text)).Distinct());
    }

    [Fact]
    public async Task SentAgain_ByTwoAtOnce_IsSentOnce()
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff, "taken");
        await Step(mail, Mail).RunAsync();
        var id = (await OnlyAsync()).Id;
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => Decisions(mail).ResendAsync(practice.Tenant, id, default))));
        Assert.Single(both, a => a.Problem is null);
        Assert.Equal(2, mail.Mails.Count);
    }

    [Theory]
    [InlineData("""{"to":"a@example.test","subject":"News","on_unknown":"give_up"}""", false)]
    [InlineData("""{"to":"a@example.test","subject":"News","on_unknown":"repeat"}""", true)]
    public async Task Step_CanBeToldOtherwise(string settings, bool repeats)
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff, "taken");
        var call = Step(mail, settings);
        var failed = Assert.IsType<NodeOutcome.Failed>(await call.RunAsync());
        Assert.Equal(("outcome_unknown", repeats), (failed.Code, failed.Retryable));
        var next = await call.RunAsync();
        Assert.Equal(repeats, next is NodeOutcome.Completed);
        Assert.Equal(repeats ? 2 : 1, mail.Mails.Count);
    }

    [Fact]
    public async Task Captured_IsNeverSent_AndWithoutAServerNothingIs()
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff) { IsConnected = false };
        await Step(mail, Mail).RunAsync();
        Assert.Equal("message_captured",
            (await Decisions(mail).ResendAsync(practice.Tenant, (await OnlyAsync()).Id, default)).Problem!.Code);
        Assert.Equal("message_unknown", (await Decisions(mail).ResendAsync(practice.Tenant, NewIds.Next(), default)).Problem!.Code);
        var other = new Tenant(practice.Ids.New(), StudioEnvironment.Live);
        Assert.Equal("message_unknown",
            (await Decisions(mail).SettleAsync(other, (await OnlyAsync()).Id, true, "Eve", default)).Problem!.Code);
    }

    [Fact]
    public async Task SentAgain_WithoutAServer_StaysAsItIs()
    {
        var mail = new ScriptedMail(ScriptedMail.BrokeOff);
        await Step(mail, Mail).RunAsync();
        mail.IsConnected = false;
        Assert.Equal("no_mail_server", (await Decisions(mail).ResendAsync(practice.Tenant, (await OnlyAsync()).Id, default)).Problem!.Code);
        Assert.Equal(MessageStatus.Unknown, (await OnlyAsync()).Status);
    }

    private NodeCall Step(ScriptedMail mail, string settings) =>
        new(practice, new SendEmailNode(Messenger(mail), practice.Contacts), settings);

    private MessageDecisions Decisions(ScriptedMail mail) => new(practice.Writer, Messenger(mail));

    private OutboxMessenger Messenger(ScriptedMail mail) => new(practice.Writer, practice.Ids, practice.Clock, mail);

    private async Task<OutboxRow> OnlyAsync()
    {
        await using var db = practice.CreateDbContext();
        return Assert.Single(await db.Outbox.AsNoTracking().ToListAsync());
    }
}
