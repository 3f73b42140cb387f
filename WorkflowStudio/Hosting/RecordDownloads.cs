using System.Text;
using Microsoft.Net.Http.Headers;
using WorkflowStudio.Components.Practice.Records;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Hosting;

/// <summary>The tables of practice data as files, for people who are signed in: what their page shows, all pages of it.</summary>
internal static class RecordDownloads
{
    public static void MapRecordDownloads(this WebApplication app) => app.MapGet(StudioUrls.RecordFiles, SendAsync);

    private static async Task SendAsync(
        HttpContext http, string table, CallerFactory callers, ReadRecords records, ExportRecords exporting)
    {
        var caller = await callers.CreateAsync(http.User, http.RequestAborted);
        if (caller is null || records.Table(table) is not { } found)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var query = RecordsQuery.Of(AddressValues.Of(http.Request.QueryString.Value ?? ""));
        var export = exporting.Run(caller, found, query.In(found));
        if (!export.Ok)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.GetTypedHeaders().ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileName = $"{found.Name}.csv" };
        // the mark by which a spreadsheet knows that it is UTF-8
        await using var to = new StreamWriter(http.Response.Body, new UTF8Encoding(true), leaveOpen: true);
        await export.Value(to, http.RequestAborted);
    }
}
