using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class AskChoiceNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly ReceivedMessages received;

    public AskChoiceNodeTests() =>
        received = new ReceivedMessages(practice.Writer, practice.Ids, practice.Clock, practice.Events);

    public void Dispose() => practice.Dispose();

    [Theory]
    [InlineData(1, "chosen", 2)]
    [InlineData(0, "unclear", 1)]
    public async Task Ask_AnAnswerThatIsNotUnderstood_IsAskedForAgain(int again, string port, int messages)
    {
        var call = Call($$"""{"question":"Renew?","choices":["Yes","No"],"ask_again":{{again}},"timeout":"2 days"}""");
        var waiting = await call.WaitAsync();
        var outcome = await HearAsync(call, waiting, "hm");
        if (outcome is NodeOutcome.Waiting second)
        {
            Assert.Equal(waiting.Until, second.Until);
            call.State = second.State;
            outcome = await HearAsync(call, second, "yes please");
        }

        Assert.Equal(port, Assert.IsType<NodeOutcome.Completed>(outcome).Port);
        var sent = (await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items;
        Assert.Equal(messages, sent.Count);
        Assert.Equal("Renew?\n1. Yes\n2. No", sent[^1].Body);
    }

    // "hm", "let me see" in a row: the second is none to the question that was asked after the first
    [Fact]
    public async Task Ask_MessagesBeforeTheLastQuestion_AreNoAnswerToIt()
    {
        var call = Call("""{"question":"Renew?","choices":["Yes","No"]}""");
        var waiting = await call.WaitAsync();
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddMinutes(1));
        await received.ReceiveAsync(practice.Tenant, new IncomingMessage(MessageChannel.Sms, "+17135550142", null, "hm"), null, default);
        call.State = Assert.IsType<NodeOutcome.Waiting>(await HearAsync(call, waiting, "let me see")).State;

        Assert.Equal("chosen", Assert.IsType<NodeOutcome.Completed>(await HearAsync(call, waiting, "2")).Port);
    }

    [Fact]
    public async Task Ask_CalledAgainAfterACrash_AsksOnce()
    {
        await Call("""{"question":"Renew?","choices":["Yes","No"]}""").WaitAsync();
        await Call("""{"question":"Renew?","choices":["Yes","No"]}""").WaitAsync();

        Assert.Equal(1, (await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Total);
    }

    [Fact]
    public async Task Ask_WithoutAnAnswerInTime_GoesThroughTimeout()
    {
        var call = Call("""{"question":"Renew?","choices":["Yes","No"],"timeout":"2 days"}""");
        var waiting = await call.WaitAsync();

        Assert.Equal("timeout", Assert.IsType<NodeOutcome.Completed>(await call.WakeAt(waiting.Until!.Value).RunAsync()).Port);
    }

    [Theory]
    [InlineData("""{"question":"Renew?","choices":["Yes"]}""", "wrong_setting")]
    [InlineData("""{"question":"Renew?","choices":["Yes","No"],"timeout":"soon"}""", "wrong_setting")]
    public async Task Ask_WhatCannotBe_Fails(string settings, string code) =>
        Assert.Equal(code, Assert.IsType<NodeOutcome.Failed>(await Call(settings).RunAsync()).Code);

    [Fact]
    public async Task Ask_WhoCannotBeReached_Fails() => Assert.Equal("no_channel", Assert.IsType<NodeOutcome.Failed>(
        await Call("""{"question":"Renew?","choices":["Yes","No"],"channel":"sms"}""").With("""{"email":"jo@example.test"}""").RunAsync())
        .Code);

    private NodeCall Call(string settings) => new(practice, new AskChoiceNode(practice.Messenger, received, practice.Contacts), settings);

    private async Task<NodeOutcome> HearAsync(NodeCall call, NodeOutcome.Waiting waiting, string body)
    {
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddMinutes(1));
        Assert.Null((await received.ReceiveAsync(
            practice.Tenant, new IncomingMessage(MessageChannel.Sms, "+17135550142", null, body), null, default)).Problem);
        call.Wake = new NodeWake(NodeWakeKind.Signal, waiting.Signal, default);
        return await call.RunAsync();
    }
}
