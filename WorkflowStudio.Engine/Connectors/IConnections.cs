using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>The accounts elsewhere that a workspace has connected.</summary>
public interface IConnections
{
    /// <summary>
    /// The connection of this kind (<c>ai</c>, <c>sms</c>, <c>smtp</c> …) with its secret in the clear, or null when there is none.
    /// </summary>
    Task<Connection?> FindAsync(Tenant tenant, string kind, CancellationToken cancellationToken);

    /// <summary>
    /// The connection of a kind of which there can be several (<see cref="ConnectionKinds.IsNamed"/>), by its name; null when there is
    /// none.
    /// </summary>
    Task<Connection?> FindAsync(Tenant tenant, string kind, string name, CancellationToken cancellationToken);

    /// <summary>The names of the connections of a kind, sorted.</summary>
    Task<IReadOnlyList<string>> NamesAsync(Tenant tenant, string kind, CancellationToken cancellationToken);
}

/// <summary>What connections are for.</summary>
public static class ConnectionKinds
{
    /// <summary>A language model.</summary>
    public const string Ai = "ai";

    /// <summary>
    /// Another system that steps call over HTTP; settings <c>{"endpoint": "https://…", "header": "Authorization"}</c>, its secret is the
    /// header's value; or <c>{"endpoint": …, "auth": "basic", "user": …}</c> with a password, or <c>"auth": "oauth2"</c> with
    /// <c>tokenUrl</c>, <c>clientId</c> and <c>scope</c>, and the client's secret.
    /// </summary>
    public const string Http = "http";

    /// <summary>
    /// The mail server that e-mail goes out by; settings <c>{"endpoint": "smtps://mail.example.com:465", "user": "…", "from": "Practice
    /// &lt;desk@example.com&gt;"}</c>, its secret is the password.
    /// </summary>
    public const string Smtp = "smtp";

    /// <summary>
    /// The mailbox that e-mail comes in by; settings <c>{"endpoint": "imaps://mail.example.com:993", "user": "…", "folder": "INBOX"}</c>,
    /// its secret is the password.
    /// </summary>
    public const string Imap = "imap";

    /// <summary>
    /// The gateway that SMS go out by, with Twilio's REST interface; settings <c>{"endpoint": "https://api.twilio.com", "account": "AC…",
    /// "from": "+1713…"}</c>, its secret is the token of the account.
    /// </summary>
    public const string Sms = "sms";

    /// <summary>
    /// The Stripe account by which clients pay; settings <c>{"endpoint": "https://api.stripe.com"}</c>, its secret is the key, and in a
    /// second line the secret with which its posts are signed.
    /// </summary>
    public const string Stripe = "stripe";

    /// <summary>
    /// What others sign their posts to a webhook with; its secret is one, or two that both count, a line each: the newer first.
    /// </summary>
    public const string WebhookSecret = "webhook-secret";

    /// <summary>
    /// Whether an environment can have several of a kind, told apart by their names; else the newer one takes the place of the older.
    /// </summary>
    public static bool IsNamed(string kind) => kind is Http or WebhookSecret;
}

/// <summary>An account elsewhere. Its text form leaves the secret out.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Settings">What is not secret: address, model …; an object.</param>
/// <param name="Secret">The secret in the clear; null when it has none, or when it can no longer be read.</param>
public sealed record Connection(string Kind, string Name, JsonElement Settings, string? Secret)
{
    /// <summary>A setting as text, without blanks around it; empty where there is none.</summary>
    public string Text(string name) => Settings.ValueKind == JsonValueKind.Object && Settings.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} connection {Name}";
}

/// <summary>Encrypts the secrets of connections with the app's key ring.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts.</summary>
    byte[] Protect(string secret);

    /// <summary>Decrypts; null when it was not encrypted with this key ring or was changed.</summary>
    string? Unprotect(byte[] protectedSecret);
}
