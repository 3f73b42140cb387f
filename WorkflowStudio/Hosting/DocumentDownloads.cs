using Microsoft.Net.Http.Headers;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Hosting;

/// <summary>Documents for people who are signed in: to be saved, never shown, for somebody else has written what is in them.</summary>
internal static class DocumentDownloads
{
    public static void MapDocumentDownloads(this WebApplication app) => app.MapGet(StudioUrls.DocumentFiles, SendAsync);

    private static async Task SendAsync(HttpContext http, Guid id, CallerFactory callers, ReadDocuments reading)
    {
        var caller = await callers.CreateAsync(http.User, http.RequestAborted);
        if (caller is null || await reading.ContentAsync(caller, id, http.RequestAborted) is not { Ok: true } found)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (document, content) = found.Value;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(document.Name);
        http.Response.Headers[HeaderNames.ContentDisposition] = disposition.ToString();
        http.Response.Headers[HeaderNames.ContentSecurityPolicy] = "default-src 'none'; sandbox";
        http.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { NoStore = true, Private = true };
        http.Response.ContentType =
            MediaTypeHeaderValue.TryParse(document.ContentType, out var type) ? type.ToString() : "application/octet-stream";
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }
}
