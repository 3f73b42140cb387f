using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Tables;

/// <summary>
/// Records as CSV (RFC 4180, UTF-8): written so that no spreadsheet takes a cell for a formula, and read again as what was written.
/// </summary>
public static class RecordFile
{
    /// <summary>The most lines of a file that is read.</summary>
    public const int MostLines = 10_000;

    // what a spreadsheet may take for the beginning of a formula
    private const string Begins = "=+-@\t\r";

    /// <summary>Writes all records that a query finds, below one line of names.</summary>
    public static async Task WriteAsync(
        PracticeTable table, IAsyncEnumerable<PracticeRecord> records, TextWriter to, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(to, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteField("id");
        foreach (var field in table.Fields) csv.WriteField(field.Name);
        csv.WriteField("createdAt");
        await csv.NextRecordAsync();
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            csv.WriteField(record.Id.ToString());
            foreach (var value in record.Values) csv.WriteField(Guarded(value));
            csv.WriteField(record.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            await csv.NextRecordAsync();
        }
    }

    /// <summary>
    /// Reads the lines of a file. The first names the fields, by their name or by what people call them, in any case. What is wrong with
    /// the file as a whole is the one problem; what is wrong with a line stands in it.
    /// </summary>
    public static FieldProblem? Read(PracticeTable table, string text, out IReadOnlyList<ImportLine> lines)
    {
        lines = [];
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        { DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"], BadDataFound = null, IgnoreBlankLines = true });
        if (!csv.Read() || csv.Record is not { } names) return new("", "The file is empty. Its first line names the fields.");
        var columns = names.Select(n => Column(table, n)).ToList();
        var unknown = names.Where((_, i) => columns[i] is null).ToList();
        if (unknown.Count > 0) return new("", FieldReading.Unknown(table, unknown[0].Trim()));
        if (columns.Where(c => c is not "createdAt").GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } doubled)
            return new("", $"The first line names {doubled.Key} twice.");
        var read = new List<ImportLine>();
        while (csv.Read())
        {
            if (read.Count == MostLines)
                return new("", $"The file has more than {MostLines:N0} lines. Take it apart, and import one part after the other.");
            read.Add(Line(table, columns!, csv.Record!, csv.RawRow));
        }

        lines = read;
        return read.Count == 0 ? new("", "The file has names of fields and no line below them.") : null;
    }

    private static string? Column(PracticeTable table, string named)
    {
        var name = named.Trim();
        return PracticeTable.Fixed.FirstOrDefault(f => string.Equals(f, name, StringComparison.OrdinalIgnoreCase))
            ?? table.Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(f.Label, name, StringComparison.OrdinalIgnoreCase))?.Name;
    }

    private static ImportLine Line(PracticeTable table, List<string> columns, string[] cells, int number)
    {
        var (values, problems) = (new Dictionary<string, object?>(StringComparer.Ordinal), new List<FieldProblem>());
        Guid? id = null;
        if (cells.Length > columns.Count)
            problems.Add(new("", $"The line has {cells.Length} cells, the first line names {columns.Count}."));
        foreach (var (name, cell) in columns.Zip(cells))
        {
            if (name == "id")
            {
                if (cell.Trim().Length == 0) continue;
                if (ShownId.TryRead(cell.Trim(), out var known)) id = known;
                else problems.Add(new("id", "The id is none. Leave it empty for what is new."));
            }
            else if (table.Field(name) is { IsTold: false } field)
            {
                if (FieldReading.TryRead(field, Bare(cell), out var value, out var wrong)) values[name] = value;
                else problems.Add(new(name, wrong));
            }
        }

        return new ImportLine(number, id, values, problems);
    }

    // only texts: a number cannot be a formula
    internal static string Guarded(object? value)
    {
        var text = FieldReading.Text(value);
        return value is string && text.Length > 0 && (Begins.Contains(text[0], StringComparison.Ordinal) || IsGuarded(text))
            ? "'" + text
            : text;
    }

    private static string Bare(string cell) => IsGuarded(cell) ? cell[1..] : cell;

    private static bool IsGuarded(string text)
    {
        var begins = text.AsSpan().TrimStart('\'');
        return begins.Length < text.Length && begins.Length > 0 && Begins.Contains(begins[0], StringComparison.Ordinal);
    }
}

/// <summary>A line of a file that is read in.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Id">Which record it changes; null when it does not say so.</param>
/// <param name="Values">What it says, by field.</param>
/// <param name="Problems">What cannot be read in it.</param>
public sealed record ImportLine(
    int Number, Guid? Id, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<FieldProblem> Problems);

/// <summary>What becomes of a line.</summary>
public enum LineResult
{
    /// <summary>A record is added.</summary>
    Added,

    /// <summary>A record is changed.</summary>
    Changed,

    /// <summary>The record says this already.</summary>
    Same,

    /// <summary>It cannot be taken.</summary>
    Refused,
}

/// <summary>What became of a line, or would.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Title">What people call the record.</param>
/// <param name="Problems">Why it was refused.</param>
public sealed record LineOutcome(int Number, LineResult Result, string Title, IReadOnlyList<FieldProblem> Problems)
{
    internal static LineOutcome NoSuch(ImportLine line, string one) => new(
        line.Number, LineResult.Refused, "", [new("id", $"There is no {one} with this id. Leave the id empty to add one.")]);
}
