using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Operations.Integrations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>The shapes that the documents dialect takes and answers.</summary>
internal static class DocumentsShapes
{
    private static readonly Dictionary<string, JsonObject> Words = new(StringComparer.Ordinal)
    {
        ["execution_id"] = Shape.Uuid("The execution."),
        ["Executed.status"] = Shape.Always("running", "It was accepted."),
        ["ExecutionItem.status"] = Shape.Word("How it stands.", "running", "completed", "failed", "aborted", "paused"),
        ["StepItem.status"] = Shape.Word("How it stands.", "running", "waiting", "completed", "failed"),
        ["started_at"] = Shape.Time("When it began."),
        ["completed_at"] = Shape.Time("When it was over."),
        ["Executions.executions"] = Shape.Any("The executions."),
        ["Executions.total"] = Shape.Whole("How many there are, where these are not all."),
        ["ExecutionItem.id"] = Shape.Uuid("The execution."),
        ["triggered_by"] = Shape.Text("What started it: `manual`, `scheduled`, `webhook`, `event` or something else."),
        ["execution_log"] = Shape.Any("Its steps in the order in which they began."),
        ["ExecutionItem.error"] = Shape.Any("Why it failed."),
        ["step_id"] = Shape.Text("The step."),
        ["duration_ms"] = Shape.Whole("How long it took, in milliseconds; null while it is not over."),
        ["RunError.code"] = Shape.Text("Why it failed, as a stable name."),
        ["RunError.message"] = Shape.Text("Why it failed, for people."),
        ["workflow_id"] = Shape.Uuid("The workflow."),
        ["cron_expression"] = Shape.Text("Its times, in five fields."),
        ["timezone"] = Shape.Text("The zone of its times."),
        ["enabled"] = Shape.Flag("Whether it starts."),
        ["next_run_at"] = Shape.Time("When it starts next."),
        ["integrations"] = Shape.Any("The integrations."),
        ["IntegrationItem.id"] = Shape.Uuid("The integration."),
        ["name"] = Shape.Text("Its name."),
        ["integration_type"] = Shape.Word("What it is.", IntegrationConfig.AllKinds),
        ["IntegrationItem.config"] = Shape.Open("Its settings; what may be secret is masked."),
        ["created_at"] = Shape.Time("When it was made."),
        ["updated_at"] = Shape.Time("When it was changed last."),
        ["templates"] = Shape.Any("The templates."),
        ["TemplateItem.id"] = Shape.Uuid("The template."),
        ["description"] = Shape.Text("What it is for."),
        ["category"] = Shape.Text("What it belongs to."),
        ["trigger_type"] = Shape.Text("How it starts."),
        ["TemplateItem.trigger_config"] = Shape.Open("The settings of its trigger."),
        ["TemplateItem.definition"] = Shape.Open("Its steps."),
        ["Error.error"] = Shape.Any("What was wrong."),
        ["ErrorFact.code"] = Shape.Text("A stable name of what is wrong."),
        ["ErrorFact.message"] = Shape.Text("What is wrong and what to do, for people."),
        ["details"] = Shape.Open("The fields that are wrong, such as `definition.steps[0].type`, each with what is wrong there."),
    };

