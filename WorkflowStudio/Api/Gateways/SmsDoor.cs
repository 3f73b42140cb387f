using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Connectors.Sms;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Gateways;

/// <summary>
/// Where an SMS gateway posts: a form, signed. It is answered with an empty document of its own markup, so that it sends nothing back; what
/// is not signed gets 403, whatever workspace it names.
/// </summary>
internal sealed class SmsDoor(TakeGatewayPost take, RequestLimits limits, OwnAddress own, ApiGate gate)
{
    private const int MostFields = 100;

    private static readonly ApiAnswer Taken = Xml(StatusCodes.Status200OK, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");

    public void Map(WebApplication app) =>
        app.MapPost(SmsCallbacks.Path + "{workspace}", AnswerAsync).OutsideOfPages();

    private async Task AnswerAsync(HttpContext http)
    {
        var answer = await gate.GuardedAsync(Practice.PracticeDialect.Instance, http, () => TakeAsync(http));
        await answer.WriteAsync(http.Response, http.RequestAborted);
    }

    private async Task<ApiAnswer> TakeAsync(HttpContext http)
    {
        var place = RequestLimits.PlaceOf(http.Connection.RemoteIpAddress);
        if (limits.Senders.SecondsToWait(place) is > 0 and var pause)
            return Plain(StatusCodes.Status429TooManyRequests) with { RetryAfter = pause };
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return Plain(StatusCodes.Status415UnsupportedMediaType);
        if (await RequestBody.ReadAsync(http.Request, http.RequestAborted) is not { } body)
            return Plain(StatusCodes.Status413PayloadTooLarge);
        if (Form(body) is not { } form) return Plain(StatusCodes.Status400BadRequest);
        var signature = http.Request.Headers[TwilioSignature.Header] is [{ } only] ? only : null;
        var url = own.Of(http.Request) + http.Request.Path + http.Request.QueryString;
        return Guid.TryParse((string?)http.Request.RouteValues["workspace"], out var workspace)
            && await take.RunAsync(workspace, url, form, signature, http.RequestAborted)
                ? Taken
                : Plain(StatusCodes.Status403Forbidden);
    }

    private static List<KeyValuePair<string, string>>? Form(ReadOnlyMemory<byte> body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body.Span)) { ValueCountLimit = MostFields };
        try
        {
            return [.. reader.ReadForm().SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static ApiAnswer Plain(int status) => Xml(status, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Refused/>");

    private static ApiAnswer Xml(int status, string text) =>
        new(status, Encoding.UTF8.GetBytes(text)) { ContentType = "text/xml; charset=utf-8" };
}
