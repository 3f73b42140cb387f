using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Tests.Practice.Messages;

public sealed class MessageRulesTests
{
    [Fact]
    public void Problem_OfARefusedMessage_NamesTheConnection()
    {
        Assert.Equal("Connect an SMS gateway under Connections, or switch this workflow to the sandbox.",
            MessageRules.NoGateway(MessageChannel.Sms).Message);
        Assert.Equal("Connect a mail server under Connections, or switch this workflow to the sandbox.",
            MessageRules.NoGateway(MessageChannel.Email).Message);
    }
}
