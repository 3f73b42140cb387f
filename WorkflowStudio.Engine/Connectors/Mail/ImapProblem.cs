using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>Says in words of an office why a mailbox cannot be read.</summary>
internal static class ImapProblem
{
    /// <summary>The problem behind an exception; null for a fault of ours, and when it was the caller who gave up.</summary>
    public static ConnectorProblem? Of(string host, Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        _ when CallProblem.CauseOf<CallRefusedException>(e) is { } refused => refused.Problem,
        AddressNotAllowedException hidden => new ConnectorProblem("address_not_allowed", hidden.Message),
        AuthenticationException => new ConnectorProblem("mail_sign_in", $"{host} did not let the studio in: name or password is wrong. "
            + "Correct them under Connections; some providers ask for an app password, or have to allow IMAP first."),
        SslHandshakeException => new ConnectorProblem("mail_unreachable", $"No encrypted connection to {host} can be made. See whether the "
            + "port is right: imaps:// is for servers that encrypt from the start (993), imap:// for those with STARTTLS (143).", true),
        NotSupportedException => new ConnectorProblem("mail_settings", $"{host} offers no encryption (STARTTLS) or no way to sign in, so "
            + "nothing is read. Correct its address under Connections."),
        ImapCommandException c => new ConnectorProblem("mail_refused",
            $"{host} did not do what it was asked: {ShownText.OneLine(c.ResponseText is { Length: > 0 } said ? said : c.Message)}. "
                + "Ask whoever runs it.", true),
        FolderNotFoundException f => new ConnectorProblem(
            "mail_folder", $"{host} knows no folder {ShownText.OneLine(f.FolderName)} any more. Correct it under Connections."),
        SocketException or IOException or ProtocolException or CommandException or OperationCanceledException
            or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotOpenException => new ConnectorProblem(
            "mail_unreachable", $"The mailbox at {host} cannot be reached, or what answers there is none. See whether address and port are "
                + "right.", true),
        _ => null,
    };
}
