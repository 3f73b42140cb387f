using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>What the services dialect says of itself.</summary>
internal sealed class ServicesReference : IDialectReference
{
    private const string Workflows = "Workflows";
    private const string RunsGroup = "Runs";

    public IDialect Dialect => ServicesDialect.Instance;

    public string Title => "Services";

    public int Validation => StatusCodes.Status400BadRequest;

    public int KeyConflict => StatusCodes.Status409Conflict;

    public string Words => """
        Steps one after the other, by a schedule or by hand, below `/api/v1/services/workflows`.

        This API is for servers: what a page of another origin sends from a browser is refused with 403. `X-Request-Id` comes back as
        `Softsolz-Request-Id`.

        Bodies are JSON in UTF-8, at most 1 MiB. Times are UTC, whole seconds. Every form of an id is taken: the UUID or `wf_…`. One thing
        is answered as `{"data": {…}}`, a list as `{"data": […], "meta": {…}}`.
        """;

    public IReadOnlyDictionary<string, JsonObject> Shapes => ServicesShapes.All;

    public IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Get("/workflows", Workflows, "List workflows") with
        {
            More = "The last changed first: every workflow that can be told here, whoever made it.",
            Parameters = [.. Pages(ListWorkflows.MaxTake)], Answers = [new(200, "A page of workflows.", Shape.Ref("WorkflowPage"))],
        },
        Post("/workflows", Workflows, "Create a workflow") with
        {
            Body = Shape.Ref("WorkflowBody"), IsTagged = true,
            Answers = [new(201, "It was stored.", Shape.Ref("OneWorkflow")) { HasLocation = true }],
        },
        Get("/workflows/{id}", Workflows, "Read a workflow") with { IsTagged = true, Answers = [One("The workflow.")] },
        Patch("/workflows/{id}", Workflows, "Change a workflow") with
        {
            More = "The fields that are sent are changed.", Body = Shape.Ref("WorkflowChange"), IsTagged = true,
            Conflict = "It branches, or starts in a way that cannot be told here, and that would be lost.",
            Answers = [One("It was changed.")],
        },
        Put("/workflows/{id}", Workflows, "Replace a workflow") with
        {
            More = "The body is the whole of it, as for a new one; without a `status` it stays on or off.",
            Body = Shape.Ref("WorkflowBody"), IsTagged = true,
            Conflict = "It branches, or starts in a way that cannot be told here, and that would be lost.",
            Answers = [One("It was replaced.")],
        },
        Delete("/workflows/{id}", Workflows, "Delete a workflow") with { More = "Unfinished runs are canceled." },
        Post("/workflows/{id}/pause", Workflows, "Pause a workflow") with
        { IsTagged = true, Answers = [One("Nothing starts it any more.")] },
        Post("/workflows/{id}/resume", Workflows, "Resume a workflow") with { IsTagged = true, Answers = [One("It starts again.")] },
        Post("/workflows/{id}/run", RunsGroup, "Start a run") with
        {
            More = "Enqueues a run by hand and answers at once.",
            Body = Shape.Open("The data of the run: `$initialPayload`."), BodyMayBeMissing = true,
            Conflict = "A run started in the last 30 seconds, whatever started it, or the workflow is paused.",
            Answers = [new(201, "The run was accepted.", Shape.Ref("Run")) { HasLocation = true }],
        },
        Get("/runs", RunsGroup, "List runs of all workflows") with
        {
            More = "The newest first.", Parameters = [.. Pages(ListDialectRuns.MaxTake)],
            Answers = [new(200, "A page of runs.", Shape.Ref("Runs"))],
        },
        Get("/workflows/{id}/runs", RunsGroup, "List runs of a workflow") with
        {
            More = "The newest first.", Parameters = [.. Pages(ListDialectRuns.MaxTake)],
            Answers = [new(200, "A page of runs.", Shape.Ref("Runs"))],
        },
        ServicesShapes.Common.Log("/runs/{id}/logs", RunsGroup),
        .. ServicesShapes.Common.Webhooks("/webhooks", [.. Pages(100)]),
        Get("/action-catalog", Workflows, "List step types").Answering(200, "The step types that the reference text names.",
            Shape.Ref("Catalog")),
    ];

    public string IdWords(string before, string name) => before switch
    {
        "runs" => "The run: a UUID.",
        "webhooks" => "The webhook: a UUID.",
        "deliveries" => "The delivery: `evt_…`.",
        _ => "The workflow: a UUID.",
    };

    private static DescribedAnswer One(string words) => new(200, words, Shape.Ref("OneWorkflow"));

    private static IEnumerable<DescribedParameter> Pages(int most) =>
    [
        new("limit", Shape.Whole($"How many; more than {most} is cut to it.", 1).Preset(50)),
        new("offset", Shape.Whole("How many are left out at the beginning.", 0).Preset(0)),
    ];
}
