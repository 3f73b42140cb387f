using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;
using static WorkflowStudio.Api.OpenApi.DescribedAddress;
using static WorkflowStudio.Api.Practice.PracticeShapes;

namespace WorkflowStudio.Api.Practice;

/// <summary>What the interface to practice data says of itself: made of the tables.</summary>
internal sealed class PracticeReference : IDialectReference
{
    public PracticeReference(ReadRecords records)
    {
        Addresses = [.. records.Tables.SelectMany(Of), FreeTimes(), .. FormReference.Addresses, .. InvoiceReference.Addresses,
            .. ConversationReference.Addresses, .. DocumentReference.Addresses];
        var shapes = new Dictionary<string, JsonObject>
        {
            ["Error"] = SequencesShapes.All["Error"], ["Pagination"] = SequencesShapes.All["Pagination"], ["ImportReport"] = Report(),
            ["FreeTime"] = Shape.Told("A free time.", ("startsAt", Shape.Time("With the offset of the practice's zone.")),
                ("endsAt", Shape.Time("When the appointment would end."))),
        };
        foreach (var table in records.Tables.Where(t => !t.IsAnsweredElsewhere))
        {
            shapes[Shaped(table)] = Record(table);
            shapes[Shaped(table) + "Page"] = Page(Shaped(table));
            shapes[Shaped(table) + "Body"] = Body(table);
        }

        foreach (var (name, shape) in FormReference.Shapes.Concat(InvoiceReference.Shapes).Concat(ConversationReference.Shapes)
            .Concat(DocumentReference.Shapes)) shapes[name] = shape;
        Shapes = shapes;
    }

    public IDialect Dialect => PracticeDialect.Instance;

    public string Title => "Practice data";

    public int Validation => StatusCodes.Status422UnprocessableEntity;

    public string Words => """
        What a practice keeps, below `/api/v1`. Contacts and what they write stand in the sequences dialect, in the same words.

        Bodies are JSON in UTF-8, at most 1 MiB; a field that is not known is refused. Lists are narrowed by fields: `?city=Houston`,
        `?price[lte]=1500`, sorted by one: `?sort=price`, `?sort=-price`. One thing is answered as `{"data": {…}}`, a list as
        `{"data": […], "pagination": {…}}`; a refusal is `application/problem+json`. Whole tables come and go as CSV.
        """;

    public IReadOnlyDictionary<string, JsonObject> Shapes { get; }

    public IReadOnlyList<DescribedAddress> Addresses { get; }

    public string IdWords(string before, string name) => "The id: a UUID.";

    private static IEnumerable<DescribedAddress> Of(PracticeTable table)
    {
        var (path, group, shape) = ("/" + table.Name, table.Title, Shaped(table));
        DescribedParameter[] filters =
        [
            new("search", Shape.Text($"Only those with this in {InWords(table.Fields.Where(f => f.IsSearched))}.")),
            new("sort", Shape.Text($"A field; with a minus before it the greatest comes first. Else {table.Order}.")),
            .. table.Fields.Where(f => f.IsFilter).SelectMany(Filters),
        ];
        yield return Get(path + "/export", group, $"Take {table.Many} out as CSV") with
        {
            More = "UTF-8, commas, one line of names. A text that a spreadsheet could take for a formula has `'` before it, which an "
                + "import takes off again.",
            Parameters = filters,
            Answers = [new(200, "The file.", Shape.Text("CSV."), CsvAnswer.Type)],
        };
        yield return Post(path + "/import", group, $"Take {table.Many} in as CSV") with
        {
            More = "The first line names fields. A line with an `id`"
                + (table.Key is { } key ? $", or with the `{key}` of one that is there," : "")
                + " changes it; any other line adds one. Lines that cannot be taken are told with their number, the others are taken. "
                + $"At most {RecordFile.MostLines:N0} lines.",
            Parameters = [new("preview", Shape.Flag("Only tell what would become of the lines."))],
            OtherBodies = [(CsvAnswer.Type, Shape.Text("CSV, separated by commas, semicolons or tabs."))],
            Answers = [new(200, "What became of the lines.", One("ImportReport"))],
        };
        if (table.IsAnsweredElsewhere) yield break;
        yield return Get(path, group, $"List {table.Many}") with
        {
            Parameters = [.. Paged(), .. filters],
            Answers = [new(200, $"A page of {table.Many}.", Shape.Ref(shape + "Page"))],
        };
        yield return Post(path, group, $"Create {table.A}") with
        {
            More = table.Does,
            Body = Shape.Ref(shape + "Body"),
            Conflict = table.Conflict,
            Answers = [new(201, "It was stored.", One(shape)) { HasLocation = true }],
        };
        yield return Get(path + "/{id}", group, $"Get {table.A}").Answering(200, $"The {table.One}.", One(shape));
        yield return Patch(path + "/{id}", group, $"Update {table.A}") with
        {
            More = "Send only what changes.",
            Body = Shape.Ref(shape + "Body"),
            Conflict = table.Conflict,
            Answers = [new(200, "It was changed.", One(shape))],
        };
        yield return Delete(path + "/{id}", group, $"Delete {table.A}") with { Conflict = "Something needs it." };
    }

