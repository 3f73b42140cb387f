using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>Where a call goes, and the secret header that goes with it.</summary>
/// <param name="Url">The address, with the query.</param>
/// <param name="Header">The header's name; null when the step names no connection, or none is there in the sandbox.</param>
/// <param name="Value">Its value.</param>
internal sealed record HttpCredentials(Uri Url, string? Header, string? Value)
{
    /// <summary>The connection, where what signs in was given for a time and another may be asked for; else null.</summary>
    public Connection? Lent { get; init; }

    /// <summary>
    /// Finds out from the settings, with their query as text, and the connection that they name; or why the step cannot be called.
    /// </summary>
    public static async Task<(HttpCredentials? Found, NodeOutcome? Failed)> OfAsync(
        HttpRequestSettings settings, string query, NodeInput input, IConnections connections, HttpSignIn signIn,
        CancellationToken cancellationToken)
    {
        var name = settings.Connection.Trim();
        var connection =
            name.Length == 0 ? null : await connections.FindAsync(input.Run.Tenant, ConnectionKinds.Http, name, cancellationToken);
        var isSandbox = input.Run.Tenant.Environment == StudioEnvironment.Test;
        if (name.Length > 0 && connection is null && !isSandbox)
            return (null, new NodeOutcome.Failed(WorkflowProblemCodes.NoConnection, $"There is no HTTP connection {name} in the "
                + "live environment of this workspace. Choose another, or make it under Connections. (Setting: connection)"));
        var endpoint = connection is null ? null : new Uri(connection.Settings.GetProperty("endpoint").GetString()!);
        if (HttpAddress.Of(settings.Url, query, endpoint) is not { } url) return (null, Wrong(name, connection is null && name.Length > 0));
        if (connection is null) return (new HttpCredentials(url, null, null), null);
        if (!HttpOrigin.IsSame(endpoint!, url))
            return (null, new NodeOutcome.Failed("other_host", $"The connection {name} is for {ShownAddress.Origin(endpoint!)}, but the "
                + $"address leads to {ShownAddress.Origin(url)}, which must not get its secret. Correct the address, or choose another "
                + "connection. (Setting: url)"));
        if (string.IsNullOrEmpty(connection.Secret))
            return (null, new NodeOutcome.Failed(
                WorkflowProblemCodes.NoConnection, $"The secret of the HTTP connection {name} cannot be read. Enter it again "
                + "under Connections. (Setting: connection)"));
        if (!(await signIn.HeaderAsync(input.Run.Tenant, connection, cancellationToken)).Has(out var header, out var refused))
            return (null, refused.AsFailure());
        return (new HttpCredentials(url, header.Name, header.Value) { Lent = HttpSignIn.IsLent(connection) ? connection : null }, null);
    }

    private static NodeOutcome.Failed Wrong(string name, bool isMissing) => SettingsFailure.Wrong(
        "url",
        isMissing ? $"Address must begin with http:// or https://, because the sandbox has no HTTP connection {name} whose "
            + "address it could be added to."
        : name.Length > 0 ? "Address must begin with http:// or https:// or be a path of the connection, and hold no name or password."
        : "Address must begin with http:// or https:// and hold no name or password; give those as a secret header.");
}
