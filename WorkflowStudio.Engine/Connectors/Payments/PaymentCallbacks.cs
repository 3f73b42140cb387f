using System.Globalization;

namespace WorkflowStudio.Engine.Connectors.Payments;

/// <summary>Where a payment provider posts what became of bills.</summary>
/// <param name="PublicUrl">The address under which it reaches the studio, without a slash at its end; null when none was named.</param>
public sealed record PaymentCallbacks(string? PublicUrl)
{
    /// <summary>The path of the address, before the workspace.</summary>
    public const string Path = "/gateways/stripe/";

    /// <summary>The address of a workspace; null when the studio has no public one.</summary>
    public string? Of(Guid workspaceId) => PublicUrl is null ? null : PublicUrl + PathOf(workspaceId);

    /// <summary>The same without the host.</summary>
    public static string PathOf(Guid workspaceId) => Path + workspaceId.ToString("N", CultureInfo.InvariantCulture);
}
