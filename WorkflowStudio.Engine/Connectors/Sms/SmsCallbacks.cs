using System.Globalization;

namespace WorkflowStudio.Engine.Connectors.Sms;

/// <summary>Where a gateway posts what comes in and what became of messages.</summary>
/// <param name="PublicUrl">The address under which the gateway reaches the studio, without a slash at its end; null when none was
/// named: then it is not asked to tell what becomes of messages.</param>
public sealed record SmsCallbacks(string? PublicUrl)
{
    /// <summary>The path of the address, before the workspace.</summary>
    public const string Path = "/gateways/sms/";

    /// <summary>The address of a workspace; null when the studio has no public one.</summary>
    public string? Of(Guid workspaceId) => PublicUrl is null ? null : PublicUrl + PathOf(workspaceId);

    /// <summary>The same without the host.</summary>
    public static string PathOf(Guid workspaceId) => Path + workspaceId.ToString("N", CultureInfo.InvariantCulture);
}
