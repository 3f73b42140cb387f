using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Api;

/// <summary>
/// Reads the fields and files of <c>multipart/form-data</c> (RFC 7578). Nothing of a form is left out in silence.
/// </summary>
internal static class MultipartBody
{
    private const int LongestType = 200;
    private const int LongestBoundary = 70; // RFC 2046, 5.1.1

    /// <summary>How many files a form may hold.</summary>
    public const int MostFiles = 20;

    private static readonly ApiProblem Broken = ApiProblem.BrokenForm(
        "The form cannot be read: its parts do not end as its Content-Type says, or one of them has no name.");

    /// <summary>The fields as an object, and its files; or why they cannot be read.</summary>
    public static async ValueTask<PostedBody> ReadAsync(
        ReadOnlyMemory<byte> body, string contentType, IdFactory ids, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var read) ? read : null;
        var boundary = type is null ? "" : HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > LongestBoundary)
            return PostedBody.Refused(
                ApiProblem.BrokenForm("The form cannot be read: its Content-Type names no boundary between its parts."));
        var (fields, files) = (new FormFields(), new List<NewDocument>());
        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(body.ToArray()));
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
                if (await FieldAsync(part, type!.Charset.Value, fields, files, ids, cancellationToken) is { } wrong)
                    return PostedBody.Refused(wrong);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return PostedBody.Refused(Broken);
        }

        return new PostedBody(fields.Json(), files, null);
    }

    private static async ValueTask<ApiProblem?> FieldAsync(
        MultipartSection part, string? charset, FormFields fields, List<NewDocument> files, IdFactory ids,
        CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var about) || !about.DispositionType.Equals(
            "form-data", StringComparison.OrdinalIgnoreCase) || !about.Name.HasValue) return Broken;
        var name = Name(about.Name.Value!);
        if (name.Contains('\uFFFD', StringComparison.Ordinal))
            return new ApiProblem(400, "invalid_text", "The name of a field is not UTF-8. Send it as UTF-8.");
        using var content = new MemoryStream();
        await part.Body.CopyToAsync(content, cancellationToken);
        var packing = part.Headers?.TryGetValue("Content-Transfer-Encoding", out var given) == true ? given.ToString().Trim() : "";
        if (packing.ToLowerInvariant() is not ("" or "7bit" or "8bit" or "binary"))
            return new ApiProblem(415, "unsupported_media_type",
                $"The field {name} is written as {packing}. Send it as it is, without a Content-Transfer-Encoding.");
        if (RequestBody.Unread(part.ContentType)) return ApiProblem.BrokenContentType($"The Content-Type of the field {name}");
        if (about.FileName.HasValue || about.FileNameStar.HasValue)
        {
            var chosen = about.FileNameStar.HasValue ? about.FileNameStar.Value! : Name(about.FileName.Value!);
            if (chosen.Length == 0 && content.Length == 0) return null; // browsers send an empty part where no file was chosen
            if (files.Count == MostFiles) return ApiProblem.BrokenForm($"The form holds more than {MostFiles} files. Send fewer at once.");
            // the type alone: its parameters may hold any sign, and it goes into a header again
            var type = MediaTypeHeaderValue.TryParse(part.ContentType, out var said)
                && said.MediaType is { Length: > 0 and <= LongestType } plain && plain.Value!.All(c => c is > ' ' and <= '~')
                ? plain.Value! : "application/octet-stream";
            var file = new NewDocument(ids.New(), NewDocument.NameOf(chosen), type, content.ToArray());
            files.Add(file);
            fields.Add(name, file);
            return null;
        }

        var own = MediaTypeHeaderValue.TryParse(part.ContentType, out var read) && read.Charset.HasValue ? read.Charset.Value : charset;
        if (!ForeignText.TryRead(content.GetBuffer().AsSpan(0, (int)content.Length), own, out var text, out var problem))
            return ApiProblem.Unreadable($"The field {name}", problem);
        fields.Add(name, text);
        return null;
    }

    // browsers escape these three (HTML, "multipart form data"), others put a backslash in front
    private static string Name(string written)
    {
        var name = written is ['"', .., '"'] ? HeaderUtilities.UnescapeAsQuotedString(written).ToString() : written;
        return new StringBuilder(name).Replace("%22", "\"").Replace("%0D", "\r").Replace("%0A", "\n").ToString();
    }
}

/// <summary>What was posted.</summary>
/// <param name="Value">The value, with the ids that the files will have.</param>
/// <param name="Files">The files of a form.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
internal readonly record struct PostedBody(JsonElement Value, IReadOnlyList<NewDocument> Files, ApiProblem? Problem)
{
    public static PostedBody Refused(ApiProblem problem) => new(default, [], problem);
}
