namespace WorkflowStudio.Operations.Practice;

/// <summary>A file of CSV that is written as it is answered.</summary>
/// <param name="FileName">What it is called: small letters, digits and hyphens, and its ending.</param>
/// <param name="WriteAsync">Writes it.</param>
public sealed record CsvExport(string FileName, Func<TextWriter, CancellationToken, Task> WriteAsync);
