using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Runs;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>A list as a dialect answers it.</summary>
/// <param name="name">What the things are called.</param>
/// <param name="item">One of them.</param>
/// <param name="next">The field that tells how to go on, for a list that is asked for part by part; null for one that is whole.</param>
internal delegate JsonObject ListShape(string name, JsonObject item, (string Name, JsonObject Shape)? next);

/// <summary>What a dialect says of that which all dialects have: webhooks that go out, and the log of a run.</summary>
/// <param name="form">Its form.</param>
/// <param name="one">One thing as it is answered.</param>
/// <param name="list">A list as it is answered.</param>
internal sealed class CommonReference(DialectForm form, Func<JsonObject, JsonObject> one, ListShape list)
{
    private const string Group = "Webhooks";
    private const string Stream = "text/event-stream";

    private static readonly string[] Outcomes = ["started", "refused"];
    private static readonly string[] States = ["pending", "delivered", "failed", "captured"];

    /// <summary>The shapes.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> Shapes =>
    [
        new("Webhook", Webhook(hasSecret: false)), new("NewWebhook", Webhook(hasSecret: true)), new("Delivery", Delivery()),
        new("WebhookBody", Body("*")), new("WebhookChange", Body("")), new("LogLine", Line()),
    ];

    /// <summary>The shape of a line of the trigger log.</summary>
    public KeyValuePair<string, JsonObject> TriggerLogLine => new("TriggerLogLine", Trigger());

    /// <summary>The webhooks that go out.</summary>
    /// <param name="path">The path of the list.</param>
    /// <param name="pages">The parameters of the list.</param>
    /// <param name="shared">The parameters of every address.</param>
    public IEnumerable<DescribedAddress> Webhooks(
        string path, IReadOnlyList<DescribedParameter>? pages = null, IReadOnlyList<DescribedParameter>? shared = null)
    {
        IReadOnlyList<DescribedParameter> own = shared ?? [];
        return new[]
        {
            Get(path, Group, "List webhooks") with
            { Parameters = [.. pages ?? []], Answers = [new(200, "Those of this dialect.", list("webhooks", Shape.Ref("Webhook"), null))] },
            Post(path, Group, "Create a webhook") with
            {
                More = "Every delivery is signed with the `secret`, which is shown here and never again.", Body = Shape.Ref("WebhookBody"),
                NamesOthers = true, Answers = [new(201, "It was stored.", one(Shape.Ref("NewWebhook"))) { HasLocation = true }],
            },
            Get($"{path}/{{id}}", Group, "Read a webhook").Answering(200, "The webhook.", one(Shape.Ref("Webhook"))),
            Patch($"{path}/{{id}}", Group, "Change a webhook") with
            { Body = Shape.Ref("WebhookChange"), Answers = [new(200, "It was changed.", one(Shape.Ref("Webhook")))] },
            Delete($"{path}/{{id}}", Group, "Delete a webhook"),
            Asked($"{path}/{{id}}/test", "Test a webhook", "Sends it the event `webhook.test` at once.",
                new(200, "What it came to.", one(Shape.Told("", ("status", Shape.Word("What it came to.", States)),
                    (form.Name("status_code"), Shape.Whole("The status that was answered.").OrNull()),
                    ("error?", Shape.Text("Why it failed.")))))),
            Asked($"{path}/{{id}}/rotate-secret", "Rotate the secret of a webhook",
                "Makes a new secret, which is shown here and never again.",
                new(200, "The new secret.", one(Shape.Told("", ("id", Shape.Uuid("The webhook.")), ("secret", Secret()))))),
            Get($"{path}/{{id}}/deliveries", Group, "List deliveries of a webhook") with
            {
                More = "The newest first.",
                Parameters =
                [
                    new("limit", Shape.Whole("How many; more than 100 is cut to it.", 1).Preset(20)),
                    new("status", Shape.Word("Only those that stand so.", States)),
                    new("before", Shape.Text("Only those before this one.")),
                ],
                Answers =
                [
                    new(200, "The deliveries.", list("deliveries", Shape.Ref("Delivery"), (form.Name("next_before"),
                        Shape.Text("The `before` of the next part.").OrNull()))),
                ],
            },
            Asked($"{path}/{{id}}/deliveries/{{delivery}}/resend", "Resend a delivery", "Sends it once more.",
                new(202, "It is sent soon after.", one(Shape.Ref("Delivery")))) with
            { Conflict = "It is of the sandbox, which nothing leaves." },
        }.Select(a => a with { Parameters = [.. own, .. a.Parameters] });
    }

