using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
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

    /// <summary>What is wrong with a connection; null when nothing is.</summary>
    public static ConnectorProblem? Problem(Connection connection) => TryRead(connection, out _, out var problem) ? null : problem;

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";

    /// <summary>Reads the settings; false with what is wrong with them.</summary>
    internal static bool TryRead(
        Connection connection, [NotNullWhen(true)] out SmtpConnection? settings, [NotNullWhen(false)] out ConnectorProblem? problem)
    {
        (settings, problem) = (null, null);
        if (!Uri.TryCreate(Text(connection.Settings, "endpoint"), UriKind.Absolute, out var address)
            || address.Scheme is not ("smtp" or "smtps") || address.Host.Length == 0
            || address.UserInfo.Length > 0)
            problem = Wrong(
                "The mail server has no address such as smtps://mail.example.com:465 or smtp://mail.example.com:587, without a password.");
        else if (!MailAddresses.TryOne(Text(connection.Settings, "from"), out var from))
            problem = Wrong("The mail server has no sender such as Practice <desk@example.com>.");
        else
        {
            var isSecure = address.Scheme == "smtps";
            settings = new SmtpConnection(
                address.Host, address.Port > 0 ? address.Port : isSecure ? Submissions : Submission,
                isSecure ? SecureSocketOptions.SslOnConnect
                : Text(connection.Settings, "encryption") == "none" ? SecureSocketOptions.None
                : SecureSocketOptions.StartTls,
                Text(connection.Settings, "user"), connection.Secret, from);
        }

        return problem is null;
    }

    private static ConnectorProblem Wrong(string message) => new("mail_settings", message + " Correct it under Connections.");

    private static string? Text(JsonElement settings, string name) =>
        settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String && value.GetString()?.Trim() is { Length: > 0 } text ? text : null;
}
