using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class WaitForReplyNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly ReceivedMessages received;

    public WaitForReplyNodeTests() =>
        received = new ReceivedMessages(practice.Writer, practice, practice.Ids, practice.Clock, practice.Events);

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Wait_IsEndedByAReply()
    {
        var call = Call("""{"timeout":"24 hours"}""");
        var waiting = await call.WaitAsync();
        Assert.Equal((practice.Clock.GetUtcNow().AddHours(24), "an answer of Maria Lopez"), (waiting.Until, waiting.Caption));

        var message = await ReceiveAsync("Yes, gladly");
        call.Wake = new NodeWake(NodeWakeKind.Signal, waiting.Signal, JsonSerializer.SerializeToElement(message, NodeJson.Options));
        var done = Assert.IsType<NodeOutcome.Completed>(await call.RunAsync());

        Assert.Equal(("replied", true, "Yes, gladly", "sms"), (done.Port, done.Output.GetProperty("replied").GetBoolean(),
            done.Output.GetProperty("reply").GetString(), done.Output.GetProperty("channel").GetString()));
    }

    [Fact]
    public async Task Wait_OfAReplyThatCameSinceTheLastMessage_IsNone()
    {
        var sent = practice.Clock.GetUtcNow();
        await ReceiveAsync("At once!");

        Assert.Equal("At once!", (await Call("{}").After($$"""{"sent_at":"{{sent:O}}"}""").OutputAsync()).GetProperty("reply").GetString());
    }

    [Fact]
    public async Task Wait_AfterAReplyThatWasTaken_WaitsForTheNext()
    {
        var sent = practice.Clock.GetUtcNow();
        var message = await ReceiveAsync("First");
        var call = Call("{}").After($$"""{"sent_at":"{{sent:O}}"}""").After($$"""{"received_at":"{{message.At:O}}"}""");

        Assert.Null((await call.WaitAsync()).Until);
    }

    [Fact]
    public async Task Wait_ThatIsOver_GoesThroughTimeout()
    {
        var call = Call("""{"timeout":"2 days"}""");
        var waiting = await call.WaitAsync();
        var done = Assert.IsType<NodeOutcome.Completed>(await call.WakeAt(waiting.Until!.Value).RunAsync());

        Assert.Equal(("timeout", false), (done.Port, done.Output.GetProperty("replied").GetBoolean()));
    }

    [Fact]
    public async Task Wait_ForNobody_Fails() =>
        Assert.Equal("no_contact", Assert.IsType<NodeOutcome.Failed>(await Call("{}").With("{}").RunAsync()).Code);

    private NodeCall Call(string settings) => new(practice, new WaitForReplyNode(received, practice.Contacts), settings);

    private async Task<ReceivedMessage> ReceiveAsync(string body)
    {
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddMinutes(1));
        // the contact is known by the payload's number from the first call on
        await practice.Contacts.UpsertAsync(practice.Tenant, WorkflowStudio.Engine.Practice.Contacts.ContactFields.FromPayload(
            JsonElement.Parse(NodeCall.Payload)), PracticeFixture.Key("c"), default);
        return (await received.ReceiveAsync(
            practice.Tenant, new IncomingMessage(MessageChannel.Sms, "+17135550142", null, body), null, default)).Value!;
    }
}
