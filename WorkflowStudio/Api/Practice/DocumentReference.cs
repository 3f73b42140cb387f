using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;
using static WorkflowStudio.Api.Practice.PracticeShapes;

namespace WorkflowStudio.Api.Practice;

/// <summary>What the interface to practice data says of documents and notifications.</summary>
internal static class DocumentReference
{
    private const string Group = "Documents";
    private const string Told = "Notifications";

    public static IReadOnlyDictionary<string, JsonObject> Shapes { get; } = new Dictionary<string, JsonObject>
    {
        ["Document"] = Shape.Told("A file of the practice.",
            ("id", Shape.Uuid("The id.")), ("name", Shape.Text("Its name.")),
            ("contentType", Shape.Text("Its media type, as the sender said.")), ("size", Shape.Whole("In bytes.", 0)),
            ("sha256", Shape.Text("The hash of what is in it, base64.")), ("contactId", Shape.Uuid("Whom it is about.").OrNull()),
            ("workflowId", Shape.Uuid("The workflow to which it was posted; null for what was put in by hand.").OrNull()),
            ("runId", Shape.Uuid("The run that it started.").OrNull()),
            ("schema", Shape.Text("By which schema a step has looked for fields.").OrNull()),
            ("fields", Shape.Open("The fields that a step has found, or that were noted by hand; null while there are none.").OrNull()),
            ("confidence", Shape.Number("How sure the step is: 0 to 1.").OrNull()),
            ("readAt", Shape.Time("When the fields were found.").OrNull()),
            ("readByRunId", Shape.Uuid("The run that found them.").OrNull()), ("createdAt", Shape.Time("When it came."))),
        ["DocumentPage"] = Page("Document"),
        ["DocumentChange"] = Shape.Sent("What may be said of a document.",
            ("name", Shape.Text("What it is called.", 1, NewDocument.LongestName)),
            ("contactId", Shape.Text("Whom it is about; null for nobody.").OrNull()),
            ("fields", Shape.Open($"What stands in it, by names: at most {DocumentFacts.MaxFields:N0} characters of JSON."))),
        ["DocumentText"] = Shape.Told("The text of a document.",
            ("kind", Shape.Word("What it is.", Enum.GetValues<DocumentKind>().Select(k => FieldChoice.ValueOf(k)))),
            ("text", Shape.Text("A line each, cells of a row apart by tabs.")),
            ("isCut", Shape.Flag("Whether there was more than is read.")),
            ("pages", Shape.List(Shape.Told("A page.", ("number", Shape.Whole("From 1.", 1)), ("text", Shape.Text("What stands on it."))),
                "Of a document that has any.")),
            ("attachments", Shape.List(Shape.Text(""), "The names of the files that an e-mail brings along."))),
        ["Notification"] = Shape.Told("Something that the people of the practice are told.",
            ("id", Shape.Uuid("The id.")), ("title", Shape.Text("In one line.")), ("text", Shape.Text("More of it.")),
            ("level", Shape.Word("How much it matters.", NotificationRoutes.Levels)),
            ("audience", Shape.Text("For whom: empty for everybody, else an e-mail address or the name of a role.")),
            ("contactId", Shape.Uuid("Whom it is about.").OrNull()), ("isRead", Shape.Flag("Whether somebody has read it.")),
            ("readAt", Shape.Time("When.").OrNull()), ("runId", Shape.Uuid("The run that told it.").OrNull()),
            ("workflowId", Shape.Uuid("Its workflow.").OrNull()), ("createdAt", Shape.Time("When it was told."))),
        ["NotificationPage"] = Page("Notification"),
        ["NotificationBody"] = Shape.Sent("Something to tell.",
            ("title*", Shape.Text("In one line.", 1, 200)), ("text", Shape.Text("More of it.", max: 20_000).OrNull()),
            ("level", Shape.Word("How much it matters; `info` where nothing is said.", NotificationRoutes.Levels)),
            ("audience", Shape.Text("For whom; everybody where nothing is said.", max: 320).OrNull()),
            ("contactId", Shape.Text("Whom it is about.").OrNull())),
        ["NotificationChange"] = Shape.Sent("What may be said of a notification.",
            ("isRead*", Shape.Flag("Whether it is read: by one it is read for all."))),
    };

    public static IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Get("/documents", Group, "List documents") with
        {
            Parameters =
            [
                .. Paged(), new("search", Shape.Text("A part of the name.")),
                new("contactId", Shape.Text("Only those about this contact.")),
                new("workflowId", Shape.Text("Only those that were posted to this workflow.")),
                new("runId", Shape.Text("Only those that started this run.")),
                new("hasFields", Shape.Flag("Only those of which something, or nothing, was found out.")),
                new("createdAt[gte]", Shape.Time("Then or later.")), new("createdAt[lte]", Shape.Time("Then or before.")),
            ],
            Answers = [new(200, "A page, the last that came first; at most 10,000 are counted.", Shape.Ref("DocumentPage"))],
        },
        Post("/documents", Group, "Put a document in") with
        {
            More = $"`multipart/form-data` with one `file` of at most {ReadDocuments.MaxBytes >> 20} MiB, and `contactId` and `name` where "
                + "they are wanted. `document.uploaded` is raised.",
            OtherBodies = [("multipart/form-data", Shape.Open("The file, and fields beside it."))],
            Answers = [new(201, "It was stored.", One("Document")) { HasLocation = true }],
            Conflict = "The workspace keeps as many documents as it may.",
        },
        Get("/documents/{id}", Group, "Get a document").Answering(200, "The document, without what is in it.", One("Document")),
        Patch("/documents/{id}", Group, "Update a document") with
        {
            Body = Shape.Ref("DocumentChange"),
            Answers = [new(200, "It was changed.", One("Document"))],
            Conflict = "Something stands against it.",
        },
        Delete("/documents/{id}", Group, "Delete a document"),
        Get("/documents/{id}/content", Group, "Download a document") with
        {
            More = "What is in it was written by somebody else: it is sent to be saved, never to be shown.",
            Answers = [new(200, "The file; its type is what the sender said.", Shape.Text("The bytes."), "application/octet-stream")],
        },
        Get("/documents/{id}/text", Group, "Read a document") with
        {
            More = "PDF, DOCX, XLSX, CSV, HTML, EML and text.",
            Answers = [new(200, "The text.", One("DocumentText"))],
            Conflict = "It cannot be read: it is locked, broken, of another kind, or made to hurt whoever reads it.",
        },
        Get("/notifications", Told, "List notifications") with
        {
            Parameters =
            [
                .. Paged(), new("isRead", Shape.Flag("Only those that somebody, or nobody, has read.")),
                new("level", Shape.Word("Only those that matter so much.", NotificationRoutes.Levels)),
                new("contactId", Shape.Text("Only those about this contact.")), new("runId", Shape.Text("Only those that this run told.")),
            ],
            Answers = [new(200, "A page, the newest first; at most 10,000 are counted.", Shape.Ref("NotificationPage"))],
        },
        Post("/notifications", Told, "Tell the practice something") with
        {
            Body = Shape.Ref("NotificationBody"),
            Answers = [new(201, "It was told.", One("Notification")) { HasLocation = true }],
        },
        Get("/notifications/{id}", Told, "Get a notification").Answering(200, "The notification.", One("Notification")),
        Patch("/notifications/{id}", Told, "Mark a notification as read") with
        {
            Body = Shape.Ref("NotificationChange"),
            Answers = [new(200, "It was marked.", One("Notification"))],
        },
        Delete("/notifications/{id}", Told, "Delete a notification"),
    ];
}
