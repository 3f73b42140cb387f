using Microsoft.Net.Http.Headers;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Api.Routes;

/// <summary>A file of somebody else as an answer: to be saved, never to be shown as a page of ours.</summary>
internal static class FileAnswer
{
    public static ApiAnswer Of(DocumentItem document, byte[] content)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(document.Name);
        return new ApiAnswer(StatusCodes.Status200OK, content)
        {
            ContentType = MediaTypeHeaderValue.TryParse(document.ContentType, out var type) ? type.ToString() : "application/octet-stream",
            Headers = new Dictionary<string, string>
            {
                [HeaderNames.ContentDisposition] = disposition.ToString(),
                [HeaderNames.ContentSecurityPolicy] = "default-src 'none'; sandbox",
                [HeaderNames.XContentTypeOptions] = "nosniff",
            },
        };
    }
}
