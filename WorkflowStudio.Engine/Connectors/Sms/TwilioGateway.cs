using System.Net;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>
/// The gateway behind the workspace's <c>sms</c> connection: anything with Twilio's REST interface of 2010-04-01. It takes no key against
/// doing the same twice, so a call whose answer was lost is not made again.
/// </summary>
internal sealed class TwilioGateway(IConnections connections, IHttpCalls calls, GatewayCallbacks? callbacks = null) : ISmsGateway
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // of the call's problems those with which surely nothing was sent
    private static readonly HashSet<string> Before =
    [
        "connection_refused", "unknown_host", "address_not_allowed", "certificate_not_trusted", "no_secure_connection", "wrong_setting",
    ];

    public async Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken) =>
        await connections.FindAsync(tenant, ConnectionKinds.Sms, cancellationToken) is not null;

    /// <summary>Asks for the account and sends nothing; the same problems as <see cref="SendAsync"/>.</summary>
    public async Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken)
    {
        if (!TwilioConnection.Read(connection).Has(out var settings, out var wrong)) return wrong;
        var call = new HttpCall("GET", new Uri(settings.Account + ".json"), settings.Headers, null, null, Longest) { StaysOnHost = true };
        if (!(await calls.CallAsync(tenant, call, new EffectSource("try"), cancellationToken)).Has(out var reply, out var problem))
            return problem;
        return reply.Status is >= 200 and < 300 ? $"{call.Url.Host} knows the account." : Refused(call.Url.Host, reply);
    }

    public async Task<Answer<string>> SendAsync(
        Tenant tenant, string to, string from, string text, EffectSource source, CancellationToken cancellationToken)
    {
        if (!(await SettingsAsync(tenant, cancellationToken)).Has(out var settings, out var wrong)) return wrong;
        var sender = from.Trim().Length > 0 ? from.Trim() : settings.From;
        var form = new List<(string Name, string Value)>
        { ("To", to), (IsService(sender) ? "MessagingServiceSid" : "From", sender), ("Body", text) };
        if (callbacks?.Of(GatewayCallbacks.Sms, tenant.WorkspaceId) is { } address) form.Add(("StatusCallback", address));
        var body = string.Join('&', form.Select(f => $"{f.Name}={WebUtility.UrlEncode(f.Value)}"));
        var call = new HttpCall("POST", new Uri(settings.Account + "/Messages.json"), settings.Headers, body,
            "application/x-www-form-urlencoded", Longest)
        { StaysOnHost = true };
        if (!(await calls.CallAsync(tenant, call, source, cancellationToken)).Has(out var reply, out var problem))
            return Before.Contains(problem.Code) ? problem : Unknown(call.Url.Host, problem.Message);
        return reply.Status switch
        {
            >= 200 and < 300 => reply.Json().TextOf("sid") ?? "",
            >= 500 and not 503 => Unknown(call.Url.Host, $"It answered {reply.Status}."),
            _ => Refused(call.Url.Host, reply),
        };
    }

    // MG and 32 digits; a name may begin so, too
    private static bool IsService(string sender) =>
        sender is ['M', 'G', .. { Length: 32 } rest] && rest.All(char.IsAsciiHexDigit);

    private static ConnectorProblem Refused(string host, HttpReply reply)
    {
        var why = reply.Json().TextOf("message") is { } said ? $": {ShownText.OneLine(said)}" : "";
        return reply.Status switch
        {
            401 or 403 => new("sms_sign_in", $"{host} did not let the studio in{why}. Correct account and token under Connections."),
            429 or 503 => new("sms_later", $"{host} takes no message now ({reply.Status}{why}).", true) { RetryAfter = reply.RetryAfter },
            404 => new("sms_settings", $"{host} does not know the account{why}. Correct it under Connections."),
            _ => new("sms_refused", $"{host} did not take it ({reply.Status}{why}). See whether the number can be reached."),
        };
    }

    private static ConnectorProblem Unknown(string host, string why) => new(
        ConnectorProblem.OutcomeUnknown, $"Nobody knows whether {host} has sent the SMS. {why} Look into its log before it is sent again.");

    private async Task<Answer<TwilioConnection>> SettingsAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        if (await connections.FindAsync(tenant, ConnectionKinds.Sms, cancellationToken) is not { } connection)
            return new ConnectorProblem("no_sms_gateway", "No SMS gateway is connected. Connect one under Connections.");
        return TwilioConnection.Read(connection);
    }
}
