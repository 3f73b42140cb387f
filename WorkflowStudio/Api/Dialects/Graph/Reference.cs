using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>What the graph dialect says of itself.</summary>
internal sealed class GraphReference(NodeCatalog types) : IDialectReference
{
    private const string Workflows = "Workflows";
    private const string Starting = "Starting runs";
    private const string Runs = "Runs";
    private const string House = "Workspace";

    public IDialect Dialect => GraphDialect.Instance;

    public string Title => "Graph";

    public int Validation => StatusCodes.Status422UnprocessableEntity;

    public string Words => """
        Workflows as nodes and links, below `/api/v1`.

        **Two dialects share `/api/v1/workflows`, `/api/v1/webhooks` and `/api/v1/contacts/{id}`.** A request with the header
        `X-TWS-Practice-ID` (any value) speaks graph. Without it the body of a workflow tells: `nodes`, `link_connections` or an object `trigger` are graph's, `steps` and
        `triggerType` are those of sequences, and both at once are refused with 422. Where nothing tells, sequences answers, so send the
        header with every request.

        Bodies are JSON in UTF-8, at most 1 MiB. Times are UTC, whole seconds. Every form of an id is taken: `wf_…` or the plain UUID.
        Fields of an answer that have no value are left out.
        """;

    public IReadOnlyDictionary<string, JsonObject> Shapes => GraphShapes.All(types);

