using System.Text;
using Microsoft.Net.Http.Headers;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Hosting;

/// <summary>What was sent by a form as a file, for people who are signed in.</summary>
internal static class SubmissionDownloads
{
    public static void MapSubmissionDownloads(this WebApplication app) => app.MapGet(StudioUrls.SubmissionFiles, SendAsync);

    private static async Task SendAsync(HttpContext http, string id, CallerFactory callers, ExportSubmissions exporting)
    {
        var caller = await callers.CreateAsync(http.User, http.RequestAborted);
        if (caller is null || !ShownId.TryRead(id, out var form))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var export = await exporting.RunAsync(caller, form, new SubmissionFilter(), http.RequestAborted);
        if (!export.Ok)
        {
            http.Response.StatusCode =
                export.Problem is OperationProblem.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.GetTypedHeaders().ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileName = export.Value.FileName };
        // the mark by which a spreadsheet knows that it is UTF-8
        await using var to = new StreamWriter(http.Response.Body, new UTF8Encoding(true), leaveOpen: true);
        await export.Value.WriteAsync(to, http.RequestAborted);
    }
}