    /// <summary>The log of a run.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="group">What it belongs to.</param>
    public DescribedAddress Log(string path, string group) => OfLog(path, group, list("logs", Shape.Ref("LogLine"),
        (form.Name("next_after"), Shape.Whole("The `after` of the next part.").OrNull())));

    /// <summary>The same where the dialect has words of its own.</summary>
    public static DescribedAddress OfLog(string path, string group, JsonObject answer) =>
        Get(path, group, "Read what a run has done") with
        {
            More = "In the order in which it happened. With `follow=true` as server-sent events: the lines so far, then each as it is "
                + "stored, until the run is over. Events are `line` (a `LogLine`, its id the `seq`), `gap`, `closed` and `end`.",
            Parameters =
            [
                new("after", Shape.Whole("Only lines after this `seq`.", 0)),
                new("limit", Shape.Whole("How many lines; more is cut to the most.", 1).Preset(ReadRun.MaxLines)),
                new("follow", Shape.Flag("Whether to follow the run.").Preset(false)),
                new("Last-Event-ID", Shape.Text("Followed: goes on after this `seq`; browsers send it by themselves.")) { IsHeader = true },
            ],
            Answers =
            [
                new(200, "Lines of its log.", answer), new(200, "Lines of its log.", Shape.Text("Events."), Stream),
                new(204, "Followed: nothing more can come."),
            ],
        };

    /// <summary>What triggers did.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="group">What it belongs to.</param>
    /// <param name="shared">The parameters of every address.</param>
    public DescribedAddress TriggerLog(string path, string group, IReadOnlyList<DescribedParameter>? shared = null) =>
        Get(path, group, "Read what triggers did") with
        {
            More = "The newest first, seven days long: which workflows an event started and why others did not, what the constraints of "
                + "a webhook refused, what schedules started.",
            Parameters =
            [
                .. shared ?? [],
                new("limit", Shape.Whole($"How many lines; more than {ReadTriggerLog.MostLines} is cut to it.", 1).Preset(20)),
                new("before", Shape.Whole("Only lines before this one.", 0)),
                new("outcome", Shape.Word("Only those of which this came.", Outcomes)),
                new(form.Name("workflow_id"), Shape.Text("Only those of this workflow.")),
                new("event", Shape.Text("Only those of events of this name.")),
                new(form.Name("event_id"), Shape.Text("Only those of the event with this id.")),
            ],
            Answers =
            [
                new(200, "Lines of the log.", list("lines", Shape.Ref("TriggerLogLine"), (form.Name("next_before"),
                    Shape.Whole("The `before` of the next part.").OrNull()))),
            ],
        };

    private static DescribedAddress Asked(string path, string summary, string more, DescribedAnswer answer) =>
        Post(path, Group, summary) with { More = more, Body = Shape.Open(""), BodyMayBeMissing = true, Answers = [answer] };

    private static JsonObject Secret() => Shape.Text("The secret with which deliveries are signed.", pattern: "^whsec_");

    private JsonObject Events() => Shape.List(
        Shape.Word("An event.", WebhookEvents.Of(form.Webhooks)), "What it is told of.", 1, EndpointRules.MaxEvents);

