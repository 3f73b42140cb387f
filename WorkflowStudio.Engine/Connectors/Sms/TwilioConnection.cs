using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>What a connection to an SMS gateway says.</summary>
/// <param name="Account">The address of the account.</param>
/// <param name="From">The sender of messages that name none.</param>
/// <param name="Headers">What signs in.</param>
public sealed record TwilioConnection(string Account, string From, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>What is wrong with a connection; null when nothing is.</summary>
    public static ConnectorProblem? Problem(Connection connection) => Read(connection).Problem;

    internal static Answer<TwilioConnection> Read(Connection connection)
    {
        if (!Uri.TryCreate(Text("endpoint"), UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("https" or "http")
            || endpoint.UserInfo.Length + endpoint.Query.Length + endpoint.Fragment.Length > 0)
            return Wrong("has no address that starts with https:// and holds neither a password nor a question mark");
        if (Text("account") is not { } account || account.Any(c => !char.IsAsciiLetterOrDigit(c))) return Wrong("names no account");
        if (Text("from") is not { } from) return Wrong("names no sender, a number such as +17135550100");
        if (string.IsNullOrEmpty(connection.Secret)) return Wrong("has no token");
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{connection.Secret}"));
        return new TwilioConnection($"{endpoint.ToString().TrimEnd('/')}/2010-04-01/Accounts/{account}", from,
            new Dictionary<string, string> { ["Authorization"] = $"Basic {token}" });

        string? Text(string name) => connection.Settings.ValueKind == JsonValueKind.Object
            && connection.Settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString()?.Trim() is { Length: > 0 } text ? text : null;

        static ConnectorProblem Wrong(string what) => new("sms_settings", $"The SMS gateway {what}. Correct it under Connections.");
    }

    /// <inheritdoc/>
    public override string ToString() => Account;
}
