using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>What was sent by a form as CSV, a column for each of its fields; no spreadsheet takes a cell for a formula.</summary>
public static class SubmissionFile
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes them below one line of names.</summary>
    public static async Task WriteAsync(
        Form form, IAsyncEnumerable<Submission> submissions, TextWriter to, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(to, CultureInfo.InvariantCulture, leaveOpen: true);
        var keys = form.Content.Fields.Select(f => f.Key).ToList();
        // names that no field has; the last column holds what fields had that the form does not have any more
        foreach (var name in (string[])["submission_id", "submitted_at", .. keys, "contact_id", "values"]) csv.WriteField(name);
        await csv.NextRecordAsync();
        await foreach (var sent in submissions.WithCancellation(cancellationToken))
        {
            csv.WriteField(sent.Id.ToString());
            csv.WriteField(sent.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            foreach (var key in keys) csv.WriteField(sent.Values.TryGetProperty(key, out var value) ? Cell(value) : "");
            csv.WriteField(sent.ContactId?.ToString() ?? "");
            var rest = sent.Values.EnumerateObject().Where(v => !keys.Contains(v.Name)).ToDictionary(v => v.Name, v => v.Value);
            csv.WriteField(rest.Count == 0 ? "" : JsonSerializer.Serialize(rest, Plain));
            await csv.NextRecordAsync();
        }
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => RecordFile.Guarded(value.GetString()),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
