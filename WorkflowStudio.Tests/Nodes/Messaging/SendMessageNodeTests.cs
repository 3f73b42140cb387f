using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Messaging;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class SendMessageNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Theory]
    [InlineData("auto", NodeCall.Payload, MessageChannel.Sms, "+17135550142")]
    [InlineData("email", NodeCall.Payload, MessageChannel.Email, "maria.lopez@example.test")]
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
            .Check(JsonElement.Parse("""{"template":"farewell"}""")));

        Assert.Equal("message_empty", failed.Code);
        Assert.Equal((failed.Message, ProblemSeverity.Warning), (warned.Message, warned.Severity));
    }

    private NodeCall Message(string settings) => new(practice, new SendMessageNode(practice.Messenger, practice.Contacts), settings);

    private async Task<OutboxItem> OnlyAsync() =>
        Assert.Single((await practice.Outbox.ListAsync(practice.Tenant, null, null, 9, default)).Items);
}
