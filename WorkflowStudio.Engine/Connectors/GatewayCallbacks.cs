using System.Globalization;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>Where gateways post what comes in and what became of what went out, an address for each workspace.</summary>
/// <param name="PublicUrl">The address under which gateways reach the studio, without a slash at its end; null when none was named: then
/// they are not asked to tell anything.</param>
public sealed record GatewayCallbacks(string? PublicUrl)
{
    /// <summary>The path for SMS gateways, before the workspace.</summary>
    public const string Sms = "/gateways/sms/";

    /// <summary>The path for Stripe, before the workspace.</summary>
    public const string Stripe = "/gateways/stripe/";

    /// <summary>The address of a workspace below one of the paths; null when the studio has no public one.</summary>
    public string? Of(string path, Guid workspaceId) => PublicUrl is null ? null : PublicUrl + PathOf(path, workspaceId);

    /// <summary>The same without the host.</summary>
    public static string PathOf(string path, Guid workspaceId) => path + workspaceId.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>What has to be done at the gateway, in words before the address that is to be entered there.</summary>
    public (string Words, string Address) Asked(string path, Guid workspaceId, string what) => Of(path, workspaceId) is { } address
        ? ($"{what} to", address)
        : ($"{what} to this path below the public address of this server, once that is named in STUDIO_PUBLIC_URL:",
            PathOf(path, workspaceId));
}
