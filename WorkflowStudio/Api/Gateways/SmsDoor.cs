using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Sms;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Gateways;

/// <summary>
/// Where an SMS gateway posts: a form. It is answered with an empty document of its own markup, so that it sends nothing back.
/// </summary>
internal sealed class SmsDoor(TakeGatewayPost take, RequestLimits limits, OwnAddress own, ApiGate gate) : GatewayDoor(limits, gate)
{
    private const int MostFields = 100;

    private static readonly ApiAnswer Taken = Xml(StatusCodes.Status200OK, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");

    protected override string Path => GatewayCallbacks.Sms;

    protected override async Task<ApiAnswer?> TakeAsync(HttpContext http, Guid workspace, ReadOnlyMemory<byte> body)
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return Refused(StatusCodes.Status415UnsupportedMediaType);
        if (Form(body) is not { } form) return Refused(StatusCodes.Status400BadRequest);
        var signature = http.Request.Headers[TwilioSignature.Header] is [{ } only] ? only : null;
        var url = own.Of(http.Request) + http.Request.Path + http.Request.QueryString;
        return await take.RunAsync(workspace, url, form, signature, http.RequestAborted) ? Taken : null;
    }

    protected override ApiAnswer Refused(int status) => Xml(status, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Refused/>");

    private static List<KeyValuePair<string, string>>? Form(ReadOnlyMemory<byte> body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body.Span)) { ValueCountLimit = MostFields };
        try
        {
            return [.. reader.ReadForm().SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))];
        }
        catch (InvalidDataException)
        {
            return null; // told as 400
        }
    }

    private static ApiAnswer Xml(int status, string text) =>
        new(status, Encoding.UTF8.GetBytes(text)) { ContentType = "text/xml; charset=utf-8" };
}
