using System.Text.Json;
using NodaTime;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>Records, queries and reports in JSON and in addresses.</summary>
internal static class RecordJson
{
    // a name that is no field: how a list is cut and searched
    private static readonly string[] OfLists = ["page", "limit", "search", "sort"];

    /// <summary>The fields of a record.</summary>
    public static void Write(Utf8JsonWriter w, PracticeTable table, PracticeRecord record)
    {
        w.WriteString("id", record.Id);
        foreach (var (field, value) in table.Fields.Zip(record.Values))
        {
            w.WritePropertyName(field.Name);
            switch (value)
            {
                case null: w.WriteNullValue(); break;
                case decimal number: w.WriteRawValue(FieldReading.Text(number)); break;
                case int number: w.WriteNumberValue(number); break;
                case bool flag: w.WriteBooleanValue(flag); break;
                default: w.WriteStringValue(FieldReading.Text(value)); break;
            }
        }

        w.WriteString("createdAt", SequencesJson.Time(record.CreatedAt));
    }

    /// <summary>What became of a file, or would.</summary>
    public static void Write(Utf8JsonWriter w, ImportReport report, bool isPreview)
    {
        w.WriteBoolean("preview", isPreview);
        w.WriteNumber("lines", report.Total);
        foreach (var result in Enum.GetValues<LineResult>()) w.WriteNumber(Name(result), report.Count(result));
        w.WriteStartArray("outcomes");
        foreach (var line in report.Lines)
        {
            w.WriteStartObject();
            w.WriteNumber("line", line.Number);
            w.WriteString("result", Name(line.Result));
            w.WriteString("title", line.Title.Length == 0 ? null : line.Title);
            w.WriteStartArray("problems");
            foreach (var problem in line.Problems)
            {
                w.WriteStartObject();
                w.WriteString("field", problem.Field);
                w.WriteString("message", problem.Message);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    /// <summary>
    /// What an address asks for: <c>search</c>, <c>sort</c> (a field, or one with a minus before it), and fields, as <c>city=Houston</c>,
    /// <c>price[gte]=900</c> or <c>price[lte]=1500</c>.
    /// </summary>
    public static RecordQuery Query(PracticeTable table, IQueryCollection sent, QueryReader reader)
    {
        var filters = new List<RecordFilter>();
        foreach (var (key, values) in sent.Where(q => !OfLists.Contains(q.Key)))
        {
            var (name, rule) = key switch
            {
                _ when key.EndsWith("[gte]", StringComparison.Ordinal) => (key[..^5], FilterRule.AtLeast),
                _ when key.EndsWith("[lte]", StringComparison.Ordinal) => (key[..^5], FilterRule.AtMost),
                _ => (key, FilterRule.Is),
            };
            if (table.Field(name) is not { IsFilter: true } field) reader.Wrong(key, FieldReading.Unknown(table, name));
            else if (rule != FilterRule.Is && !field.IsRanked) reader.Wrong(key, $"{field.Label} has no order. Ask for {name}={{value}}.");
            else if (!FieldReading.TryRead(field, values.ToString(), out var value, out var wrong)) reader.Wrong(key, wrong);
            else if (value is LocalDateTime) reader.Wrong(key, $"{field.Label} needs its offset here, such as 2026-11-30T15:00:00Z.");
            else if (field.Kind == FieldKind.Record && value is not (null or Guid))
                reader.Wrong(key, $"{field.Label} has to be an id here.");
            else if (value is null && rule != FilterRule.Is) reader.Wrong(key, FieldReading.Words(field));
            else if (value is not null || field.Kind is not (FieldKind.Choice or FieldKind.Flag)) filters.Add(new(name, rule, value));
        }

        var sort = reader.Text("sort");
        var by = sort?.TrimStart('-');
        if (by is not null && table.Field(by) is not { IsColumn: true }) reader.Wrong("sort", FieldReading.Unknown(table, by));
        return new RecordQuery(reader.Text("search"), filters) { Sort = by, Descending = sort?.StartsWith('-') == true };
    }

    private static string Name(LineResult result) => result.ToString().ToLowerInvariant();
}
