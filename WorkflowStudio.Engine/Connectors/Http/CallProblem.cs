using System.Net.Sockets;
using System.Security.Authentication;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>What went wrong with a call, in the words of whoever can mend it.</summary>
internal static class CallProblem
{
    /// <summary>The answer is larger than may be.</summary>
    public static ConnectorProblem TooLarge(string host) =>
        new("response_too_large", $"{host} answered more than 1 MiB. Ask it for less at once.");

    /// <summary>The problem of a call that threw.</summary>
    public static ConnectorProblem Of(string host, HttpRequestException e)
    {
        if (CauseOf<CallRefusedException>(e) is { } refused) return refused.Problem;
        if (CauseOf<AddressNotAllowedException>(e) is { } hidden) return new ConnectorProblem("address_not_allowed", hidden.Message);
        if (IsClosedInHandshake(e))
            return new ConnectorProblem("connection_closed", $"{host} closed the connection while encryption was being agreed on. Try "
                + "again; if it stays so, see whether the address should begin with http://.", true);
        return (CauseOf<SocketException>(e)?.SocketErrorCode, e.HttpRequestError) switch
        {
            (SocketError.ConnectionRefused, _) => new("connection_refused",
                $"Nothing answers at {host} on this port. See whether the address is right and the other side is running.", true),
            (SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain, _) or (_, HttpRequestError.NameResolutionError) =>
                new("unknown_host", $"The name {host} leads nowhere. See whether it is spelt right.", true),
            (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown, _)
                or (_, HttpRequestError.ResponseEnded) =>
                new("connection_closed",
                    $"{host} closed the connection before its answer was complete. Try again; if it stays so, ask whoever runs it.", true),
            (_, HttpRequestError.SecureConnectionError) =>
                new("no_secure_connection", $"No encrypted connection to {host} can be made. See whether the address should begin with "
                    + "http://, or has another port."),
            (_, HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError) =>
                new("not_http", $"What {host} answered is not HTTP. See whether the address is right, its port too."),
            (_, HttpRequestError.ConfigurationLimitExceeded) => // bodies are refused by HttpAnswers
                new("response_too_large", $"The answer of {host} cannot be read: its headers are longer than "
                    + $"{GuardedHttp.MaxHeadKilobytes} KiB. Ask whoever runs it for fewer or shorter ones."),
            (null, not HttpRequestError.ConnectionError) when CauseOf<IOException>(e) is null =>
                new("call_failed", $"The call to {host} could not be made: {e.Message}"),
            _ => new("unreachable", $"{host} cannot be reached. See whether the address is right.", true),
        };
    }

    /// <summary>Whether the connection ended before anything could be sent over it, and not for what the other side is or said.</summary>
    public static bool IsClosedInHandshake(HttpRequestException e) =>
        e.HttpRequestError == HttpRequestError.SecureConnectionError && CauseOf<IOException>(e) is not null
        && CauseOf<AuthenticationException>(e) is null
        && CauseOf<CallRefusedException>(e) is null && CauseOf<SocketException>(e) is null;

    /// <summary>The exception of this kind behind another one, or null.</summary>
    public static T? CauseOf<T>(Exception e)
        where T : Exception
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            if (cause is T found) return found;
        return null;
    }
}
