using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Operations.Workflows;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>What the documents dialect says of itself.</summary>
internal sealed class DocumentsReference : IDialectReference
{
    private const string Workflows = "Workflows";
    private const string Executions = "Executions";
    private const string Schedules = "Schedules";
    private const string Integrations = "Integrations";
    private const string Templates = "Templates";
    private const string Webhooks = "Webhooks";
    private const string Branches = "It branches, and that would be lost.";

    public IDialect Dialect => DocumentsDialect.Instance;

    public string Title => "Documents";

    public int Validation => StatusCodes.Status400BadRequest;

    public string Words => """
        Triggers and steps for documents, below `/api/workflows`.

        Bodies are JSON in UTF-8, at most 1 MiB. Times are UTC, whole seconds. Every form of an id is taken: the UUID or `wf_…`. One thing
        is answered bare, a list under its name. Events are sent by `POST /api/v1/events`, which the graph document tells.
        """;

    public IReadOnlyDictionary<string, JsonObject> Shapes => DocumentsShapes.All;

    public IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Get("", Workflows, "List workflows") with
        {
            More = "The last changed first, without their `definition`: every workflow whose steps follow each other, whoever made it.",
            Parameters =
            [
                new("limit", Shape.Whole($"How many; more than {DocumentsWorkflows.MaxLimit} is cut to it.", 1)
                    .Preset(DocumentsWorkflows.MaxLimit)),
                new("offset", Shape.Whole("How many are left out at the beginning.", 0).Preset(0)),
            ],
            Answers = [new(200, "The workflows.", Shape.Ref("WorkflowList"))],
        },
        Post("", Workflows, "Create a workflow") with
        {
            Body = Shape.Ref("WorkflowBody"), IsTagged = true,
            Answers = [new(201, "It was stored.", Shape.Ref("Workflow")) { HasLocation = true }],
        },
        Get("/{id}", Workflows, "Read a workflow") with { IsTagged = true, Answers = [new(200, "The workflow.", Shape.Ref("Workflow"))] },
        Put("/{id}", Workflows, "Update a workflow") with
        {
            More = "The fields that are sent are changed.", Body = Shape.Ref("WorkflowChange"), IsTagged = true, Conflict = Branches,
            Answers = [new(200, "It was changed.", Shape.Ref("Workflow"))],
        },
        Delete("/{id}", Workflows, "Delete a workflow") with { More = "Unfinished runs are canceled." },
        Post("/{id}/execute", Executions, "Execute a workflow") with
        {
            More = "Starts it by hand.", Body = Shape.Sent("", ("trigger_data", Shape.Open("The data of the run."))),
            BodyMayBeMissing = true,
            Conflict = "The workflow is not enabled.",
            Answers = [new(202, "It was accepted.", Shape.Ref("Executed")) { HasLocation = true }],
        },
        Get("/{id}/executions", Executions, "List executions of a workflow") with
        {
            More = "The newest first.",
            Parameters =
            [
                new("limit", Shape.Whole("Results per page; more than 100 is cut to it.", 1).Preset(20)),
                new("offset", Shape.Whole("How many are left out at the beginning.", 0).Preset(0)),
                new("execution_id", Shape.Text("Filter by specific execution.")),
            ],
            Answers = [new(200, "The executions.", Shape.Ref("Executions"))],
        },
        DocumentsShapes.Common.Log("/{id}/executions/{run}/logs", Executions),
        Get("/{id}/schedule", Schedules, "Read the schedule of a workflow").Answering(200, "The schedule.", Shape.Ref("Schedule")),
        Post("/{id}/schedule", Schedules, "Create a schedule for a workflow") with
        {
            Body = Shape.Ref("ScheduleBody"), Conflict = "There is a schedule.",
            Answers = [new(201, "It was stored.", Shape.Ref("Schedule")) { HasLocation = true }],
        },
        Put("/{id}/schedule", Schedules, "Update the schedule of a workflow") with
        {
            More = "The fields that are sent are changed.", Body = Shape.Ref("ScheduleChange"),
            Answers = [new(200, "It was changed.", Shape.Ref("Schedule"))],
        },
        Delete("/{id}/schedule", Schedules, "Delete the schedule of a workflow"),
        Get("/integrations", Integrations, "List integrations") with
        {
            Parameters = [new("workflow_id", Shape.Text("Filter by workflow."))],
            Answers = [new(200, "The integrations, their secrets masked.", Shape.Ref("Integrations"))],
        },
        Post("/integrations", Integrations, "Create an integration") with
        {
            Body = Shape.Ref("IntegrationBody"),
            Answers = [new(201, "It was stored.", Shape.Ref("IntegrationItem")) { HasLocation = true }],
        },
        Put("/integrations", Integrations, "Update an integration") with
        {
            More = "The fields and settings that are sent are changed; a mask that is sent back leaves the value, null takes a "
                + "setting away.",
            NamesOthers = true, Parameters = [Which()], Body = Shape.Ref("IntegrationChange"),
            Answers = [new(200, "It was changed.", Shape.Ref("IntegrationItem"))],
        },
        Delete("/integrations", Integrations, "Delete an integration") with { NamesOthers = true, Parameters = [Which()] },
        Get("/templates", Templates, "List templates") with
        {
            Parameters = [new("category", Shape.Word("Filter by category.", DocumentsTemplates.Categories))],
            Answers = [new(200, "The templates.", Shape.Ref("Templates"))],
        },
        Post("/templates", Templates, "Create a workflow from a template") with
        {
            Body = Shape.Sent("", ("template_id*", Shape.Uuid("The template.")),
                ("name", Shape.Text("In the place of its name.", 1, WorkflowText.MaxName)),
                ("description", Shape.Text("In the place of its description.", max: WorkflowText.MaxDescription))),
            NamesOthers = true, IsTagged = true,
            Answers = [new(201, "The workflow was stored.", Shape.Ref("Workflow")) { HasLocation = true }],
        },
        .. DocumentsShapes.Common.Webhooks("/webhooks").Select(a => a with { Prefix = "/api" }),
        Post("/n8n/hooks", Webhooks, "Create a webhook for n8n") with
        {
            Prefix = "/api", More = "The same in the words of n8n.",
            Body = Shape.Sent("", ("hookUrl*", Shape.Text("Where deliveries are sent.")), ("event*", Shape.Text("What it is told of."))),
            Answers = [new(201, "It was stored.", Shape.Ref("NewWebhook")) { HasLocation = true }],
        },
        Delete("/n8n/hooks/{id}", Webhooks, "Delete a webhook for n8n") with { Prefix = "/api" },
        Get("/health", "Server", "Ask whether the studio is there") with
        { Prefix = "/api", Answers = [new(200, "It is.", Shape.Told("", ("status", Shape.Always("ok", "It is there."))))] },
    ];

    public string IdWords(string before, string name) => before switch
    {
        "executions" => "The execution: a UUID.",
        "webhooks" or "hooks" => "The webhook: a UUID.",
        "deliveries" => "The delivery: `evt_…`.",
        _ => "The workflow: a UUID.",
    };

    private static DescribedParameter Which() => new("id", Shape.Text("The integration: a UUID.")) { IsNeeded = true };
}
