using System.Text;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>What a connection to an SMS gateway says.</summary>
/// <param name="Account">The address of the account.</param>
/// <param name="From">The sender of messages that name none.</param>
/// <param name="Headers">What signs in.</param>
public sealed record TwilioConnection(string Account, string From, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Whether a text can be the address of a gateway: with neither a password nor a question mark.</summary>
    internal static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "https" or "http" && address.UserInfo.Length + address.Query.Length + address.Fragment.Length == 0;

    /// <summary>Whether a text can be an account: it becomes a part of addresses.</summary>
    internal static bool IsAccount(string text) => text.Length > 0 && text.All(char.IsAsciiLetterOrDigit);

    internal static Answer<TwilioConnection> Read(Connection connection)
    {
        var (endpoint, account, from) = (connection.Text("endpoint"), connection.Text("account"), connection.Text("from"));
        if (!IsAddress(endpoint))
            return Wrong("has no address that starts with https:// and holds neither a password nor a question mark");
        if (!IsAccount(account)) return Wrong("names no account");
        if (from.Length == 0) return Wrong("names no sender, a number such as +17135550100");
        if (string.IsNullOrEmpty(connection.Secret)) return Wrong("has no token");
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{connection.Secret}"));
        return new TwilioConnection($"{new Uri(endpoint).ToString().TrimEnd('/')}/2010-04-01/Accounts/{account}", from,
            new Dictionary<string, string> { ["Authorization"] = $"Basic {token}" });

        static ConnectorProblem Wrong(string what) => new("sms_settings", $"The SMS gateway {what}. Correct it under Connections.");
    }

    /// <inheritdoc/>
    public override string ToString() => Account;
}
