using System.Globalization;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// Writes the tables of docs/workflow-body.md: what stands between <c>&lt;!-- table NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>.
/// </summary>
public static class BodyPages
{
    private const string Begin = "<!-- table ";
    private const string Closed = " -->\n";
    private const string End = "<!-- end -->";

    /// <summary>The page with its tables as the code has them. Throws where it asks for a table that there is not.</summary>
    public static string Write(string page, NodeCatalog catalog)
    {
        var written = new StringBuilder();
        var at = 0;
        while (page.IndexOf(Begin, at, StringComparison.Ordinal) is >= 0 and var begin)
        {
            var name = begin + Begin.Length;
            var closed = page.IndexOf(Closed, name, StringComparison.Ordinal);
            written.Append(page.AsSpan(at, closed + Closed.Length - at)).Append(Table(page[name..closed], catalog));
            at = page.IndexOf(End, closed, StringComparison.Ordinal);
        }

        return written.Append(page.AsSpan(at)).ToString();
    }

    private static string Table(string name, NodeCatalog catalog) => name switch
    {
        "trigger" => Fields(BodyFields.Trigger),
        "node" => Fields(BodyFields.Node),
        "retry" => Fields(BodyFields.Retry),
        "link" => Fields(BodyFields.Link),
        "settings" => Fields(BodyFields.Settings),
        "concurrency" => Fields(BodyFields.Concurrency),
        "exit" => Fields(BodyFields.Exit),
        "triggers" => Triggers(),
        "ports" => Ports(catalog),
        _ => throw new InvalidOperationException($"Writing docs/workflow-body.md: there is no table {name}."),
    };

    private static string Fields(IReadOnlyList<BodyField> fields) =>
        "| field | kind | rules | meaning |\n|---|---|---|---|\n"
        + string.Concat(fields.Select(f => $"| `{f.Name}` | {f.Kind} | {f.Rules} | {f.Meaning} |\n"));

    private static string Triggers() =>
        "| type | starts | `config` | `constraints` |\n|---|---|---|---|\n" + string.Concat(TriggerType.All.Select(t =>
            $"| [`{t.Type}`](nodes.md#{Anchor($"Start: {t.Title} ({t.Type})")}) | {t.Description} | {Names(t.Settings)} | "
            + $"{(t.HasConstraints ? "yes" : "not asked")} |\n"));

    private static string Names(NodeSchema settings) =>
        settings.Fields.Count == 0 ? "none" : string.Join(", ", settings.Fields.Select(f => $"`{f.Name}`"));

    // of a type whose ports come from its settings, those of its example
    private static string Ports(NodeCatalog catalog)
    {
        var table = new StringBuilder("| type | ports, the first first |\n|---|---|\n");
        foreach (var type in catalog.Types)
        {
            var own = type.Shape(JsonElement.Parse(type.Example));
            var ports = string.Join(", ", own.Ports.Select(p => $"`{p.Id}`"));
            var words = own.Ports.Count == 0 ? "none: the run ends there"
                : own.Ports.SequenceEqual(type.Outputs) ? ports
                : $"as its settings name them; in its example {ports}";
            table.Append(CultureInfo.InvariantCulture, $"| [`{type.Type}`](nodes.md#{Anchor($"{type.Title} ({type.Type})")}) | "
                + $"{words}{(own.BodyPort is { } body ? $"; `{body}` leads to the steps that run once for each item" : "")} |\n");
        }

        return table.ToString();
    }

    // as GitHub makes the anchor of a heading
    private static string Anchor(string heading) =>
        new([.. heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]);
}
