using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The shapes that the blocks dialect takes and answers.</summary>
internal static class BlocksShapes
{
    /// <summary>What all dialects have.</summary>
    public static readonly CommonReference Common = new(BlocksForm.Instance, shape => shape, (name, item, next) => Shape.Told(
        "", [(name, Shape.List(item, "The list.")), .. next is { } end ? [end] : Totals()]));

    /// <summary>Every shape by its name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All => new SortedDictionary<string, JsonObject>(
        Common.Shapes.ToDictionary(), StringComparer.Ordinal)
    {
        ["WorkflowBody"] = Shape.Sent("A whole workflow.", [.. Fields("*")]),
        ["WorkflowChange"] = Shape.Sent("What changes. What is left out stays.", [.. Fields("")]),
        ["Action"] = Shape.Sent("A step. What else it holds is kept.",
        [
            ("$kind*", Shape.Always("Action", "It is a step.")),
            ("id", Shape.Text("What expressions call it; one is made where none is given.")),
            ("type*", Shape.Text("What it does; GET /workflows/definitions answers the types.")),
            ("name", Shape.Text("What people call it.")),
            ("input", Shape.Open("Its settings. `{{step_id.output.field}}` refers to a step before.")),
            ("branches", Branches("Lists of steps behind its other ports, `error` among them.")), .. OfNodes(),
        ]).Opened(),
        ["Block"] = Shape.Sent("A block. What follows it in its list follows all of its branches.",
        [
            ("$kind*", Shape.Always("Block", "It is a block.")), ("id", Shape.Text("What expressions call it.")),
            ("type*", Shape.Word("What it does.", BlockTypes.All.Select(b => b.Block))),
            ("inputs", Shape.Open("Its settings; GET /workflows/definitions answers their schemas.")),
            ("branches", Branches("if-else: `then` and `else`; switch: one for each case and `default`; for-each: `body`; parallel: of any "
                + "names; wait: none.")),
            .. OfNodes(),
        ]).Opened(),
        ["Version"] = Version(),
        ["WorkflowPage"] = Page("workflows", "Version"),
        ["Run"] = Run(),
        ["RunPage"] = Page("runs", "Run"),
        ["Validation"] = Shape.Told("What was found.",
            ("valid", Shape.Flag("Whether it would run.")),
            ("issues", Shape.List(Shape.Told("What is wrong.",
                ("step_id", Shape.Text("The step; `trigger` for what starts it.").OrNull()),
                ("message", Shape.Text("What is wrong with it."))))),
            ("action_types_used", Shape.List(Shape.Text("A type."), "The types of the actions, each once."))),
        ["Definitions"] = Shape.Told("What workflows are made of.",
            ("trigger_types", Shape.List(Shape.Told("A trigger.",
                [.. Told("In `trigger_type`."), ("event?", Shape.Text("The event that starts it."))]))),
            ("action_types", Shape.List(Shape.Told("An action.",
                [.. Told("In `type`."), ("available", Shape.Flag("False: it is kept, and a run fails when it comes to it."))]))),
            ("block_types", Shape.List(Shape.Told("A block.",
                [.. Told("In `type`."), ("branches", Shape.List(Shape.Text("A branch."), "The branches that it always has."))])))),
        ["Error"] = Shape.Told("Why it was not done.",
            ("statusCode", Shape.Whole("The status.")),
            ("message", Shape.Either("What is wrong and what to do. Where fields are wrong it is a list, each entry with its place "
                + "before it.",
                Shape.Text(""), Shape.List(Shape.Text("A place, and what is wrong there.")))),
            ("error", Shape.Text("The status in words."))),
    };

    /// <summary>What starts a workflow.</summary>
    public static JsonObject TriggerType() => Shape.Word(
        "What starts the workflow: `manual-trigger` for on-demand execution, `ai-trigger` for AI-initiated, `webhook` for external HTTP "
        + "triggers, `cron-trigger` for scheduled runs, or the event of its name.", BlocksTriggers.Types);

    /// <summary>Steps and blocks that are sent: anything is taken, so that a draft can be half-finished.</summary>
    public static JsonObject Blocks() =>
        Shape.List(Shape.Either("", Shape.Ref("Action"), Shape.Ref("Block"), Shape.Any("Anything else, in a draft.")),
        "Array of workflow steps and control-flow blocks.");

    private static IEnumerable<(string, JsonObject)> Fields(string star)
    {
        yield return ("name" + star, Shape.Text("Workflow name.", 1));
        yield return ("trigger_type" + star, TriggerType());
        yield return ("workflow_blocks" + star, star.Length > 0 ? Blocks() : Blocks().OrNull());
        yield return ("description", Shape.Text("Workflow description.").OrNull());
        yield return ("trigger_configuration", Shape.Any("Trigger-specific configuration (e.g. cron expression for cron-trigger)."));
        yield return ("trigger_constraints",
            Shape.Any("JSON Logic constraints that must be satisfied for the trigger to fire; null for none."));
        yield return ("workflow_editor_state", Shape.Any("React Flow editor state (nodes, edges, viewport); kept, never answered."));
        yield return ("settings", Shape.Open("What holds for the whole: `timezone`, `timeout`, `concurrency`, `exit_conditions`, "
            + "`error_workflow`, `variables`, as the graph document tells."));
    }

    // of a node, what a step may have besides
    private static IEnumerable<(string, JsonObject)> OfNodes() =>
    [
        ("on_error", Shape.Word("What its failure means for the run.", "fail", "continue", "error_port").Preset("fail")),
        ("retry", Shape.Open("How often it is tried again: `attempts`, `delay`, `exponential`, `jitter`, `codes`.")),
        ("timeout", Shape.Text("The longest time of one try: ISO 8601, such as PT30S.")),
        ("disabled", Shape.Flag("Whether it is passed through.").Preset(false)),
        ("closed", Shape.List(Shape.Text("A port."), "Ports after which nothing follows, although something follows the step.")),
        ("groups", Shape.List(Shape.Open("`branches`, and `then`: what follows them."), "Branches that come together before the "
            + "others do.")),
    ];

    private static JsonObject Branches(string words)
    {
        var branches = Shape.Open(words);
        branches["additionalProperties"] = Blocks();
        return branches;
    }

    private static JsonObject Version() => Shape.Told("A version of a workflow: the newest.",
        ("id", Shape.Whole("Version serial id; 0 for a draft of the studio.")),
        ("workflow_id", Shape.Uuid("Workflow UUID (groups all versions of the same workflow).")), ("name", Shape.Text("Workflow name.")),
        ("description", Shape.Text("Workflow description.").OrNull()),
        ("is_active", Shape.Flag("Whether this version is currently active.")),
        ("trigger_type", Shape.Text("What starts it.")), ("version_number", Shape.Whole("Version number (increments with each edit).")),
        ("created_at", Shape.Time("When the workflow was made.")), ("updated_at", Shape.Time("When it was changed last.")),
        ("workflow_blocks", Blocks().OrNull()), ("trigger_configuration", Shape.Any("Trigger-specific configuration.")),
        ("trigger_constraints", Shape.Any("Trigger constraint rules (JSON Logic).")),
        ("webhook_url", Shape.Address("Trigger URL for webhook-type workflows. Null for non-webhook workflows.").OrNull()),
        ("workflow_blocks_missing?", Shape.Text("Why it cannot be told as blocks.")),
        ("settings?", Shape.Open("What holds for the whole.")));

    private static JsonObject Run() => Shape.Told("A run.",
        ("id", Shape.Uuid("The run.")), ("workflow_id", Shape.Whole("The serial id of the version that it runs.").OrNull()),
        ("status", Shape.Word("How it stands.", Enum.GetValues<RunStatus>().Select(BlocksAnswers.Word).Distinct())),
        ("trigger_cause", Shape.Word("What started it.", BlocksAnswers.Automatic, BlocksAnswers.Manual, BlocksAnswers.Scheduled)),
        ("duration_in_seconds", Shape.Number("How long it took.").OrNull()), ("run_started_at", Shape.Time("When it began.").OrNull()),
        ("run_ended_at", Shape.Time("When it was over.").OrNull()), ("is_test_run", Shape.Flag("Whether it tests a draft.")),
        ("created_at", Shape.Time("When it was accepted.")),
        ("error?", Shape.Told("Why it failed.",
            ("code", Shape.Text("As a stable name.")), ("message", Shape.Text("For people.").OrNull()))));

    private static JsonObject Page(string name, string item) =>
        Shape.Told("", [(name, Shape.List(Shape.Ref(item), "The page.")), .. Totals()]);

    private static (string, JsonObject)[] Totals() =>
    [
        ("total_items", Shape.Whole("How many in all.")), ("total_pages", Shape.Whole("How many pages.")),
        ("has_next_page", Shape.Flag("Whether another follows.")), ("current_page", Shape.Whole("The page, from 1.")),
    ];

    private static IEnumerable<(string, JsonObject)> Told(string where) =>
    [
        ("type", Shape.Text($"Its name. {where}")), ("title", Shape.Text("What people call it.")),
        ("description", Shape.Text("What it does.")),
        ("input_schema", Shape.Open("JSON Schema of its input.")),
    ];
}
