using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;

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

    /// <summary>Whether paying is only acted out: no money moves and the ledger books the payment as simulated.</summary>
    public static bool SimulatesPayments(StudioEnvironment environment, bool captureUntilConnected) =>
        environment == StudioEnvironment.Test || captureUntilConnected;

    /// <summary>The problem of an SMS or e-mail that is refused.</summary>
    public static ConnectorProblem NoGateway(MessageChannel channel) => channel == MessageChannel.Sms
        ? new("no_sms_gateway", "Connect an SMS gateway under Connections, or switch this workflow to the sandbox.")
        : new("no_mail_server", "Connect a mail server under Connections, or switch this workflow to the sandbox.");

    /// <summary>The problem of a charge that is refused.</summary>
    public static ConnectorProblem NoPaymentAccount { get; } = new("no_payment_account",
        "Connect a payment account under Connections, or switch this workflow to the sandbox.");
}
