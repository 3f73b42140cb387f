using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>What happens to an effect that would leave the practice.</summary>
public enum EffectRoute
{
    /// <summary>It is kept in the outbox.</summary>
    Capture,

    /// <summary>It goes out through the connection.</summary>
    Send,

    /// <summary>Nothing happens and the step fails.</summary>
    Refuse,
}

/// <summary>
/// The rule for outside effects (docs/decisions.md, "Effects"): the sandbox captures everything, and in the live
/// environment a missing connection is never replaced in silence, unless the workspace chose "capture until connected".
/// </summary>
public static class EffectPolicy
{
    /// <summary>The route of a message.</summary>
    public static EffectRoute Route(StudioEnvironment environment, bool connected, bool captureUntilConnected) =>
        environment == StudioEnvironment.Test ? EffectRoute.Capture
        : connected ? EffectRoute.Send
        : captureUntilConnected ? EffectRoute.Capture
        : EffectRoute.Refuse;
}
