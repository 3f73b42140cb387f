using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>The shapes that the services dialect takes and answers.</summary>
internal static class ServicesShapes
{
    private static readonly string[] Statuses = ["active", "paused"];
    private static readonly string[] Visibilities = ["private", "tenant", "shared"];

    private static readonly Dictionary<string, JsonObject> Words = new(StringComparer.Ordinal)
    {
        ["Run.data"] = Shape.Any("The run."),
        ["Runs.data"] = Shape.Any("The runs."),
        ["Catalog.data"] = Shape.Any("The step types."),
        ["meta"] = Shape.Any("Which part of the list it is."),
        ["run_id"] = Shape.Uuid("The run; it is listed by `GET …/workflows/{id}/runs`."),
        ["workflow_id"] = Shape.Uuid("The workflow."),
        ["workflow_name"] = Shape.Text("Its name."),
        ["RunQueued.status"] = Shape.Always("queued", "It waits for its turn."),
        ["RunItem.status"] = Shape.Word("How it stands.", "queued", "running", "completed", "failed", "paused", "canceled"),
        ["trigger"] = Shape.Text("What started it: `schedule`, `manual` or something else."),
        ["steps_done"] = Shape.Whole("The steps that have run to their end."),
        ["steps_total"] = Shape.Whole("The steps of the workflow."),
        ["started_at"] = Shape.Time("When it began."),
        ["finished_at"] = Shape.Time("When it was over."),
        ["RunItem.error"] = Shape.Any("Why it failed."),
        ["limit"] = Shape.Whole("How many at most."),
        ["offset"] = Shape.Whole("How many are left out at the beginning."),
        ["has_more"] = Shape.Flag("Whether others follow."),
        ["step_type"] = Shape.Text("Its name in `steps`."),
        ["CatalogItem.name"] = Shape.Text("What people call it."),
        ["category"] = Shape.Word("What it is for.", "delivery", "action", "summary"),
        ["description"] = Shape.Text("What it does."),
        ["requires_delivery"] = Shape.Flag("Whether a delivery has to stand beside it."),
        ["config_schema"] = Shape.Open("JSON Schema of its `step_config`."),
        ["Error.error"] = Shape.Any("What was wrong."),
        ["code"] = Shape.Text("A stable name of what is wrong."),
        ["message"] = Shape.Text("What is wrong and what to do, for people."),
        ["details"] = Shape.Any("The fields that are wrong."),
        ["field"] = Shape.Text("The field, such as `steps[0].step_type`."),
    };

    /// <summary>What all dialects have.</summary>
    public static readonly CommonReference Common = new(
        ServicesForm.Instance, shape => Shape.Told("", ("data", shape)), (_, item, next) => Shape.Told(
            "", ("data", Shape.List(item, "The list.")), ("meta", next is not { } end ? Shape.Ref("PageMeta")
                : Shape.Told("Where it ends.", ("limit", Shape.Whole("How many at most.")), end))));

