using System.Net.Sockets;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>What went wrong with a call, in the words of whoever can mend it.</summary>
internal static class CallProblem
{
    /// <summary>The answer is larger than may be.</summary>
    public static ConnectorProblem TooLarge(string host) => new("response_too_large", $"{host} answered more than 1 MiB. Ask it for less at once.");

    /// <summary>The problem of a call that threw.</summary>
    public static ConnectorProblem Of(string host, HttpRequestException e)
    {
        if (CauseOf<CallRefusedException>(e) is { } refused) return new ConnectorProblem(refused.Code, refused.Message);
        if (CauseOf<AddressNotAllowedException>(e) is { } hidden) return new ConnectorProblem("address_not_allowed", hidden.Message);
        return (CauseOf<SocketException>(e)?.SocketErrorCode, e.HttpRequestError) switch
        {
            (SocketError.ConnectionRefused, _) => new("connection_refused", $"Nothing answers at {host} on this port. See whether the address is right and the other side is running.", true),
            (SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain, _) or (_, HttpRequestError.NameResolutionError) =>
                new("unknown_host", $"The name {host} leads nowhere. See whether it is spelt right.", true),
            (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown, _) or (_, HttpRequestError.ResponseEnded) =>
                new("connection_closed", $"{host} closed the connection before its answer was complete. Try again; if it stays so, ask whoever runs it.", true),
            (_, HttpRequestError.SecureConnectionError) =>
                new("no_secure_connection", $"No encrypted connection to {host} can be made. See whether the address should begin with http://, or has another port."),
            (_, HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError) =>
                new("not_http", $"What {host} answered is not HTTP. See whether the address is right, its port too."),
            (_, HttpRequestError.ConfigurationLimitExceeded) => TooLarge(host),
            (null, not HttpRequestError.ConnectionError) when CauseOf<IOException>(e) is null =>
                new("call_failed", $"The call to {host} could not be made: {e.Message}"),
            _ => new("unreachable", $"{host} cannot be reached. See whether the address is right.", true),
        };
    }

    /// <summary>The exception of this kind behind another one, or null.</summary>
    public static T? CauseOf<T>(Exception e)
        where T : Exception
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            if (cause is T found) return found;
        return null;
    }
}