    /// <summary>What all dialects have.</summary>
    public static readonly CommonReference Common = new(DocumentsForm.Instance, shape => shape, (name, item, next) =>
        Shape.Told("", [(name, Shape.List(item, "The list.")), .. next is { } end ? new[] { end } : []]));

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
                ["Definition"] = Shape.Sent("What it does. Other fields are kept and come back.",
                    ("steps*", Shape.List(Shape.Ref("Step"), "Steps in their order.", 1))).Opened(),
                ["Step"] = Shape.Sent("A step. Other fields are kept.",
                    ("id*", Shape.Text("Its own name, without control characters. Expressions name it `$node[\"its id\"]`.", 1,
                        StepIds.Longest)),
                    ("type*", Shape.Text("`parse`, `extract`, `transform`, `condition`, `integration`, or any step type of the studio.")),
                    ("config", Shape.Open("Its settings. `transform` takes `expression`, `condition` takes `field`, `operator` and "
                        + "`value`; those of other types are answered by GET /api/v1/node-types."))).Opened(),
                ["TriggerConfig"] = TriggerConfig(),
                ["ScheduleBody"] = Shape.Sent("A schedule.", [.. Times("*")]),
                ["ScheduleChange"] = Shape.Sent("What changes.", [.. Times("")]),
                ["IntegrationBody"] = Shape.Sent("An integration.", [.. Integration("*")]),
                ["IntegrationChange"] = Shape.Sent("What changes.", [.. Integration("")]),
                ["ListedWorkflow"] = Workflow(isWhole: false),
                ["Workflow"] = Workflow(isWhole: true),
                ["WorkflowList"] = Shape.Told("", ("workflows", Shape.List(Shape.Ref("ListedWorkflow"), "The workflows.")),
                    ("total?", Shape.Whole("How many there are, where these are not all."))),
            };
            foreach (var (name, shape) in Common.Shapes) all[name] = shape;
            foreach (var (name, shape) in new MessageShapes(DocumentsJson.Default, Words)
                .Add<ExecutedMessage>().Add<ExecutionsMessage>().Add<ScheduleMessage>().Add<IntegrationsMessage>().Add<TemplatesMessage>()
                .Add<ErrorMessage>().Named) all[name] = shape;
            return all;
        }
    }

    private static IEnumerable<(string, JsonObject)> Fields(string star)
    {
        yield return ("name" + star, Shape.Text("Its name.", 1, WorkflowText.MaxName));
        yield return ("description", Shape.Text("What it is for.", max: WorkflowText.MaxDescription));
        yield return ("definition" + star, Shape.Ref("Definition"));
        yield return ("trigger_type", star.Length > 0
            ? Shape.Word("How it starts.", DocumentsTriggers.Types).Preset("manual")
            : Shape.Word("How it starts.", DocumentsTriggers.Types));
        yield return ("trigger_config", Shape.Ref("TriggerConfig"));
        yield return ("enabled", star.Length > 0 ? Shape.Flag("Whether it starts.").Preset(true) : Shape.Flag("Whether it starts."));
    }

    private static JsonObject TriggerConfig() => Shape.Sent("The settings of the trigger. Others are kept.",
        ("event", Shape.Text("Of `event`: `document.uploaded`, `document.processed`, `extraction.completed`, `chat.message` or any "
            + "other name.")),
        ("eventType", Shape.Text("Another name of event.")),
        ("filters", Shape.Open("Of `event`: what the fields of its data have to be. A list means one of its values; `x_min` and "
            + "`x_max` bound the field `x`; an object looks into a field.")),
        ("eventFilters", Shape.Open("Another name of filters.")),
        ("constraints", Shape.Open("A rule of JSON Logic that sees the event as `data`.")),
        ("cron_expression", Shape.Text("Of `scheduled`: five fields.")), ("timezone", Shape.Text("Of `scheduled`: the IANA zone.")),
        ("cors_allowed_origins", Shape.List(Shape.Text("An origin, or `*`."), "Of `webhook`: the pages that may post."))).Opened();

    private static IEnumerable<(string, JsonObject)> Times(string star)
    {
        yield return ("cron_expression" + star, Shape.Text("Five fields, such as `0 9 * * 1-5`."));
        yield return ("timezone", Shape.Text("The IANA zone; the workspace's where none is given."));
        yield return ("enabled", Shape.Flag("Whether it starts."));
    }

    private static IEnumerable<(string, JsonObject)> Integration(string star)
    {
        yield return ("name" + star, Shape.Text("Its name."));
        yield return ("integration_type" + star, Shape.Word("What it is.", IntegrationConfig.AllKinds));
        yield return ("config" + star, Shape.Open("Of slack `webhook_url` (needed) and `channel`; of email `to` (needed), `subject` and "
            + "`template`; of webhook `url` (needed), `method` and `headers`."));
        yield return ("workflow_id", Shape.Text("The workflow that it is for."));
    }

    private static JsonObject Workflow(bool isWhole)
    {
        (string, JsonObject)[] fields =
        [
            ("id", Shape.Uuid("The workflow.")), ("name", Shape.Text("Its name.")), ("description", Shape.Text("What it is for.")),
            ("trigger_type", Shape.Text("How it starts.")), ("trigger_config", Shape.Ref("TriggerConfig")),
            ("enabled", Shape.Flag("Whether it starts.")), ("created_at", Shape.Time("When it was made.")),
        ];
        if (isWhole)
            fields =
            [
                .. fields, ("updated_at", Shape.Time("When it was changed last.")),
                ("webhook_url?", Shape.Address("Where the outside world posts, where its trigger is a webhook.")),
                ("definition", Shape.Told("What it does.",
                    ("steps", Shape.List(Shape.Ref("Step"), "Steps in their order; none where they branch.")))),
                ("expressible?", Shape.Flag("False where it branches.")),
            ];
        return Shape.Told("A workflow, with the fields that its maker added.", fields).Opened();
    }
}
