using System.Diagnostics.CodeAnalysis;
using MailKit.Security;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>What a connection to a mailbox says.</summary>
/// <param name="Host">The server's name.</param>
/// <param name="Port">Its port: 993 for imaps, 143 for imap unless the address says another.</param>
/// <param name="Security">How the connection is encrypted: from its first byte, or from STARTTLS on.</param>
/// <param name="User">Who signs in.</param>
/// <param name="Password">With what.</param>
/// <param name="Folder">The folder that is read, as the server names it.</param>
public sealed record ImapConnection(string Host, int Port, SecureSocketOptions Security, string User, string Password, string Folder)
{
    /// <summary>The folder that every mailbox has.</summary>
    public const string Inbox = "INBOX";

    private const int Plain = 143;
    private const int Secure = 993;

    /// <summary>The mailbox, without its password: another one is another mailbox, whose mails are numbered otherwise.</summary>
    public string Place => $"{User}@{Host}:{Port}/{Folder}";

    /// <inheritdoc/>
    public override string ToString() => Place;

    /// <summary>Whether a text is the address of a server that holds mailboxes, without a password.</summary>
    internal static bool IsAddress(string text, [NotNullWhen(true)] out Uri? address) => Uri.TryCreate(text, UriKind.Absolute, out address)
        && address.Scheme is "imap" or "imaps" && address.Host.Length > 0 && address.UserInfo.Length == 0;

    /// <summary>Reads the settings; false with what is wrong with them.</summary>
    internal static bool TryRead(
        Connection connection, [NotNullWhen(true)] out ImapConnection? settings, [NotNullWhen(false)] out ConnectorProblem? problem)
    {
        (settings, problem) = (null, null);
        if (!IsAddress(connection.Text("endpoint"), out var address))
            problem = Wrong("The mailbox has no address such as imaps://mail.example.com:993 or imap://mail.example.com:143, without a "
                + "password.");
        else if (connection.Text("user") is not { Length: > 0 } user) problem = Wrong("The mailbox has no user.");
        else
        {
            var isSecure = address.Scheme == "imaps";
            settings = new ImapConnection(
                address.Host, address.Port > 0 ? address.Port : isSecure ? Secure : Plain,
                isSecure ? SecureSocketOptions.SslOnConnect
                : connection.Text("encryption") == "none" ? SecureSocketOptions.None
                : SecureSocketOptions.StartTls,
                user, connection.Secret ?? "", connection.Text("folder") is { Length: > 0 } folder ? folder : Inbox);
        }

        return problem is null;
    }

    private static ConnectorProblem Wrong(string message) => new("mail_settings", message + " Correct it under Connections.");
}
