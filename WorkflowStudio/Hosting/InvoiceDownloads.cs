using Microsoft.Net.Http.Headers;
using WorkflowStudio.Components.Practice.Billing;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Practice.Invoices.Print;
using WorkflowStudio.Identity;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Hosting;

/// <summary>Invoices on paper for whoever has their link, and as a file for people who are signed in.</summary>
internal static class InvoiceDownloads
{
    public const string Invoice = "/i/{token}/pdf";
    public const string CreditNote = "/i/{token}/credit-notes/{id:guid}/pdf";

    public static void MapInvoiceDownloads(this WebApplication app)
    {
        app.MapGet(Invoice, (HttpContext http, string token, PublicInvoice invoices) =>
            SendAsync(http, invoices.PrintAsync(token, http.RequestAborted))).AllowAnonymous();
        app.MapGet(CreditNote, (HttpContext http, string token, Guid id, PublicInvoice invoices) =>
            SendAsync(http, invoices.PrintAsync(token, id, http.RequestAborted))).AllowAnonymous();
        app.MapGet(StudioUrls.InvoiceFiles, ListAsync);
    }

    private static async Task SendAsync(HttpContext http, Task<PrintedFile?> printing)
    {
        var headers = http.Response.GetTypedHeaders();
        (headers.CacheControl, http.Response.Headers["X-Robots-Tag"]) =
            (new CacheControlHeaderValue { NoStore = true, Private = true }, "noindex, nofollow");
        if (await printing is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        (http.Response.ContentType, http.Response.ContentLength) = ("application/pdf", file.Bytes.Length);
        headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = file.FileName };
        await http.Response.Body.WriteAsync(file.Bytes, http.RequestAborted);
    }

    private static async Task ListAsync(HttpContext http, CallerFactory callers, ExportInvoices exporting)
    {
        var caller = await callers.CreateAsync(http.User, http.RequestAborted);
        if (caller is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var query = InvoicesQuery.Of(AddressValues.Of(http.Request.QueryString.Value ?? ""));
        await CsvDownload.SendAsync(http, exporting.Invoices(caller, query.ToFilter()));
    }
}
