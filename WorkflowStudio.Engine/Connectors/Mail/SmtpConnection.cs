using System.Diagnostics.CodeAnalysis;
using MailKit.Security;
using MimeKit;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>What a connection to a mail server says.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port: 465 for smtps, 587 for smtp unless the address says another.</param>
/// <param name="Security">How the connection is encrypted: from its first byte, or from STARTTLS on.</param>
/// <param name="User">Who signs in; null for nobody.</param>
/// <param name="Password">With what.</param>
/// <param name="From">The sender of mails that name none.</param>
public sealed record SmtpConnection(
    string Host, int Port, SecureSocketOptions Security, string? User, string? Password, MailboxAddress From)
{
    private const int Submission = 587;
    private const int Submissions = 465;

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";

    /// <summary>Whether a text is the address of a mail server, without a password.</summary>
    internal static bool IsAddress(string text, [NotNullWhen(true)] out Uri? address) => Uri.TryCreate(text, UriKind.Absolute, out address)
        && address.Scheme is "smtp" or "smtps" && address.Host.Length > 0 && address.UserInfo.Length == 0;

    /// <summary>Reads the settings; false with what is wrong with them.</summary>
    internal static bool TryRead(
        Connection connection, [NotNullWhen(true)] out SmtpConnection? settings, [NotNullWhen(false)] out ConnectorProblem? problem)
    {
        (settings, problem) = (null, null);
        if (!IsAddress(connection.Text("endpoint"), out var address))
            problem = Wrong(
                "The mail server has no address such as smtps://mail.example.com:465 or smtp://mail.example.com:587, without a password.");
        else if (!MailAddresses.TryOne(connection.Text("from"), out var from))
            problem = Wrong("The mail server has no sender such as Practice <desk@example.com>.");
        else
        {
            var isSecure = address.Scheme == "smtps";
            settings = new SmtpConnection(
                address.Host, address.Port > 0 ? address.Port : isSecure ? Submissions : Submission,
                isSecure ? SecureSocketOptions.SslOnConnect
                : connection.Text("encryption") == "none" ? SecureSocketOptions.None
                : SecureSocketOptions.StartTls,
                connection.Text("user") is { Length: > 0 } user ? user : null, connection.Secret, from);
        }

        return problem is null;
    }

    private static ConnectorProblem Wrong(string message) => new("mail_settings", message + " Correct it under Connections.");
}
