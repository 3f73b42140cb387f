using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class WaitForReplyNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();
    private readonly ReceivedMessages received;

    public WaitForReplyNodeTests() =>
        received = new ReceivedMessages(practice.Writer, practice.Ids, practice.Clock, practice.Events);

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Wait_IsEndedByAReply()
    {
        var call = Call("""{"timeout":"24 hours"}""");
        var waiting = await call.WaitAsync();
        Assert.Equal((practice.Clock.GetUtcNow().AddHours(24), "an answer of Maria Lopez"), (waiting.Until, waiting.Caption));

        await ReceiveAsync("Yes, gladly");
        call.Wake = new NodeWake(NodeWakeKind.Signal, waiting.Signal, default);
        var done = Assert.IsType<NodeOutcome.Completed>(await call.RunAsync());

        Assert.Equal(("replied", true, "Yes, gladly", "sms"), (done.Port, done.Output.GetProperty("replied").GetBoolean(),
            done.Output.GetProperty("reply").GetString(), done.Output.GetProperty("channel").GetString()));
    }

    [Theory]
    [InlineData("contact", true)]
    [InlineData("somebody else", false)]
    public async Task Wait_OfWhatCameSinceTheLastMessageToTheContact_IsNone(string to, bool isAnswered)
    {
        var (asked, contact) = (practice.Clock.GetUtcNow(), await ContactAsync());
        await ReceiveAsync("At once!");
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddHours(1));
        // a later e-mail to the desk is none to the contact
        var call = Call("{}")
            .After($$"""{"sent_at":"{{asked:O}}","contact_id":"{{(to == "contact" ? contact : practice.Ids.New())}}"}""")
            .After($$"""{"sent_at":"{{practice.Clock.GetUtcNow():O}}"}""");

        Assert.Equal(isAnswered, await call.RunAsync() is NodeOutcome.Completed);
    }

    [Fact]
    public async Task Wait_AMessageAnswersOneQuestion_AndTheSameAgainAfterACrash()
    {
        var before = $$"""{"sent_at":"{{practice.Clock.GetUtcNow():O}}","contact_id":"{{await ContactAsync()}}"}""";
        await ReceiveAsync("First");
        await ReceiveAsync("Second");
        string? Reply(JsonElement output) => output.GetProperty("reply").GetString();

        Assert.Equal("First", Reply(await Call("{}").After(before).OutputAsync()));
        Assert.Equal("First", Reply(await Call("{}").After(before).OutputAsync()));
        var next = Call("{}").After(before);
        next.EffectKey = "run/next";
        Assert.Equal("Second", Reply(await next.OutputAsync()));
        var last = Call("{}").After(before);
        last.EffectKey = "run/last";
        await last.WaitAsync();
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

    private async Task<Guid> ContactAsync() => (await practice.Contacts.UpsertAsync(
        practice.Tenant, ContactFields.FromPayload(JsonElement.Parse(NodeCall.Payload)), PracticeFixture.Key("c"), default))
        .Value!.Id;

    private async Task ReceiveAsync(string body)
    {
        practice.Clock.AdjustTime(practice.Clock.GetUtcNow().AddMinutes(1));
        await ContactAsync();
        Assert.Null((await received.ReceiveAsync(
            practice.Tenant, new IncomingMessage(MessageChannel.Sms, "+17135550142", null, body), null, default)).Problem);
    }
}
