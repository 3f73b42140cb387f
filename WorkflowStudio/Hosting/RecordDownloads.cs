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
        await CsvDownload.SendAsync(http, exporting.Run(caller, found, query.In(found)));
    }
}
