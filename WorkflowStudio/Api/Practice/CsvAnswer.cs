using System.Text;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>A file of CSV as an answer.</summary>
internal static class CsvAnswer
{
    /// <summary>Its type.</summary>
    public const string Type = "text/csv";

    /// <summary>The answer that writes it.</summary>
    public static ApiAnswer Of(CsvExport export) => new(StatusCodes.Status200OK, default)
    {
        ContentType = Type + "; charset=utf-8",
        Headers = new Dictionary<string, string> { ["Content-Disposition"] = $"attachment; filename=\"{export.FileName}\"" },
        Stream = async (response, stop) =>
        {
            await using var to = new StreamWriter(response.Body, new UTF8Encoding(false), leaveOpen: true);
            await export.WriteAsync(to, stop);
        },
    };
}
