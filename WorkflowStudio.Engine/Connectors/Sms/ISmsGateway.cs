using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>Sends SMS through the gateway that a workspace has connected.</summary>
public interface ISmsGateway
{
    /// <summary>Whether a gateway is connected.</summary>
    Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Hands a message over; the value is the gateway's name for it. Problems: <c>sms_settings</c>, <c>sms_sign_in</c>, <c>sms_refused</c>,
    /// <c>sms_later</c> (another try helps, perhaps after the time it names), those of <see cref="Http.IHttpCalls"/> before anything was
    /// sent, and <see cref="ConnectorProblem.OutcomeUnknown"/> after.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="to">A number in E.164.</param>
    /// <param name="from">The sender: a number or a name; empty for that of the connection.</param>
    /// <param name="text">What is sent.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Answer<string>> SendAsync(
        Tenant tenant, string to, string from, string text, EffectSource source, CancellationToken cancellationToken);
}
