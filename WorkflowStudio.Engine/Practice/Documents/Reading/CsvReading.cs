using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Reads values apart by commas, semicolons, tabs or bars (RFC 4180, and what people make of it).</summary>
internal static class CsvReading
{
    private const int LinesToSee = 20;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    public static DocumentText Read(string text, string name, CancellationToken cancellationToken)
    {
        var tables = new TableRoom();
        tables.Begin(name, isTold: false);
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text).ToString(), BadDataFound = null, IgnoreBlankLines = true, LineBreakInQuotedFieldIsBadData = false,
        });
        while (!tables.IsFull && parser.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            tables.Add(parser.Record ?? []);
        }

        return tables.Of(DocumentKind.Csv);
    }

    /// <summary>Whether a text of which nothing is known is a table: at least three lines with as many delimiters each.</summary>
    public static bool LooksLike(string head)
    {
        var lines = Lines(head);
        return lines.Length > 2 && Array.Exists(Delimiters, d => d != '|' && Count(lines[0], d) is > 0 and var count
            && lines.SkipLast(1).All(l => Count(l, d) == count && l.Length < 400));
    }

    // the one that most lines agree on; a decimal comma stands in some fields only
    private static char DelimiterOf(string text)
    {
        var lines = Lines(text[..Math.Min(20_000, text.Length)]);
        return Delimiters.Select(d => (Delimiter: d, Counts: lines.Select(l => Count(l, d)).ToArray()))
            .Where(d => d.Counts.Length > 0 && d.Counts[0] > 0)
            .OrderByDescending(d => d.Counts.Count(c => c == d.Counts[0])).ThenByDescending(d => d.Counts[0])
            .Select(d => d.Delimiter).FirstOrDefault(',');
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0).Take(LinesToSee)];

    private static int Count(string line, char delimiter)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == delimiter && !quoted) count++;
        }

        return count;
    }
}
