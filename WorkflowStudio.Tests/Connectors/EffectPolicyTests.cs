using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

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
}
