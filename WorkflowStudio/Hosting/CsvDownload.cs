using System.Text;
using Microsoft.Net.Http.Headers;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Hosting;

/// <summary>A file of CSV for somebody who is signed in, or that there is none for them.</summary>
internal static class CsvDownload
{
    public static async Task SendAsync(HttpContext http, Result<CsvExport> export)
    {
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
