using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>The shapes that the sequences dialect takes and answers.</summary>
internal static class SequencesShapes
{
    private static readonly string[] RunStatuses = ["active", "paused", "completed", "cancelled", "failed"];

    /// <summary>What all dialects have.</summary>
    public static readonly CommonReference Common = new(
        SequencesForm.Instance, shape => Shape.Told("", ("data", shape)), (_, item, next) => Shape.Told(
            "", ("data", Shape.List(item, "The list.")), ("pagination", next is not { } end ? Shape.Ref("Pagination")
                : Shape.Told("Where it ends.", ("limit", Shape.Whole("How many at most.")), end))));

    /// <summary>Every shape by its name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All => new SortedDictionary<string, JsonObject>(
        Common.Shapes.Append(Common.TriggerLogLine).ToDictionary(), StringComparer.Ordinal)
    {
        ["TemplateBody"] = Shape.Sent("A whole template.", [.. Fields("*")]),
        ["TemplateChange"] = Shape.Sent("What changes. What is left out stays; null takes away.", [.. Fields("")]),
        ["StepBody"] = Step(),
        ["ExitConditions"] = Exit(),
        ["Template"] = Shape.Told("A template.", [.. Template()]),
        ["ReadTemplate"] = Shape.Told("A template, with the fields of graph behind its own.", [.. Template(), .. OfGraph()]),
        ["TemplatePage"] = Page("ReadTemplate"),
        ["StartedRun"] = Shape.Told("A run that was accepted.", [.. Started()]),
        ["Run"] = Shape.Told("A run.",
        [
            .. Started().Where(f => f.Name is not "contactId"), ("contactId", Shape.Uuid("The contact for whom it is.").OrNull()),
            ("templateName", Shape.Text("The name of the template.")), ("completedAt", Shape.Time("When it was over.").OrNull()),
            ("exitReason?", Shape.Text("Why it failed.")),
        ]),
        ["RunPage"] = Page("Run"),
        ["Contact"] = Shape.Told("A contact.",
            ("id", Shape.Uuid("The contact.")), ("name", Shape.Text("The whole name.")),
            ("firstName", Shape.Text("The first name.").OrNull()),
            ("lastName", Shape.Text("The last name.").OrNull()), ("email", Shape.Text("The e-mail address.").OrNull()),
            ("phone", Shape.Text("The phone number.").OrNull()), ("createdAt", Shape.Time("When it was made."))),
        ["ContactPage"] = Page("Contact"),
        ["ContactBody"] = Shape.Sent("What is known of a contact: at least one of the fields.",
            ("firstName", Text("The first name.")), ("lastName", Text("The last name.")),
            ("name", Text("Both, where they are not sent apart.")), ("email", Text("An address such as maria@example.org.")),
            ("phone", Text("7 to 15 digits, such as +1 713 555 0142."))),
        ["Message"] = Shape.Told("A message of a contact, or to one.",
            ("id", Shape.Uuid("The message.")), ("direction", Shape.Word("Whether it came or went out.", "in", "out")),
            ("channel", Shape.Text("`sms` or `email`.")),
            ("from", Shape.Text("The number or address that it came from; null for the practice's usual sender.").OrNull()),
            ("to", Shape.Text("The number or address that it went to.").OrNull()),
            ("subject", Shape.Text("Of an e-mail.").OrNull()), ("body", Shape.Text("What was written.")),
            ("status", Shape.Word("What became of it: `answered` when a run has taken it as its answer.", "received", "answered",
                "captured", "sent", "failed", "sending", "unknown", "delivered", "undelivered", "given_up")),
            ("contactId", Shape.Uuid("Who wrote it; null when nobody is known by that number or address.").OrNull()),
            ("conversationId", Shape.Uuid("All that was written to and came from that number or address.").OrNull()),
            ("runId", Shape.Uuid("The run that wrote it, or waited for it.").OrNull()),
            ("writtenBy", Shape.Text("Who has written it by hand.").OrNull()),
            ("receivedAt", Shape.Time("When it came.").OrNull()), ("sentAt", Shape.Time("When it went out.").OrNull())),
        ["MessagePage"] = Page("Message"),
        ["Pagination"] = Shape.Told("Where the page lies in the list.",
            ("page", Shape.Whole("The page, from 1.")), ("limit", Shape.Whole("How many on a page.")),
            ("total", Shape.Whole("How many in all.")),
            ("totalPages", Shape.Whole("How many pages; 0 for an empty list."))),
        ["Error"] = Shape.Told("Why it was not done (RFC 9457).",
            ("type", Shape.Address("An address of this server that tells a person what it means.")),
            ("title", Shape.Text("The kind of it.")),
            ("status", Shape.Whole("The status.")), ("detail", Shape.Text("What is wrong and what to do, for people.")),
            ("code", Shape.Text("A stable name of what is wrong.")),
            ("errors?", Shape.List(Shape.Told("A place that is wrong.",
                ("path", Shape.Text("The place, such as `steps[0].type`.")), ("message", Shape.Text("What is wrong there.")))))),
    };

    private static IEnumerable<(string, JsonObject)> Fields(string star)
    {
        yield return ("name" + star, Shape.Text("Template name.", 1, TemplateBody.MaxName));
        yield return ("steps" + star, Shape.List(Shape.Ref("StepBody"), "Workflow step definitions.", 1, TemplateBody.MaxSteps));
        yield return ("triggerType" + star, Shape.Word("What starts it.", SequenceTriggers.Words));
        yield return ("description", Shape.Text("Human-readable description.", max: TemplateBody.MaxDescription).OrNull());
        yield return ("triggerConfig",
            Shape.Open("Trigger-specific configuration: `event` of automatic, `cron` and `timezone` of scheduled, "
            + "`allowedOrigins` of deep_link.").OrNull());
        yield return ("exitConditions", Shape.Ref("ExitConditions", "When a run ends early, and well.").OrNull());
        yield return ("questionConfig", Shape.Open("Question-level configuration.").OrNull());
        yield return ("completionConfig", Shape.Open("Completion behavior configuration.").OrNull());
        yield return ("isPublic", Preset(Shape.Flag("Whether the workflow is publicly accessible."), false));
        yield return ("introMessage", Shape.Text("Opening message sent to the contact.", max: TemplateBody.MaxIntro).OrNull());
        yield return ("voiceConfig", Shape.Open("Voice agent configuration.").OrNull());
        yield return ("isActive", Preset(Shape.Flag("Whether the template is active."), true));

        JsonObject Preset(JsonObject shape, bool value) => star.Length > 0 ? shape.Preset(value) : shape;
    }

    private static JsonObject Exit() => Shape.Sent("When a run ends early, and well: either or both.",
        ("maxMessages", Shape.Whole("After so many messages.", 1, TemplateBody.MaxMessages)),
        ("timeoutDays", Shape.Whole("After so many days.", 1, TemplateBody.MaxDays)));

    private static JsonObject Step() => Shape.Sent("A step. What else it holds is kept.",
        ("type*", Shape.Text("`send_message`, `wait_for_reply`, `ask_choice`, `update_contact`, `notify_agent`, `agent`, `property_match`, "
            + "`wait`, `condition`, `switch`, `end`, or any step type of the studio.")),
        ("config", Shape.Open("Its settings; those of the studio's types are answered by GET /api/v1/node-types. `yes` and `no` of a "
            + "condition, `goTo` and `default` of a switch say where it goes: `next`, `end`, or a later step.").OrNull()),
        ("id", Shape.Text("What other steps call it.").OrNull())).Opened();

    private static IEnumerable<(string, JsonObject)> Template() =>
    [
        ("id", Shape.Id("wf_", "The template.")), ("name", Shape.Text("Its name.")),
        ("description", Shape.Text("What it is for.").OrNull()),
        ("isPublic", Shape.Flag("Whether it is publicly accessible.")), ("isActive", Shape.Flag("Whether it is active.")),
        ("triggerType", Shape.Word("What starts it.", SequenceTriggers.Words)), ("slug", Shape.Text("Its short name.")),
        ("steps", Shape.List(Shape.Ref("StepBody"), "The steps.")),
        ("exitConditions", Shape.Ref("ExitConditions", "When a run ends early, and well.").OrNull()),
        ("questionConfig", Shape.Open("Question-level configuration.").OrNull()),
        ("completionConfig", Shape.Open("Completion behavior configuration.").OrNull()),
        ("introMessage", Shape.Text("The opening message.").OrNull()), ("voiceConfig", Shape.Open("Voice agent configuration.").OrNull()),
        ("version", Shape.Whole("Counts the changes of what it does.")), ("createdAt", Shape.Time("When it was made.")),
        ("updatedAt", Shape.Time("When it was changed last.")), ("triggerConfig?", Shape.Open("Trigger-specific configuration.")),
    ];

    // the graph document tells what they hold
    private static IEnumerable<(string, JsonObject)> OfGraph() =>
    [
        ("status", Shape.Word("How it stands.", "active", "paused", "draft")),
        ("webhook_target_url?", Shape.Address("Where the outside world posts; of a deep_link alone.")),
        ("trigger", Shape.Open("As graph tells it.")),
        ("nodes", Shape.List(Shape.Open("A node."), "As graph tells them.")),
        ("link_connections", Shape.List(Shape.Open("A link."), "As graph tells them.")), ("settings?", Shape.Open("As graph tells them.")),
    ];

    private static IEnumerable<(string Name, JsonObject Shape)> Started() =>
    [
        ("id", Shape.Id("run_", "The run.")), ("workflowTemplateId", Shape.Id("wf_", "The template.")),
        ("contactId", Shape.Uuid("The contact for whom it is.")), ("status", Shape.Word("How it stands.", RunStatuses)),
        ("currentStep", Shape.Whole("The steps that are done.", 0)), ("totalSteps", Shape.Whole("The steps of the template.", 0)),
        ("startedAt", Shape.Time("When it began.")),
    ];

    private static JsonObject Page(string name) => Shape.Told("", ("data", Shape.List(Shape.Ref(name), "The page.")),
        ("pagination", Shape.Ref("Pagination")));

    private static JsonObject Text(string words) => Shape.Text(words, max: ContactFields.MaxLength).OrNull();
}