    public IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Post("/workflows", Workflows, "Create a workflow") with
        {
            More = "A graph with errors is refused and nothing is stored. A draft may have errors: then `nodes_integrity_check` is "
                + "`failed` and `errors` says why it cannot be published.",
            Body = Shape.Ref("WorkflowBody"), Parameters = [Practice()], IsTagged = true,
            Answers = [new(201, "The workflow was stored.", Shape.Ref("Created")) { HasLocation = true }],
        },
        Get("/workflows", Workflows, "List workflows") with
        {
            More = "The last changed first. Every workflow of the workspace that the key sees is listed, whoever made it.",
            Parameters =
            [
                Practice(), .. Pages(ListWorkflows.MaxTake), new("status", Shape.Word("Only those that stand so.", GraphShapes.Statuses)),
                new("search", Shape.Text("Only those with this in name, description or tags.")),
            ],
            Answers = [new(200, "A page of workflows.", Shape.Ref("WorkflowPage"))],
        },
        Get("/workflows/{id}", Workflows, "Read a workflow") with
        { Parameters = [Practice()], IsTagged = true, Answers = [new(200, "The workflow.", Shape.Ref("OneWorkflow"))] },
        Put("/workflows/{id}", Workflows, "Replace a workflow") with
        {
            More = "The whole body, as for a new one. A changed definition is a new version, which runs from then on; runs that have begun "
                + "keep theirs, and the address of the webhook stays. Without `status` it stays on or off.",
            Parameters = [Practice()], Body = Shape.Ref("WorkflowBody"), IsTagged = true,
            Answers = [new(200, "It was replaced.", Shape.Ref("Updated"))],
        },
        Patch("/workflows/{id}", Workflows, "Change a workflow") with
        {
            More = "The fields that are given are replaced, each of them wholly.",
            Parameters = [Practice()], Body = Shape.Ref("WorkflowChange"), IsTagged = true,
            Answers = [new(200, "It was changed.", Shape.Ref("Updated"))],
        },
        Delete("/workflows/{id}", Workflows, "Delete a workflow") with
        { More = "Unfinished runs are canceled; what runs did stays readable.", Parameters = [Practice()] },
        Post("/workflows/{id}/trigger", Starting, "Start a run") with
        {
            More = "By hand: the constraints of the trigger are not asked. When it is answered the run is on disk.",
            Body = Shape.Open("The data of the run: `$initialPayload`."), BodyMayBeMissing = true,
            Conflict = "The workflow is paused or a draft.",
            Answers = [new(202, "The run was accepted.", Shape.Ref("Enqueued")) { HasLocation = true }],
        },
        Post("/webhooks/{id}", Starting, "Post to a webhook") with
        {
            More = "For the outside world: whoever knows the address may post. Only a workflow whose trigger is `webhook` has one. What is "
                + "posted becomes `$initialPayload`; a file in a form becomes a document. The trigger's settings may "
                + "ask for a signature, and for what the workflow answers in the place of 202. A page in a browser may post when its "
                + "origin stands in the trigger's `cors_allowed_origins`; the preflight `OPTIONS` is answered.",
            Body = Shape.Any("Any JSON value."), BodyMayBeMissing = true,
            OtherBodies =
            [
                ("application/x-www-form-urlencoded", Shape.Open("An object of texts; a field given several times becomes a list.")),
                ("multipart/form-data", Shape.Open("The same, with files.")), ("text/plain", Shape.Text("A text.")),
            ],
            Answers =
            [
                new(202, "A run was accepted, or the trigger's constraints do not hold and none was started.",
                    Shape.Either("", Shape.Ref("Enqueued"), Shape.Ref("Ignored"))) { HasLocation = true },
                new(401, "The trigger asks for a signature, and the post is not signed, or not well.", Shape.Ref("Error")),
                new(502, "The trigger waits for what the workflow answers, and the run ended before it did.", Shape.Ref("Error")),
            ],
        },
        Post("/events", Starting, "Send an event") with
        {
            More = "Every active workflow whose trigger is this event and whose constraints hold gets a run, and steps that wait for the "
                + "event go on: all in one transaction. An event with the type and id of an earlier one does nothing for 30 days.",
            Body = Shape.Ref("EventBody"), Answers = [new(202, "The event was taken.", Shape.Ref("Event"))],
        },
        GraphShapes.Common.TriggerLog("/trigger-log", Starting, [Practice()]),
        Get("/executions", Runs, "List runs") with
        {
            More = "The newest first.",
            Parameters =
            [
                .. Pages(ListDialectRuns.MaxTake), new("status", Shape.Word("Only those that stand so.", GraphShapes.RunStatuses)),
                new("workflow_id", Shape.Text("Only those of this workflow.")),
                new("contact_id", Shape.Text("Only those for this contact.")),
                new("cause", Shape.Text("Only those that this started: `api`, `manual`, `webhook`, `schedule`, `event` …")),
                new("search", Shape.Text("Only those with this in the workflow's name or whom they are about.")),
            ],
            Answers = [new(200, "A page of runs.", Shape.Ref("Executions"))],
        },
        Get("/executions/{id}/status", Runs, "Read how a run stands").Answering(200, "The run.", Shape.Ref("Status")),
        CommonReference.OfLog("/executions/{id}/logs", Runs, Shape.Ref("Logs")),
        Get("/executions/{id}/events", Runs, "Follow a run") with
        {
            More = "Server-sent events: the lines of the log so far, then each as it is stored, until the run is over. Events are `line` "
                + "(its data is a `LogLine`, its id the `seq`), `gap`, `closed` and `end`.",
            Parameters =
            [
                new("after", Shape.Whole("Goes on after this `seq`.", 0)),
                new("Last-Event-ID", Shape.Text("The same; browsers send it by themselves.")) { IsHeader = true },
            ],
            Answers =
            [
                new(200, "The stream.", Shape.Text("Events of `text/event-stream`."), "text/event-stream"),
                new(204, "Nothing more can come."),
            ],
        },
        Ask("cancel", "Cancel a run", "Steps that have not run will not."),
        Ask("pause", "Pause a run", "Nothing begins until it is resumed."),
        Ask("resume", "Resume a run", "It goes on, whoever paused it."),
        Ask("wake", "Wake a run", "Wakes a step as if its time had come.", Shape.Sent(
            "", ("step", Shape.Text("The id of a node; left out: all that wait for a time, or for their next try.")))),
        Ask("signal", "Send a signal to a run", "Wakes the steps of this run that wait for the signal.", Shape.Sent(
            "", ("name*", Shape.Text("The signal. A step that waits for an event NAME waits for `event:NAME`.", 1, ControlRun.MaxSignal)),
            ("data", Shape.Any("What the steps get as their output.")))),
        Post("/executions/{id}/retry", Runs, "Repeat a run") with
        {
            More = "A final status never changes, so this starts another run. `{}` goes on from where the run failed or was canceled; "
                + "`iteration` does one iteration of a for-each again; `payload` or `again` does everything again.",
            Body = Shape.Ref("RetryBody"), BodyMayBeMissing = true,
            Conflict = "The run is not over, nothing of it failed, there is no such iteration, it was a test, or its workflow is gone "
                + "or off.",
            Answers = [new(202, "A run that repeats it was accepted.", Shape.Ref("Enqueued")) { HasLocation = true }],
        },
        .. GraphShapes.Common.Webhooks("/webhooks", shared: [Practice()]),
        Get("/documents/{id}", House, "Read a document").Answering(200, "The document.", GraphDocuments.Shape),
        Delete("/documents/{id}", House, "Remove a document") with { More = "Runs that name it stay; what was in it is gone." },
        Get("/documents/{id}/content", House, "Fetch what is in a document") with
        {
            More = "To be saved, never to be shown: nobody has looked at what the sender put into it. Its type is what the sender said.",
            Answers = [new(200, "What is in it.", Shape.Text("The bytes."), "application/octet-stream")],
        },
        Get("/ping", House, "Ask whose key it is").Answering(200, "The key is good.", Shape.Ref("Ping")),
        Get("/node-types", House, "List step types").Answering(200, "What workflows are made of.", Shape.Ref("NodeTypes")),
        Get("/contacts/{id}", House, "Read a contact and its runs") with
        {
            More = "By e-mail address or phone number; by id with the header. With the last 50 runs that were for it.",
            Parameters = [Practice()], Answers = [new(200, "The contact.", Shape.Ref("Contact"))],
        },
    ];

    public string IdWords(string before, string name) => before switch
    {
        "executions" => "The run: `exe_…`.",
        "webhooks" => "The webhook that goes out: a UUID. Of a `POST` to it, the workflow: `wf_…`.",
        "documents" => "The document: a UUID.",
        "deliveries" => "The delivery: `evt_…`.",
        "contacts" => "The e-mail address, the phone number or the id of a contact.",
        _ => "The workflow: `wf_…`.",
    };

    private static DescribedParameter Practice() =>
        new("X-TWS-Practice-ID", Shape.Text("Says that you speak graph; any value.").Such("practice_1")) { IsHeader = true };

    private static IEnumerable<DescribedParameter> Pages(int most) =>
    [
        new("page", Shape.Whole("Which page.", 1).Preset(1)),
        new("limit", Shape.Whole($"How many on a page; more than {most} is cut to it.", 1).Preset(20)),
    ];

    private static DescribedAddress Ask(string what, string summary, string more, JsonObject? body = null) =>
        Post($"/executions/{{id}}/{what}", Runs, summary) with
        {
            More = more + " It is done soon after: the answer tells how the run stood when it was asked.",
            Body = body ?? Shape.Open(""),
            BodyMayBeMissing = what != "signal",
            Conflict = "It does not fit how the run stands.",
            Answers = [new(202, "It was asked.", Shape.Ref("Status")) { HasLocation = true }],
        };
}
