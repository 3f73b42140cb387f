using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Identity;
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

        await CsvDownload.SendAsync(http, await exporting.RunAsync(caller, form, new SubmissionFilter(), http.RequestAborted));
    }
}