    private JsonObject Body(string star) => Shape.Sent(star.Length > 0 ? "A webhook." : "What changes.",
    [
        ("url" + star, Shape.Text("Where deliveries are sent: an address that begins with https://.", 1, EndpointRules.MaxAddress)),
        ("events" + star, Events()), ("description", Shape.Text("What it is for.", max: EndpointRules.MaxDescription)),
        (form.IsOn, star.Length > 0 ? Shape.Flag("Whether it is told anything.").Preset(true) : Shape.Flag("Whether it is told anything.")),
        .. star.Length > 0 ? [(form.Name("workflow_id"), Shape.Text("The one workflow that it is told of; left out: all."))]
            : Array.Empty<(string, JsonObject)>(),
    ]);

    private JsonObject Webhook(bool hasSecret) => Shape.Told(hasSecret ? "A webhook with its secret." : "A webhook.",
    [
        ("id", Shape.Uuid("The webhook.")), ("url", Shape.Address("Where deliveries are sent.")),
        ("description", Shape.Text("What it is for.")),
        ("events", Events()), (form.Name("workflow_id"), Shape.Text("The one workflow that it is told of.").OrNull()),
        (form.IsOn, Shape.Flag("Whether it is told anything.")),
        (form.Name("disabled_reason"), Shape.Text("Why it was turned off.").OrNull()),
        (form.Name("failing_since"), Shape.Time("Since when nothing arrives.").OrNull()),
        (form.Name("created_at"), Shape.Time("When it was made.")), (form.Name("updated_at"), Shape.Time("When it was changed last.")),
        .. hasSecret ? [("secret", Secret())] : Array.Empty<(string, JsonObject)>(),
    ]);

    private JsonObject Delivery() => Shape.Told("A delivery.",
        ("id", Shape.Id("evt_", "The delivery; every try of it has this id.")), ("event", Shape.Text("The event.")),
        ("status", Shape.Word("How it stands; `captured` in the sandbox, which nothing leaves.", States)),
        (form.Name("workflow_id"), Shape.Text("The workflow that it is about.").OrNull()),
        (form.Name(form.RunId), Shape.Text("The run that it is about.").OrNull()), ("attempts", Shape.Whole("How often it was tried.")),
        (form.Name("status_code"), Shape.Whole("The status that was answered last.").OrNull()),
        ("error", Shape.Text("Why the last try failed.").OrNull()),
        ("answer", Shape.Text("What was answered last, its beginning.").OrNull()),
        (form.Name("next_attempt_at"), Shape.Time("When it is tried next.").OrNull()),
        (form.Name("last_attempt_at"), Shape.Time("When it was tried last.").OrNull()),
        (form.Name("created_at"), Shape.Time("When it happened.")));

    private JsonObject Trigger() => Shape.Told("A line of the trigger log.",
        ("id", Shape.Whole("Its number.")), ("timestamp", Shape.Time("When it happened.")),
        ("cause", Shape.Text("What arrived: `event`, `webhook`, `schedule` …")), ("outcome", Shape.Word("What came of it.", Outcomes)),
        ("reason", Shape.Text("Why it started no run.").OrNull()), ("event", Shape.Text("The name of the event.").OrNull()),
        (form.Name("event_id"), Shape.Text("The id of the event.").OrNull()), (form.Name("workflow_id"), Shape.Text("The workflow.")),
        (form.Name(form.RunId), Shape.Text("The run that it started.").OrNull()),
        ("saw", Shape.Text("The values that the constraints saw.").OrNull()));

    private JsonObject Line() => Shape.Told("A line of a log.",
        ("seq", Shape.Whole("Its number in the log.")), ("timestamp", Shape.Time("When it happened.")),
        ("level", Shape.Word("How bad it is.", "debug", "info", "warning", "error")),
        ("event", Shape.Text("What happened, such as `step_completed`.")), (form.Name("step_id") + "?", Shape.Text("The step.")),
        ("attempt?", Shape.Whole("The try, from 1.")), ("message", Shape.Text("The same for people.")),
        ("iteration?", Shape.Text("The iteration of a for-each in which it happened.")));
}
