using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Excel keeps dates as days since 1900 (or 1904) and only the format of a cell says so (ISO/IEC 29500-1, 18.8.30).</summary>
internal sealed class CellDates
{
    private const double Days1904 = 1462;
    private const double LastDay = 2_958_466; // the year 9999 ends

    private readonly HashSet<uint> styles = [];
    private readonly double shift;

    public CellDates(WorkbookPart book)
    {
        if (book.Workbook?.WorkbookProperties?.Date1904?.Value == true) shift = Days1904;
        if (book.WorkbookStylesPart?.Stylesheet is not { } sheet) return;
        var own = new Dictionary<uint, string>();
        foreach (var format in sheet.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            if (format.NumberFormatId?.Value is { } id) own[id] = format.FormatCode?.Value ?? "";
        uint at = 0;
        foreach (var style in sheet.CellFormats?.Elements<CellFormat>() ?? [])
        {
            var id = style.NumberFormatId?.Value ?? 0;
            if (id is >= 14 and <= 22 or >= 27 and <= 36 or >= 45 and <= 47 or >= 50 and <= 58
                || (own.TryGetValue(id, out var code) && IsDate(code))) styles.Add(at);
            at++;
        }
    }

    /// <summary>A number as its cell shows it: a date as 2026-11-30, a time behind it where there is one.</summary>
    public string Shown(string value, string? style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return value;
        if (uint.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && styles.Contains(at)
            && number + shift is >= 1 and < LastDay and var days)
        {
            var moment = DateTime.FromOADate(days);
            return moment.TimeOfDay == TimeSpan.Zero
                ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }

        // 0.1 + 0.2 is kept with all its digits, and shown without
        return Math.Abs(number) is 0 or (>= 1e-6 and < 1e15)
            ? Math.Round(number, 10).ToString("0.##########", CultureInfo.InvariantCulture)
            : value;
    }

    // a format of a date has days, months or years outside of what stands in quotes or brackets
    private static bool IsDate(string code)
    {
        var (quoted, bracketed) = (false, false);
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[i];
            if (c == '"') quoted = !quoted;
            else if (c == '\\') i++;
            else if (c == '[') bracketed = true;
            else if (c == ']') bracketed = false;
            else if (!quoted && !bracketed && c is 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H') return true;
        }

        return false;
    }
}
