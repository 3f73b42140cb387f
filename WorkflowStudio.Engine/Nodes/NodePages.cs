using System.Globalization;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>Writes docs/nodes.md from the catalog.</summary>
public static class NodePages
{
    private static readonly JsonSerializerOptions PrettyOptions = new()
    { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The page, in Markdown.</summary>
    public static string Write(NodeCatalog catalog)
    {
        var page = new StringBuilder();
        page.Append("""
            # Step types

            This page is made from the code: `STUDIO_WRITE_DOCS=1 dotnet test WorkflowStudio.sln --filter FullyQualifiedName~GeneratedPages` writes it anew.


            """);
        foreach (var trigger in catalog.Triggers)
        {
            page.Append(CultureInfo.InvariantCulture, $"## Start: {trigger.Title} (`{trigger.Type}`)\n\n"
                + $"{trigger.Description}{(trigger.NamesEvent ? " `trigger.event` names it." : "")}{Constraints(trigger)}\n\n");
            Fields(page, "Settings", trigger.Settings, settings: true);
        }

        foreach (var type in catalog.Types.OrderBy(t => t.Group).ThenBy(t => t.Title, StringComparer.Ordinal)) Type(page, type);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Constraints(TriggerType trigger)
    {
        if (!trigger.HasConstraints) return "";
        var sees = trigger == TriggerType.Schedule
            ? "the run's payload and the `occurrence` as `data`, see [schedules.md](schedules.md#constraints)"
            : "what arrives as `data`";
        return $" `trigger.constraints` may be a rule of [JSON Logic](json-logic.md) that sees {sees}; where it does not "
            + "hold, no run is started.";
    }

    private static void Type(StringBuilder page, NodeType type)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {type.Title} (`{type.Type}`)\n\n{type.Description}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Group: {type.Group}. "
            + $"{(type.HasOutsideEffect ? "Has an effect outside the run, so its start is recorded first." : "Only computes.")}"
            + $"{(type.Waits ? " Can wait." : "")}\n\n");
        if (type.Outputs.Count > 1)
            page.Append(CultureInfo.InvariantCulture, $"Ports: {string.Join(", ", type.Outputs.Select(p => $"`{p.Id}`"))}.\n\n");
        Fields(page, "Settings", type.Settings, settings: true);
        foreach (var ambient in type.Ambients)
            page.Append(CultureInfo.InvariantCulture, $"Its settings may name `{ambient.Name}`: {ambient.Description}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Example:\n\n```json\n{Pretty(type.Example)}\n```\n\n");
        Fields(page, "Output", type.Output, settings: false);
    }

    private static void Fields(StringBuilder page, string title, NodeSchema schema, bool settings)
    {
        if (schema.Fields.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture,
            $"| {title} | kind | {(settings ? "rules | " : "")}meaning |\n|---|---|{(settings ? "---|" : "")}---|\n");
        Rows(page, "", schema, settings);
        page.Append('\n');
    }

    private static void Rows(StringBuilder page, string prefix, NodeSchema schema, bool settings)
    {
        foreach (var field in schema.Fields)
        {
            var rules = settings ? $"{Rules(field)} | " : "";
            var meaning = field.Description.Length == 0 ? field.Title : $"{field.Title}. {field.Description}";
            page.Append(CultureInfo.InvariantCulture,
                $"| `{prefix}{field.Name}` | {Kind(field)} | {rules}{meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            if (field.Fields is not null)
                Rows(page, $"{prefix}{field.Name}{(field.Kind == FieldKind.List ? "[]" : "")}.", field.Fields, settings);
        }
    }

    private static string Kind(SchemaField field) => field.Kind switch
    {
        FieldKind.List => $"list of {(field.Items is { } items ? items.ToString().ToLowerInvariant() : "any")}",
        FieldKind.Map => $"map of {(field.Items is { } values ? values.ToString().ToLowerInvariant() : "any")}",
        FieldKind.DateTime => "date and time",
        _ => field.Kind.ToString().ToLowerInvariant(),
    };

    private static string Rules(SchemaField field)
    {
        var rules = new List<string>();
        if (field.Required) rules.Add("required");
        if (field.Secret) rules.Add("secret");
        if (field.Min is { } min) rules.Add(string.Create(CultureInfo.InvariantCulture, $"from {min}"));
        if (field.Max is { } max) rules.Add(string.Create(CultureInfo.InvariantCulture, $"to {max}"));
        if (field.Unit is not null) rules.Add(field.Unit);
        if (field.Choices.Count > 0) rules.Add("one of " + string.Join(", ", field.Choices.Select(c => $"`{c.Value}`")));
        if (field.Default.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            rules.Add($"default `{field.Default.GetRawText()}`");
        return string.Join("; ", rules);
    }

    private static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, PrettyOptions);
    }
}