    /// <summary>Every shape by its name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All
    {
        get
        {
            var all = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal)
            {
                ["WorkflowBody"] = Shape.Sent("A whole workflow. Fields that are not named here are kept and come "
                    + "back.", [.. Fields("*")]).Opened(),
                ["WorkflowChange"] = Shape.Sent("What changes. What is left out stays.", [.. Fields("")]).Opened(),
                ["StepBody"] = StepBody(),
                ["Step"] = Shape.Told("A step.",
                    ("step_type", Shape.Text("What it does.")), ("step_config", Shape.Open("Its settings."))).Opened(),
                ["Workflow"] = Workflow(),
                ["OneWorkflow"] = Shape.Told("", ("data", Shape.Ref("Workflow"))),
                ["WorkflowPage"] = Shape.Told("", ("data", Shape.List(Shape.Ref("Workflow"))), ("meta", Shape.Ref("PageMeta"))),
            };
            foreach (var (name, shape) in Common.Shapes) all[name] = shape;
            foreach (var (name, shape) in new MessageShapes(ServicesJson.Default, Words)
                .Add<RunMessage>().Add<RunsMessage>().Add<CatalogMessage>().Add<ErrorMessage>().Named) all[name] = shape;
            return all;
        }
    }

    private static IEnumerable<(string, JsonObject)> Fields(string star)
    {
        yield return ("name" + star, Shape.Text("Workflow name.", 1, WorkflowBody.MaxName));
        yield return ("steps" + star,
            Shape.List(Shape.Ref("StepBody"), "The steps in their order. Summary steps need a delivery step beside "
            + "them: send_email or create_notification.", 1));
        yield return ("description", Shape.Text("What it is for.", max: WorkflowBody.MaxDescription).OrNull());
        yield return ("trigger_type", Shape.Word("How it starts.", ServicesTranslator.Triggers).Preset(ServicesTranslator.Triggers[0]));
        yield return ("cron_expression", Shape.Text("Five fields; needed where trigger_type is schedule.").OrNull());
        yield return ("schedule", Shape.Text("Another name of cron_expression.").OrNull());
        yield return ("timezone", Shape.Text("The IANA zone of the schedule.").Preset("UTC"));
        yield return ("status", star.Length > 0
            ? Shape.Word("Whether it starts.", Statuses).Preset("active") : Shape.Word("Whether it starts.", Statuses));
        yield return ("visibility", Shape.Word("Who sees it.", Visibilities).Preset("tenant"));
        yield return ("shared_user_ids", Shape.List(Shape.Uuid("A user."), "With whom it is shared, where visibility is shared."));
        yield return ("shared_role_ids", Shape.List(Shape.Uuid("A role."), "With whom it is shared, where visibility is shared."));
    }

    // the table of the reference text and its example have two names for one field
    private static JsonObject StepBody()
    {
        var types = string.Join(", ", ServicesSteps.All.Select(s => $"`{s.Type}`"));
        var step = Shape.Sent("A step. Each field has two names; where both are sent they have to say the same.",
            ("step_type", Shape.Text($"What it does: {types}, or any other step type of the studio.")),
            ("type", Shape.Text("Another name of step_type.")),
            ("step_config", Shape.Open("Its settings; GET /action-catalog answers their schemas. `send_email` takes `to` and `subject`, "
                + "summaries take `date_range`.")),
            ("config", Shape.Open("Another name of step_config."))).Opened();
        step["anyOf"] = new JsonArray([.. new[] { "step_type", "type" }.Select(f => new JsonObject { ["required"] = new JsonArray(f) })]);
        return step;
    }

    private static JsonObject Workflow() => Shape.Told("A workflow, with the fields that its maker added.",
        ("id", Shape.Uuid("The workflow.")), ("name", Shape.Text("Its name.")), ("description", Shape.Text("What it is for.").OrNull()),
        ("trigger_type", Shape.Text("How it starts: `schedule`, `manual`, or what cannot be told here.")),
        ("cron_expression", Shape.Text("Its times.").OrNull()), ("timezone", Shape.Text("The zone of its times.")),
        ("status", Shape.Word("Whether it starts.", Statuses)), ("visibility", Shape.Word("Who sees it.", Visibilities)),
        ("shared_user_ids", Shape.List(Shape.Uuid("A user."), "With whom it is shared.")),
        ("shared_role_ids", Shape.List(Shape.Uuid("A role."), "With whom it is shared.")),
        ("steps", Shape.List(Shape.Ref("Step"), "The steps in their order; none where they branch.")),
        ("next_run_at", Shape.Time("When its schedule starts it next.").OrNull()),
        ("created_at", Shape.Time("When it was made.")), ("updated_at", Shape.Time("When it was changed last.")),
        ("expressible?", Shape.Flag("False where it branches, or starts in a way that cannot be told here."))).Opened();
}
