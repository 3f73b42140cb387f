using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Tests.Connectors;

public sealed class EffectPolicyTests
{
    [Theory]
    [InlineData(StudioEnvironment.Test, true, false, EffectRoute.Capture)]
    [InlineData(StudioEnvironment.Test, false, false, EffectRoute.Capture)]
    [InlineData(StudioEnvironment.Live, true, true, EffectRoute.Send)]
    [InlineData(StudioEnvironment.Live, false, true, EffectRoute.Capture)]
    [InlineData(StudioEnvironment.Live, false, false, EffectRoute.Refuse)]
    public void Route_Effect_FollowsThePolicy(StudioEnvironment environment, bool connected, bool capture, EffectRoute expected) =>
        Assert.Equal(expected, EffectPolicy.Route(environment, connected, capture));

    [Fact]
    public void Problem_OfARefusedMessage_NamesTheConnection()
    {
        Assert.Equal("Connect an SMS gateway under Connections, or switch this workflow to the sandbox.", EffectPolicy.NoGateway(MessageChannel.Sms).Message);
        Assert.Equal("Connect a mail server under Connections, or switch this workflow to the sandbox.", EffectPolicy.NoGateway(MessageChannel.Email).Message);
    }
}
