using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>What the blocks dialect says of itself.</summary>
internal sealed class BlocksReference : IDialectReference
{
    private const string Workflows = "Workflows";
    private const string Runs = "Runs";
    private const string Catalog = "What workflows are made of";

    public IDialect Dialect => BlocksDialect.Instance;

    public string Title => "Blocks";

    public int Validation => StatusCodes.Status400BadRequest;

    public string Words => """
        Workflows as lists of steps, with blocks in which steps are nested, below `/workflows`.

        A workflow is made as a draft: while it is active, a change makes a new version that does not run until it is activated.

        Bodies are JSON in UTF-8, at most 1 MiB. Times are UTC, whole seconds. Every form of an id is taken: the UUID or `wf_…`. Events are
        sent by `POST /api/v1/events`, which the graph document tells.
        """;

    public IReadOnlyDictionary<string, JsonObject> Shapes => BlocksShapes.All;

    public IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Post("", Workflows, "Create a workflow") with
        {
            More = "The first version: a draft that does not run. Any list is taken as `workflow_blocks`; what is wrong stands in the "
                + "answer of `POST /workflows/validate`, and keeps the workflow from being activated.",
            Body = Shape.Ref("WorkflowBody"), IsTagged = true,
            Answers = [new(201, "It was stored.", Shape.Ref("Version")) { HasLocation = true }],
        },
        Get("", Workflows, "List workflows") with
        {
            More = "The last changed first, each in its newest version. Every workflow of the workspace that the key sees is listed, "
                + "whoever made it.",
            Parameters = [.. Pages(), new("search", Shape.Text("Only those with this in name, description or tags."))],
            Answers = [new(200, "A page of workflows.", Shape.Ref("WorkflowPage"))],
        },
        Get("/{id}", Workflows, "Read a workflow") with { IsTagged = true, Answers = [Version("The newest version.")] },
        Patch("/{id}", Workflows, "Change a workflow") with
        {
            More = "Makes a new version that does not run yet. What is left out stays; `workflow_blocks` are replaced whole.",
            Body = Shape.Ref("WorkflowChange"), IsTagged = true, Answers = [Version("The new version.")],
        },
        Delete("/{id}", Workflows, "Delete a workflow") with { More = "Unfinished runs are canceled." },
        Post("/{id}/activate", Workflows, "Activate a workflow") with
        { More = "The newest version runs from now on.", IsTagged = true, Answers = [Version("The version that runs.")] },
        Post("/{id}/deactivate", Workflows, "Deactivate a workflow") with
        { More = "Nothing starts it any more.", IsTagged = true, Answers = [Version("The newest version.")] },
        Post("/{id}/trigger", Runs, "Start a run") with
        {
            More = "By hand: the constraints of the trigger are not asked.", Body = Shape.Open("The data of the run: `$initialPayload`."),
            BodyMayBeMissing = true, Conflict = "The workflow is not active.",
            Answers = [new(202, "The run was accepted.", Shape.Ref("Run")) { HasLocation = true }],
        },
        Get("/{id}/runs", Runs, "List runs of a workflow") with
        {
            More = "The newest first.",
            Parameters =
            [
                .. Pages(), new("status", Shape.Text("Only those that stand so: `idle`, `in_progress`, `completed`, `failed`, `canceled`, "
                    + "separated by commas.")),
                new("trigger_cause", Shape.Text("Only those that were started so: `automatic`, `manual`, `scheduled`, separated by "
                    + "commas.")),
                new("search", Shape.Text("Only those with this in whom they are about.")),
            ],
            Answers = [new(200, "A page of runs.", Shape.Ref("RunPage"))],
        },
        Get("/{id}/runs/{run}", Runs, "Read a run").Answering(200, "The run.", Shape.Ref("Run")),
        BlocksShapes.Common.Log("/{id}/runs/{run}/logs", Runs),
        .. BlocksShapes.Common.Webhooks("/webhooks", [.. Pages()]),
        Get("/definitions", Catalog, "List triggers, actions and blocks").Answering(
            200, "The triggers, actions and blocks, each with the JSON Schema of its input.", Shape.Ref("Definitions")),
        Post("/validate", Catalog, "Check some blocks") with
        {
            More = "Nothing is stored.", Body = Shape.Sent("", ("trigger_type*", BlocksShapes.TriggerType()),
                ("workflow_blocks*", BlocksShapes.Blocks())),
            Answers = [new(200, "What was found.", Shape.Ref("Validation"))],
        },
    ];

    public string IdWords(string before, string name) => before switch
    {
        "runs" => "The run: a UUID.",
        "webhooks" => "The webhook: a UUID.",
        "deliveries" => "The delivery: `evt_…`.",
        _ => "The workflow: a UUID.",
    };

    private static DescribedAnswer Version(string words) => new(200, words, Shape.Ref("Version"));

    private static IEnumerable<DescribedParameter> Pages() =>
    [
        new("page", Shape.Whole("Which page.", 1).Preset(1)),
        new("limit", Shape.Whole($"How many on a page; more than {BlocksWorkflows.MaxLimit} is cut to "
            + "it.", 1).Preset(BlocksWorkflows.DefaultLimit)),
    ];
}
