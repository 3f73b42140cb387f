using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Hosting;

/// <summary>Calendars and appointments as iCalendar, for whoever has their link.</summary>
internal static class CalendarDownloads
{
    public const string Feed = "/calendar/{token}.ics";
    public const string Invitation = "/appointments/{token}.ics";

    public static void MapCalendarDownloads(this WebApplication app)
    {
        app.MapGet(Feed, (HttpContext http, string token, PublicCalendar calendar) =>
            SendAsync(http, calendar.FeedAsync(token, http.RequestAborted), null)).AllowAnonymous();
        app.MapGet(Invitation, (HttpContext http, string token, PublicCalendar calendar) =>
            SendAsync(http, calendar.InvitationAsync(token, http.RequestAborted), "appointment.ics")).AllowAnonymous();
    }

    private static async Task SendAsync(HttpContext http, Task<string?> reading, string? file)
    {
        var (headers, text) = (http.Response.GetTypedHeaders(), await reading);
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true, Private = true };
        if (text is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var body = Encoding.UTF8.GetBytes(text);
        headers.ETag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(..16))}\"");
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(headers.ETag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = "text/calendar; charset=utf-8";
        http.Response.ContentLength = body.Length;
        if (file is not null) headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = file };
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
