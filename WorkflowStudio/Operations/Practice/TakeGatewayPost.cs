using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Sms;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Operations.Practice;

/// <summary>
/// Takes what the SMS gateway of a workspace posts: messages that come in, and what became of those that went out. It has no key: the
/// signature, made with the token of the connection, says who it is.
/// </summary>
internal sealed class TakeGatewayPost(
    IConnections connections, ReceivedMessages received, MessageDeliveries deliveries, TimeProvider clock)
{
    private const int LongestId = 150;

    // a gateway may be faster than the commit of its own answer
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Takes a post. False where it is not signed as it has to be, or nobody is there to have signed it.</summary>
    /// <param name="workspaceId">The workspace that the address names.</param>
    /// <param name="url">The address to which it was posted, as the gateway knows it.</param>
    /// <param name="form">The parameters.</param>
    /// <param name="signature">The signature; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<bool> RunAsync(
        Guid workspaceId, string url, IReadOnlyList<KeyValuePair<string, string>> form, string? signature,
        CancellationToken cancellationToken)
    {
        var tenant = new Tenant(workspaceId, StudioEnvironment.Live);
        if (signature is null
            || await connections.FindAsync(tenant, ConnectionKinds.Sms, cancellationToken) is not { Secret: { Length: > 0 } token }
            || !TwilioSignature.IsGood(token, url, form, signature)) return false;
        var status = Text("MessageStatus") ?? Text("SmsStatus");
        if ((Text("MessageSid") ?? Text("SmsSid")) is not { Length: <= LongestId } id) return true;
        if (status is null or "received" && Text("From") is { } from)
            await received.ReceiveAsync(
                tenant, new IncomingMessage(MessageChannel.Sms, from, Text("To"), Said(), null, id), null, cancellationToken);
        else if (status is "delivered" or "read" or "undelivered" or "failed")
            await DeliveredAsync(tenant, id, status is "delivered" or "read", Why(), cancellationToken);
        return true;

        string? Text(string name) => form.FirstOrDefault(f => f.Key == name).Value is { Length: > 0 } text ? text : null;

        string Why() => "The gateway could not bring it to the phone"
            + (Text("ErrorMessage") is { } said ? $": {said}" : Text("ErrorCode") is { } code ? $" (its code is {code})." : ".");

        string Said()
        {
            if (Text("Body") is { } body && !string.IsNullOrWhiteSpace(body))
                return body.Length > ReceivedMessages.MaxBody ? body[..ReceivedMessages.MaxBody] : body;
            return Text("NumMedia") switch
            {
                null or "0" => "(nothing)",
                "1" => "(a picture)",
                var count => $"({ShownText.Fit(count, 4)} pictures)",
            };
        }
    }

    private async Task DeliveredAsync(Tenant tenant, string id, bool arrived, string said, CancellationToken cancellationToken)
    {
        if (await deliveries.TakeAsync(tenant, id, arrived, said, cancellationToken)) return;
        await Task.Delay(Patience, clock, cancellationToken);
        await deliveries.TakeAsync(tenant, id, arrived, said, cancellationToken);
    }
}
