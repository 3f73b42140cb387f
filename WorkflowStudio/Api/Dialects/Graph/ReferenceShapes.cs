using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>The shapes that the graph dialect takes and answers.</summary>
internal static partial class GraphShapes
{
    /// <summary>The words for the status of a workflow.</summary>
    public static readonly string[] Statuses = ["active", "paused", "draft"];

    /// <summary>The words for the status of a run.</summary>
    public static readonly string[] RunStatuses = ["processing", "queued", "waiting", "paused", "completed", "failed", "canceled"];

    /// <summary>What all dialects have.</summary>
    public static readonly CommonReference Common = new(GraphForm.Instance, shape => shape, (name, item, next) => Shape.Told(
        "", ("status", Shape.Always("success", "It was found.")), (name, Shape.List(item, "The list.")),
        next ?? ("total", Shape.Whole("How many there are."))));

    /// <summary>Every shape by its name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All(NodeCatalog types)
    {
        var all = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal)
        {
            ["WorkflowBody"] = Shape.Sent("A whole workflow. Fields at the top that are not named here are kept and given back.",
                [.. Fields(isWhole: true)]).Opened(),
            ["WorkflowChange"] = Shape.Sent("What changes. What is left out stays.", [.. Fields(isWhole: false)]).Opened(),
            ["Trigger"] = Closed("How runs start.", BodyFields.Trigger),
            ["Node"] = Node(),
            ["Retry"] = Closed("How often a step is tried.", BodyFields.Retry),
            ["Link"] = Closed("What follows what.", BodyFields.Link),
            ["Settings"] = Settings(),
            ["Concurrency"] = Closed("How many runs may be under way at once.", BodyFields.Concurrency),
            ["ExitConditions"] = Closed("When a run ends early, and well.", BodyFields.Exit),
            ["EventBody"] = Shape.Sent("Something that happened.",
                ("type*", Shape.Text("Its name: letters, digits and `. _ - : /`.", 1, EventName.MaxLength)),
                ("id", Shape.Text("Makes it the same event when it is sent again.", 1, SendEvent.MaxId)),
                ("data", Shape.Open("What is known of it: `$initialPayload` of the runs."))),
            ["RetryBody"] = Shape.Sent("How the run is repeated.",
                ("iteration", Shape.Sent("One iteration of a for-each that is not inside another.",
                    ("step*", Shape.Text("The id of the for-each.")), ("index*", Shape.Whole("The iteration, from 0.", 0)))),
                ("payload", Shape.Open("Does everything again with this data.")),
                ("again", Shape.Flag("Does everything again with the same data.")),
                ("version", Shape.Word("Together with payload or again: the version that runs.", "active", "same").Preset("active"))),
            ["Workflow"] = Workflow(),
            ["OneWorkflow"] = Shape.Told("", ("status", Shape.Always("success", "It was found.")), ("workflow", Shape.Ref("Workflow"))),
            ["WorkflowPage"] = Shape.Told("", ("data", Shape.List(Shape.Ref("Workflow"))), ("pagination", Shape.Ref("PageFact"))),
            ["NodeTypes"] = NodeTypes(),
        };
        foreach (var (name, shape) in Common.Shapes.Append(Common.TriggerLogLine).Concat(GraphMessageShapes.All)) all[name] = shape;
        foreach (var type in types.Types) all[$"Config.{type.Type}"] = Config(type);
        return all;
    }

    private static IEnumerable<(string, JsonObject)> Fields(bool isWhole)
    {
        var star = isWhole ? "*" : "";
        yield return ("name" + star, Shape.Text("Its name.", 1, WorkflowText.MaxName));
        yield return ("description", Shape.Text("What it is for.", max: WorkflowText.MaxDescription));
        yield return ("status", isWhole
            ? Shape.Word("A draft starts nothing and may have errors.", Statuses).Preset("active")
            : Shape.Word("Without it it stays on or off.", Statuses));
        yield return ("trigger" + star, Shape.Ref("Trigger"));
        yield return ("nodes" + star, Shape.List(Shape.Ref("Node"), "The steps.", 1, WorkflowDefinition.MaxNodes));
        yield return ("link_connections" + star, Shape.List(Shape.Ref("Link"), "What follows what.", max: WorkflowDefinition.MaxLinks));
        yield return ("settings", Shape.Ref("Settings"));
    }

    private static JsonObject Node()
    {
        var node = Closed("A step.", BodyFields.Node);
        var fields = node["properties"]!.AsObject();
        fields["id"]!["pattern"] = "^[A-Za-z0-9_-]+$";
        fields["id"]!["maxLength"] = WorkflowLimits.IdLength;
        fields["name"]!["maxLength"] = WorkflowLimits.NameLength;
        fields["config"]!["description"] = "The settings of the step: the shape `Config.TYPE` of its type; GET /api/v1/node-types answers "
            + "them too. Settings that a type does not know are kept.";
        fields["on_error"] = Shape.Word("What the step's failure means for the run.", "fail", "continue", "error_port").Preset("fail");
        fields["retry"] = Shape.Ref("Retry");
        return node;
    }

    private static JsonObject Settings()
    {
        var settings = Closed("What holds for the whole.", BodyFields.Settings);
        settings["properties"]!["concurrency"] = Shape.Ref("Concurrency");
        settings["properties"]!["exit_conditions"] = Shape.Ref("ExitConditions");
        return settings;
    }

    private static JsonObject Workflow() => Shape.Told("A workflow, with the fields that its maker added at the top.",
        ("id", Shape.Id("wf_", "The workflow.")), ("name", Shape.Text("Its name.")), ("description", Shape.Text("What it is for.")),
        ("slug", Shape.Text("Its short name.")), ("isActive", Shape.Flag("Whether it is active.")),
        ("triggerType", Shape.Text("The type of its trigger.")), ("version", Shape.Whole("The active version; 0 for a draft.", 0)),
        ("createdAt", Shape.Time("When it was made.")), ("updatedAt", Shape.Time("When it was changed last.")),
        ("status", Shape.Word("How it stands.", Statuses)),
        ("webhook_target_url?", Shape.Address("Where the outside world posts; of a webhook trigger alone.")),
        ("trigger", Shape.Ref("Trigger")), ("nodes", Shape.List(Shape.Ref("Node"), "The steps.")),
        ("link_connections", Shape.List(Shape.Ref("Link"), "What follows what.")), ("settings?", Shape.Ref("Settings"))).Opened();

    private static JsonObject NodeTypes() => Shape.Told("Step types and trigger types.",
        ("status", Shape.Always("success", "It was found.")),
        ("node_types", Shape.List(Shape.Told("A step type.",
            ("type", Shape.Text("Its name in `nodes`.")), ("title", Shape.Text("What people call it.")),
            ("description", Shape.Text("What it does.")), ("group", Shape.Text("What it belongs to.")),
            ("is_available", Shape.Flag("False: it is kept and given back, and a run fails when it comes to it.")),
            ("waits", Shape.Flag("Whether it can wait.")),
            ("ports", Shape.List(Shape.Text("The name of an exit."), "The exits, the first first.")),
            ("example", Shape.Open("Settings that work.")), ("config_schema", Shape.Open("JSON Schema of its settings.")),
            ("output_schema", Shape.Open("JSON Schema of its output."))))),
        ("trigger_types", Shape.List(Shape.Told("A trigger type.",
            ("type", Shape.Text("Its name in `trigger`.")), ("title", Shape.Text("What people call it.")),
            ("description", Shape.Text("What starts a run.")), ("names_event", Shape.Flag("Whether it needs `event`.")),
            ("has_constraints", Shape.Flag("Whether it takes `constraints`.")),
            ("config_schema", Shape.Open("JSON Schema of its settings."))))));

    private static JsonObject Config(NodeType type)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var w = new Utf8JsonWriter(buffer, GraphJson.Writing)) SchemaJson.Write(w, type.Settings, expressions: true);
        var shape = JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
        shape["description"] = $"The settings of `{type.Type}` ({type.Title}): {type.Description}";
        return shape.Opened();
    }

    // the tables from which docs/workflow-body.md is made
    private static JsonObject Closed(string words, IReadOnlyList<BodyField> fields) => Shape.Sent(words,
        [.. fields.Select(f => (IsNeeded(f) ? f.Name + "*" : f.Name, Field(f)))]).Closed();

    private static bool IsNeeded(BodyField field) => field.Rules.Split(';')[0] == "required";

    private static JsonObject Field(BodyField field)
    {
        var rules = IsNeeded(field) ? field.Rules["required".Length..].TrimStart(';', ' ') : field.Rules;
        var words = Link().Replace(rules.Length == 0 ? field.Meaning : $"{field.Meaning} ({rules})", "$1");
        return field.Kind switch
        {
            "object" => Shape.Open(words),
            "rule" => Shape.Any(words),
            "duration" => Shape.Text(words + " ISO 8601, such as PT30S or P1D.", pattern: "^-?P"),
            "true or false" => Shape.Flag(words),
            "whole number" => Shape.Whole(words, 1),
            "list of text" => Shape.List(Shape.Text("A code."), words),
            _ => Shape.Text(words),
        };
    }

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
