using System.Diagnostics;
using OpenTelemetry;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Hosting.Telemetry;

/// <summary>
/// Takes paths and queries out of spans before they leave: the address of a webhook is its permission, and other systems put their keys
/// there, too. The route of a request and the host of a call stay.
/// </summary>
internal sealed class SpanAddresses : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.SetTag("url.path", null);
        data.SetTag("url.query", null);
        if (data.GetTagItem("url.full") is not string address) return;
        data.SetTag("url.full", Uri.TryCreate(address, UriKind.Absolute, out var uri) ? ShownAddress.Origin(uri) : null);
    }
}
