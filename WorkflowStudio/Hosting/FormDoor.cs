using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Hosting;

/// <summary>What is sent by forms of the practice is small and can be read, before a page sees it: everybody may send.</summary>
internal static class FormDoor
{
    /// <summary>Where the pages of forms are.</summary>
    public const string Path = "/forms";

    // forty fields with all that may stand in them together, as a browser escapes it
    private const long MostBytes = 768 * 1024;

    public static void UseFormDoor(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RequestLimits>();
        app.Use((http, next) => IsSent(http.Request) ? TakeAsync(http, next, limits) : next(http));
    }

    /// <summary>Whether something is sent by a form.</summary>
    public static bool IsSent(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments(Path);

    private static async Task TakeAsync(HttpContext http, RequestDelegate next, RequestLimits limits)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException)
        {
            // no browser sends such a form: too much, no form at all, parts without an end, or characters that no field takes
            http.Response.StatusCode = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            // no page counts it
            if (limits.FormSenders.SecondsToWait(RequestLimits.PlaceOf(http.Connection.RemoteIpAddress)) is > 0 and var seconds)
            {
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(
                "What was sent cannot be read as this form, or is too much for it. Go back, shorten it, and send it again.",
                http.RequestAborted);
            return;
        }

        await next(http);
    }
}
