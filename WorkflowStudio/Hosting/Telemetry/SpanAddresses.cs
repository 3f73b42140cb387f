using System.Diagnostics;
using OpenTelemetry;

namespace WorkflowStudio.Hosting.Telemetry;

/// <summary>
/// Takes paths and queries out of spans before they leave: the address of a webhook is its permission, and other systems put their keys
/// there, too. The route of a request and the host of a call stay.
/// </summary>
internal sealed class SpanAddresses : BaseProcessor<Activity>
{
    /// <summary>Scheme, host and port: without a name and password in front of the host.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    public override void OnEnd(Activity data)
    {
        data.SetTag("url.path", null);
        data.SetTag("url.query", null);
        if (data.GetTagItem("url.full") is not string address) return;
        data.SetTag("url.full", Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Shown(uri) : null);
    }
}
