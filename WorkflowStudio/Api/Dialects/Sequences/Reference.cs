using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>What the sequences dialect says of itself.</summary>
internal sealed class SequencesReference : IDialectReference
{
    private const string Templates = "Templates";
    private const string Runs = "Runs";
    private const string Contacts = "Contacts";
    private const string Messages = "Messages";
    private const string OfTheHouse = "A template of the house cannot be changed (403).";

    public IDialect Dialect => SequencesDialect.Instance;

    public string Title => "Sequences";

    public int Validation => StatusCodes.Status422UnprocessableEntity;

    public string Words => """
        Templates of steps one after the other, and runs of them for contacts, below `/api/v1`.

        **Two dialects share `/api/v1/workflows`, `/api/v1/webhooks` and `/api/v1/contacts/{id}`.** A request with the header
        `X-TWS-Practice-ID` speaks graph. Without it the body of a workflow tells: `nodes`, `link_connections` or an object `trigger` are graph's (in a PATCH `status` and `settings` too),
        `steps` and `triggerType` are those of sequences, and both at once are refused with 422. Where nothing tells, sequences answers:
        leave the header away. `PUT` is graph's alone. What is read here carries the fields of a template and then those of graph.

        Bodies are JSON in UTF-8, at most 1 MiB. Times are UTC, whole seconds. Every form of an id is taken: `wf_…`, `run_…` or the plain
        UUID. One thing is answered as `{"data": {…}}`, a list as `{"data": […], "pagination": {…}}`; a refusal is
        `application/problem+json`.
        """;

    public IReadOnlyDictionary<string, JsonObject> Shapes => SequencesShapes.All;