    private static DescribedAddress FreeTimes() => Get("/appointments/free", "Appointments", "Find free times") with
    {
        More = "The next times at which an appointment of a type can be booked, the earliest first, none overlapping another: within the "
            + "opening hours, at least two hours and at most sixty days from now. Days are those of the practice's zone.",
        Parameters =
        [
            new("typeId", Shape.Text("The id of an appointment type, its id in steps, or its name.")) { IsNeeded = true },
            new("from", Shape.Text("The first day, such as 2026-11-30; today when it is not given.")),
            new("to", Shape.Text(
                $"The last day, at most {FindFreeTimes.MostDays} days in all; six days after the first when it is not given.")),
            new("limit", Shape.Whole($"How many; more than {FindFreeTimes.Most} is cut to it.", 1).Preset(FindFreeTimes.Most)),
        ],
        Answers = [new(200, "The free times.", Shape.Told("", ("data", Shape.List(Shape.Ref("FreeTime"), "The earliest first."))))],
    };

    private static IEnumerable<DescribedParameter> Filters(PracticeField field)
    {
        yield return new(field.Name, Narrow(field, $"Only those with this {field.Label.ToLowerInvariant()}."));
        if (!field.IsRanked) yield break;
        yield return new($"{field.Name}[gte]", Narrow(field, "This or more."));
        yield return new($"{field.Name}[lte]", Narrow(field, "This or less."));
    }

    private static JsonObject Narrow(PracticeField field, string words) => field.Kind switch
    {
        FieldKind.Choice => Shape.Word(words, field.Choices.Select(c => c.Value)),
        FieldKind.Flag => Shape.Flag(words),
        FieldKind.Whole => Shape.Whole(words),
        FieldKind.Number => Shape.Number(words),
        _ => Shape.Text(words),
    };

    private static JsonObject Record(PracticeTable table) => Shape.Told($"{char.ToUpperInvariant(table.A[0])}{table.A[1..]}.",
    [
        ("id", Shape.Uuid("The id.")), .. table.Fields.Select(f => (f.Name, IsAlways(f) ? Value(f) : Value(f).OrNull())),
        ("createdAt", Shape.Time("Since when it is there.")),
    ]);

    private static JsonObject Body(PracticeTable table) => Shape.Sent($"What is known of {table.A}.",
        [.. table.Fields.Where(f => !f.IsTold).Select(f => (f.Name, IsAlways(f) ? Sent(f) : Sent(f).OrNull()))]);

    // a choice and a flag always have a value
    private static bool IsAlways(PracticeField field) => field.IsNeeded || field.Kind is FieldKind.Choice or FieldKind.Flag;

    // a moment may be sent as the clock of the practice shows it
    private static JsonObject Sent(PracticeField field) => field.Kind == FieldKind.Moment ? Shape.Text(Said(field)) : Value(field);

    private static string Said(PracticeField field) => field.Hint.Length > 0 ? $"{field.Label}. {field.Hint}" : $"{field.Label}.";

    private static JsonObject Value(PracticeField field)
    {
        var words = Said(field);
        return field.Kind switch
        {
            FieldKind.Choice => Shape.Word(words, field.Choices.Select(c => c.Value)),
            FieldKind.Flag => Shape.Flag(words),
            FieldKind.Whole => Shape.Whole(words, (long)field.Least, (long)field.Most),
            FieldKind.Number => Shape.Number(words),
            FieldKind.Link => Shape.Address(words),
            FieldKind.Day => Shape.Text(words, pattern: "^\\d{4}-\\d{2}-\\d{2}$"),
            FieldKind.Time => Shape.Text(words, pattern: "^\\d{2}:\\d{2}$"),
            FieldKind.Moment => Shape.Time(words),
            FieldKind.Record => Shape.Text(words, max: field.Longest),
            _ => Shape.Text(words, max: field.Longest),
        };
    }

    private static JsonObject Report() => Shape.Told("What became of a file, or would.",
        ("preview", Shape.Flag("Whether nothing was stored.")), ("lines", Shape.Whole("How many lines there are.")),
        ("added", Shape.Whole("Lines that add.")), ("changed", Shape.Whole("Lines that change.")),
        ("same", Shape.Whole("Lines that say what is there.")), ("refused", Shape.Whole("Lines that cannot be taken.")),
        ("outcomes", Shape.List(Shape.Told("", ("line", Shape.Whole("Its number in the file.")),
            ("result", Shape.Word("What became of it.", "added", "changed", "same", "refused")),
            ("title", Shape.Text("What it is called.").OrNull()),
            ("problems", Shape.List(Shape.Told("", ("field", Shape.Text("Its name; empty for the line.")),
                ("message", Shape.Text("Cause and remedy.")))))), $"The first {ImportReport.MostTold}, refused ones before the others.")));

    private static string Shaped(PracticeTable table) =>
        string.Concat(table.One.Split(' ').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static string InWords(IEnumerable<PracticeField> fields) => string.Join(", ", fields.Select(f => f.Label.ToLowerInvariant()));
}
