using System.Text.Json.Nodes;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations.Practice;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;
using static WorkflowStudio.Api.Practice.PracticeShapes;

namespace WorkflowStudio.Api.Practice;

/// <summary>What the interface to practice data says of forms.</summary>
internal static class FormReference
{
    private const string Group = "Forms";

    public static IReadOnlyDictionary<string, JsonObject> Shapes { get; } = new Dictionary<string, JsonObject>
    {
        ["FormField"] = Shape.Told("A field of a form.", [.. FieldShapes("")]),
        ["SentFormField"] = Shape.Sent("A field of a form.", [.. FieldShapes("*")]),
        ["Form"] = Shape.Told("A form.",
        [
            ("id", Shape.Uuid("The id.")), .. Said("FormField", always: true),
            ("isOpen", Shape.Flag("Whether it takes anything now: it is open, and does not close before.")),
            ("url", Shape.Address("Its page. Whoever has the address can fill it in; `?first_name=Maria` fills in a field before.")),
            ("revision", Shape.Whole("Grows by one with every change.", 1)),
            ("submissions", Shape.Whole("How often something was sent by it.", 0)),
            ("lastSubmissionAt", Shape.Time("When something was sent last.").OrNull()),
            ("createdAt", Shape.Time("Since when it is there.")), ("updatedAt", Shape.Time("When it was changed last.")),
        ]),
        ["FormBody"] = Shape.Sent("What a form is.",
        [
            .. Said("SentFormField", always: false),
            ("revision", Shape.Whole("Of a change: the revision that it is a change of. Another one is refused.", 1).OrNull()),
        ]),
        ["FormPage"] = Page("Form"),
        ["FormSubmission"] = Shape.Told("What somebody has sent by a form.",
            ("id", Shape.Uuid("The id.")), ("formId", Shape.Uuid("The form.")), ("formName", Shape.Text("Its name now.")),
            ("values", Shape.Open("The values by the keys of the fields: text, a number, true or false, or null where nothing was said.")),
            ("contactId", Shape.Uuid("Who it came from; null where no e-mail address and no phone number was given.").OrNull()),
            ("receivedAt", Shape.Time("When it came."))),
        ["FormSubmissionPage"] = Page("FormSubmission"),
    };

    public static IReadOnlyList<DescribedAddress> Addresses { get; } =
    [
        Get("/forms", Group, "List forms") with
        {
            Parameters =
            [
                .. Paged(), new("search", Shape.Text("Only those with this in name or title.")),
                new("status", Shape.Word("Only those that take something now, or do not.", "open", "closed")),
            ],
            Answers = [new(200, "A page of forms, the last made first.", Shape.Ref("FormPage"))],
        },
        Post("/forms", Group, "Create a form") with
        {
            More = "It has a page of its own at `url`, on which people fill it in without an account. What they send becomes a submission "
                + "and the event `form.submitted`. A form is closed until its `status` is `open`.",
            Body = Shape.Ref("FormBody"),
            Answers = [new(201, "It was stored.", One("Form")) { HasLocation = true }],
        },
        Get("/forms/{id}", Group, "Get a form").Answering(200, "The form.", One("Form")),
        Patch("/forms/{id}", Group, "Update a form") with
        {
            More = "Send only what changes; `fields` are sent all together. With the `revision` that was read, a form that somebody else "
                + "has changed since is not overwritten.",
            Body = Shape.Ref("FormBody"),
            Answers = [new(200, "It was changed.", One("Form"))],
            Conflict = "Somebody else has changed it since the `revision` that was sent.",
        },
        Delete("/forms/{id}", Group, "Delete a form") with
        {
            Parameters = [new("submissions", Shape.Flag("Delete all that was sent by it as well."))],
            Conflict = "Something was sent by it.",
        },
        Get("/form-submissions", Group, "List submissions") with
        {
            Parameters = [.. Paged(), new("formId", Shape.Text("Only those of this form.")), .. Filters()],
            Answers = [new(200, "A page of submissions, the last first.", Shape.Ref("FormSubmissionPage"))],
        },
        Get("/form-submissions/export", Group, "Take submissions out as CSV") with
        {
            More = "A column for each field of the form; the last one, `values`, holds what fields had that the form does not have any "
                + "more. A text that a spreadsheet could take for a formula has `'` before it.",
            Parameters = [new("formId", Shape.Text("The form.")) { IsNeeded = true }, .. Filters()],
            Answers = [new(200, "The file.", Shape.Text("CSV."), CsvAnswer.Type)],
            NamesOthers = true,
        },
        Get("/form-submissions/{id}", Group, "Get a submission").Answering(200, "The submission.", One("FormSubmission")),
        Delete("/form-submissions/{id}", Group, "Delete a submission"),
    ];

    private static IEnumerable<DescribedParameter> Filters() =>
    [
        new("contactId", Shape.Text("Only those of this contact.")),
        new("receivedAt[gte]", Shape.Time("Then or later.")), new("receivedAt[lte]", Shape.Time("Then or before.")),
    ];

    private static IEnumerable<(string, JsonObject)> Said(string field, bool always)
    {
        yield return ("name", Shape.Text("What the practice calls it.", 1, FormContent.LongestName));
        yield return ("title", Perhaps(Shape.Text("The heading of its page; empty for the name.", max: FormContent.LongestTitle)));
        yield return ("intro", Perhaps(Shape.Text("What stands above the fields.", max: FormContent.LongestText)));
        yield return ("thanks", Perhaps(Shape.Text("What is said to whoever has sent it.", max: FormContent.LongestText)));
        yield return ("status", Shape.Word("Whether it takes anything.", "open", "closed"));
        yield return ("closesAt", Shape.Time("From then on it takes nothing any more.").OrNull());
        yield return ("fields", Shape.List(Shape.Ref(field), "What it asks for, in order.", max: FormContent.MostFields));

        JsonObject Perhaps(JsonObject shape) => always ? shape : shape.OrNull();
    }

    private static IEnumerable<(string, JsonObject)> FieldShapes(string needed)
    {
        var sent = needed.Length > 0;
        yield return ("key" + needed, Shape.Text("What runs and events call its value; no two fields have the same.",
            pattern: $"^[a-z][a-z0-9_]{{0,{FormField.LongestKey - 1}}}$"));
        yield return ("label" + needed, Shape.Text("What it asks for.", 1, FormField.LongestLabel));
        yield return ("type", Shape.Word("What may stand in it; `text` where nothing is said.", FormJson.Types.Select(t => t.Name)));
        yield return ("required", Shape.Flag("Whether nothing can be sent without it; of a checkbox, whether it has to be ticked."));
        yield return ("choices", Perhaps(Shape.List(Shape.Text("", 1, FormField.LongestLabel),
            "What may be chosen, of a `choice` alone.", max: FormField.MostChoices)));
        yield return ("hint", Perhaps(Shape.Text("What helps to fill it in.", max: FormField.LongestLabel)));
        yield return ("longest", Shape.Whole("The most characters of a `text` (up to "
            + $"{FormField.LongestOf(FormFieldType.Text):N0}) or `longText` (up to {FormField.LongestOf(FormFieldType.LongText):N0}).", 1)
            .OrNull());

        JsonObject Perhaps(JsonObject shape) => sent ? shape.OrNull() : shape;
    }
}