    public IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Get("/workflows", Templates, "List templates") with
        {
            More = "Your own, the last changed first; behind them those of the house.",
            Parameters =
            [
                .. Pages(), new("status", Shape.Word("Only those that stand so.", "active", "paused", "draft")),
                new("isActive", Shape.Flag("Only those that are active, or are not.")),
                new("triggerType", Shape.Word("Only those that start so.", SequenceTriggers.Words)),
                new("search", Shape.Text("Only those with this in name, description or tags.")),
            ],
            Answers = [new(200, "A page of templates.", Shape.Ref("TemplatePage"))],
        },
        Get("/workflows/{id}", Templates, "Get a template") with
        { IsTagged = true, Answers = [new(200, "The template.", Shape.Told("", ("data", Shape.Ref("ReadTemplate"))))] },
        Post("/workflows", Templates, "Create a template") with
        {
            More = "The `slug` is made of the name once. Sends the webhook event `workflow.created`.", Body = Shape.Ref("TemplateBody"),
            IsTagged = true, Answers = [new(201, "It was stored.", One("Template")) { HasLocation = true }],
        },
        Patch("/workflows/{id}", Templates, "Update a template") with
        {
            More = "Send only what changes. Changes of `steps`, `exitConditions`, `questionConfig`, `completionConfig` and `introMessage` "
                + $"count `version` up. Sends the webhook event `workflow.updated`. {OfTheHouse}",
            Body = Shape.Ref("TemplateChange"), IsTagged = true, Answers = [new(200, "It was changed.", One("Template"))],
        },
        Delete("/workflows/{id}", Templates, "Delete a template") with
        {
            More = $"For good, with its versions and the runs that are over. Sends the webhook event `workflow.deleted`. {OfTheHouse}",
            Conflict = "It has active runs: cancel them, or wait.",
        },
        Get("/workflows/runs", Runs, "List runs") with
        {
            More = "The newest first.",
            Parameters =
            [
                .. Pages(), new("status", Shape.Word("Only those that stand so: `active` is `pending` and `running`.",
                    SequencesRun.InWords.Split(", "))),
                new("templateId", Shape.Text("Only those of this template.")), new("contactId", Shape.Text("Only those for this contact.")),
            ],
            Answers = [new(200, "A page of runs.", Shape.Ref("RunPage"))],
        },
        Post("/workflows/runs", Runs, "Trigger a run") with
        {
            More = "Starts a template for a contact, who can have one unfinished run of it.",
            Body = Shape.Sent("", ("workflowId*", Shape.Text("The template to run.")),
                ("contactId*", Shape.Text("The contact to run it for.")),
                ("propertyId", Shape.Text("The property that it is about."))),
            NamesOthers = true, Conflict = "The contact has an unfinished run of the template, or the template belongs to the house.",
            Answers = [new(201, "The run was accepted.", One("StartedRun")) { HasLocation = true }],
        },
        Get("/workflows/runs/{id}", Runs, "Get a run").Answering(200, "The run.", One("Run")),
        SequencesShapes.Common.Log("/workflows/runs/{id}/logs", Runs),
        Ask("cancel", "Cancel a run", "It ends; steps that have not run will not."),
        Ask("pause", "Pause a run", "Nothing begins until it is resumed."),
        Ask("resume", "Resume a run", "It goes on."),
        SequencesShapes.Common.TriggerLog("/trigger-log", Runs),
        Get("/contacts", Contacts, "List contacts") with
        {
            Parameters = [.. Pages(), new("search", Shape.Text("Only those with this in name, email or phone."))],
            Answers = [new(200, "A page of contacts.", Shape.Ref("ContactPage"))],
        },
        Post("/contacts", Contacts, "Create a contact") with
        { Body = Shape.Ref("ContactBody"), Answers = [new(201, "It was stored.", One("Contact")) { HasLocation = true }] },
        Get("/contacts/{id}", Contacts, "Get a contact") with
        {
            More = "By its id. By e-mail address or phone number graph answers.",
            Answers = [new(200, "The contact.", One("Contact"))],
        },
        Patch("/contacts/{id}", Contacts, "Update a contact") with
        { More = "Send only what changes.", Body = Shape.Ref("ContactBody"), Answers = [new(200, "It was changed.", One("Contact"))] },
        Delete("/contacts/{id}", Contacts, "Delete a contact") with
        { Conflict = "A run for it is not over, or it has an invoice or an appointment." },
        Get("/contacts/doubles", Contacts, "List contacts that look like one person") with
        {
            More = "The same e-mail address or phone number, and no two first names. At most 50 groups, in each who is known "
                + "longest first.",
            Answers = [new(200, "The groups.", Shape.Told("", ("data", Shape.List(Shape.Told("",
                ("contacts", Shape.List(Shape.Ref("Contact"), "They."))), "The groups."))))],
        },
        Post("/contacts/{id}/merge", Contacts, "Make one of two contacts") with
        {
            More = "The contact in the body goes, and all that named it names the one in the address: runs, appointments, invoices, "
                + "messages, forms, documents. Its id leads to the one that is left. What that one lacks is taken from it.",
            Body = Shape.Sent("", ("contactId*", Shape.Text("The contact that goes."))),
            Answers = [new(200, "The one that is left.", One("Contact"))],
        },
        Get("/messages", Messages, "List messages") with
        {
            More = "What contacts have written, where no direction is named.",
            Parameters =
            [
                .. Pages(), new("direction", Shape.Word("Those that came, that went out, or both.", "in", "out", "all")),
                new("contactId", Shape.Text("Only those of one contact.")),
                new("conversationId", Shape.Text("Only those of one conversation.")),
                new("channel", Shape.Word("Only those that came or went so.", "sms", "email")),
                new("at[gte]", Shape.Time("Then or later.")), new("at[lte]", Shape.Time("Then or before.")),
            ],
            Answers = [new(200, "A page of messages, the newest first.", Shape.Ref("MessagePage"))],
        },
        Get("/messages/{id}", Messages, "Get a message").Answering(200, "The message.", One("Message")),
        Delete("/messages/{id}", Messages, "Delete a message") with { Conflict = "The run that wrote it is not over." },
        Post("/messages", Messages, "Take a message in") with
        {
            More = "Whoever carries messages posts here what a contact has written. It wakes the run that waits for the contact's answer "
                + "(of several the one that was started last) and is the event `message.received`.",
            Body = Shape.Sent("", ("body*", Shape.Text("What was written: at most 20,000 characters.")),
                ("from", Shape.Text("The phone number or e-mail address that it came from; needed without `contactId`.")),
                ("contactId", Shape.Text("Who wrote it; without it the contact with this number or address.")),
                ("channel", Shape.Text("`sms` or `email`; left out, what `from` looks like.")),
                ("to", Shape.Text("The number or address that it went to.")),
                ("messageId", Shape.Text("What the gateway calls it: the same one is taken once."))),
            Answers = [new(201, "It was stored.", One("Message"))],
        },
        .. SequencesShapes.Common.Webhooks("/webhooks", [.. Pages()]),
    ];

    public string IdWords(string before, string name) => before switch
    {
        "runs" => "The run: `run_…`.",
        "webhooks" => "The webhook: a UUID.",
        "deliveries" => "The delivery: `evt_…`.",
        "contacts" => "The contact: a UUID.",
        "messages" => "The message: a UUID.",
        _ => "The template: `wf_…`.",
    };

    private static JsonObject One(string name) => Shape.Told("", ("data", Shape.Ref(name)));

    private static IEnumerable<DescribedParameter> Pages() =>
    [
        new("page", Shape.Whole("Page number.", 1).Preset(1)),
        new("limit", Shape.Whole($"Items per page; more than {PageOf.Most} is cut to it.", 1).Preset(20)),
    ];

    private static DescribedAddress Ask(string what, string summary, string more) =>
        Post($"/workflows/runs/{{id}}/{what}", Runs, summary) with
        {
            More = more + " It is done soon after: the answer tells how the run stood when it was asked.",
            Body = Shape.Open(""),
            BodyMayBeMissing = true,
            Conflict = "It does not fit how the run stands.",
            Answers = [new(202, "It was asked.", One("Run"))],
        };
}
