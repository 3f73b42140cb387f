using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Documents.Fields;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Upstream;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Engine.Nodes.Documents;

/// <summary>Finds fields in a text: by rules, and by a connected language model what these miss.</summary>
[Step("extract", "Extract fields", NodeGroup.Documents, "data_object", HasOutsideEffect = true, HandsOn = true,
    Does = "Finds the fields of a schema in a text: by labels, patterns and the usual form of documents; what these miss, a connected "
        + "language model is asked for. The schemas invoice, contract, resume and general are there; others are told field by field. Each "
        + "field is an output of its own, {{ invoice_number }}, and null when it was not found. The sums of an invoice are checked against "
        + "its lines. Whoever listens for extraction.completed is told.",
    Example = """{"schema_id":"invoice"}""")]
public sealed class ExtractNode(ILanguageModel model, IDocuments documents) : NodeType<ExtractSettings, ExtractOutput>
{
    private const string IncompletePort = "incomplete";

    private static readonly NodeOutcome.Failed NoText = new("no_text",
        "There is no text to look into: no earlier step gave one, and neither did the data that started the run. Put the step that reads a "
        + "document before this one, or name the text. (Setting: text)");

    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) => ReadOrNull(config)?.WhenIncomplete == WhenIncomplete.Port
        ? new NodeShape([NodePort.Out, new NodePort(IncompletePort, IncompletePort)])
        : Usual;

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is not { } settings ? null
        : settings.SchemaId.Length > 0 ? Card.Fit(settings.SchemaId)
        : settings.Fields.Count > 0 ? Card.Fit(string.Join(", ", settings.Fields.Select(f => f.Name)))
        : null;

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return [];
        var problems = Problems(settings).Concat(settings.Fields.SelectMany((field, i) =>
            InstructionCheck.Of(field.Description, $"fields[{i}].description", "Describe the field in fixed words.")));
        return settings.SchemaId.Length == 0 || Template.Contains(settings.SchemaId) || FieldSchemas.Find(settings.SchemaId) is not null
            ? problems
            : problems.Append(new SettingProblem(WorkflowProblemCodes.WrongSetting, "schema_id", Unknown(settings.SchemaId),
                settings.Fields.Count > 0 ? ProblemSeverity.Error : ProblemSeverity.Warning));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? OutputNames(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings || Template.Contains(settings.SchemaId)
            || settings.Fields.Any(f => Template.Contains(f.Name))
            || (settings.SchemaId.Length > 0 && FieldSchemas.Find(settings.SchemaId) is null)) return null;
        return [.. Output.Fields.Select(f => f.Name).Concat(Wishes(settings, out _).Select(w => w.Name)).Distinct()];
    }

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(ExtractSettings settings, NodeInput input,
        CancellationToken cancellationToken)
    {
        if (settings.SchemaId.Length > 0 && FieldSchemas.Find(settings.SchemaId) is null)
            return new NodeOutcome.Failed("unknown_schema", $"{Unknown(settings.SchemaId)} (Setting: schema_id)");
        if (Problems(settings).FirstOrDefault() is { } problem) return SettingsFailure.Of(problem);
        var text = settings.Text.Length > 0 ? settings.Text : input.Text("text") ?? TextOf(input.Payload);
        if (string.IsNullOrWhiteSpace(text)) return NoText;

        var wishes = Wishes(settings, out var schema);
        var reading = RulesOfFields.Read(text, schema, wishes);
        var reply = await AskAsync(settings, input, text, wishes, reading, cancellationToken);
        var output = Report(settings, wishes, schema, reading, reply);
        Tell(input, output, reply);
        var json = Json(output, wishes);
        if (input.Id("document_id") is { } document)
            await documents.NoteAsync(input.Run.Tenant, document, new(output.SchemaId, output.Fields, output.OverallConfidence),
                input.Source(":noted"), cancellationToken);
        await documents.TellAsync(input.Run.Tenant, KnownEvents.ExtractionCompleted, () => Told(json, output, input),
            input.Source(":extracted"), cancellationToken);
        return output.Complete || settings.WhenIncomplete == WhenIncomplete.GoOn ? new NodeOutcome.Completed(json)
            : settings.WhenIncomplete == WhenIncomplete.Port ? new NodeOutcome.Completed(json, IncompletePort)
            : new NodeOutcome.Failed("fields_missing", $"The text does not say what is needed: {string.Join(", ", output.Missing)}. Look "
                + "at the document, or give the fields labels as they stand there. (Setting: fields)");
    }

    // null when nobody was asked or the answer was none: the rules have read what they could
    private async Task<ModelReply?> AskAsync(ExtractSettings settings, NodeInput input, string text, IReadOnlyList<FieldWish> wishes,
        FieldReading reading, CancellationToken cancellationToken)
    {
        FieldWish[] left = [.. wishes.Where(w => !reading.Found.ContainsKey(w.Name))];
        if (settings.Reader == FieldReader.Rules || left.Length == 0) return null;
        if (await model.AskAsync(input.Run.Tenant, FieldQuestion.Of(text, left, settings.Model), cancellationToken) is not { } answer)
            return null;
        if (!answer.Has(out var reply, out var problem))
        {
            input.Log(NodeLogLevel.Warning, $"The language model could not be asked, so the rules alone have read. {problem.Message}");
            return null;
        }

        foreach (var (name, field) in FieldQuestion.Read(reply.Value, left, text)) reading.Found[name] = field;
        return reply;
    }

    private static ExtractOutput Report(ExtractSettings settings, IReadOnlyList<FieldWish> wishes, FieldSchema? schema,
        FieldReading reading,
        ModelReply? reply)
    {
        var found = wishes.Where(w => reading.Found.ContainsKey(w.Name)).ToList();
        string[] missing = [.. wishes.Where(w => w.Required && !reading.Found.ContainsKey(w.Name)).Select(w => w.Name)];
        var sure = found.Sum(w => reading.Found[w.Name].Confidence);
        return new ExtractOutput
        {
            SchemaId = settings.SchemaId.Length > 0 ? settings.SchemaId : schema?.Id,
            Fields = JsonSerializer.SerializeToElement(
                new JsonObject(wishes.Select(w => KeyValuePair.Create(w.Name,
                    reading.Found.GetValueOrDefault(w.Name)?.Value.DeepClone())))),
            Confidence = wishes.ToDictionary(w => w.Name, w => Math.Round(reading.Found.GetValueOrDefault(w.Name)?.Confidence ?? 0, 2)),
            OverallConfidence = found.Count + missing.Length == 0 ? 0 : Math.Round(sure / (found.Count + missing.Length), 2),
            Missing = missing,
            Complete = missing.Length == 0,
            Checks = reading.Checks,
            Reader = reply is null ? "rules" : "model",
            Model = reply?.Model,
            Tokens = reply?.Tokens ?? 0,
        };
    }

    private static void Tell(NodeInput input, ExtractOutput output, ModelReply? reply)
    {
        var count = output.Confidence.Count(f => f.Value > 0);
        input.Log(NodeLogLevel.Info, $"Found {count} of {output.Confidence.Count} fields, "
            + (reply?.Told ?? "read by rules"));
        if (!output.Complete) input.Log(NodeLogLevel.Warning, $"Not found: {string.Join(", ", output.Missing)}");
        foreach (var check in output.Checks.Where(c => !c.Ok))
            input.Log(NodeLogLevel.Warning, $"The sum {check.Name} does not fit: {check.Found} stands there, {check.Expected} was "
                + $"expected.");
    }

    // the fields stand beside the rest, so that {{ invoice_number }} finds its value in the newest output
    private static JsonElement Json(ExtractOutput output, IReadOnlyList<FieldWish> wishes)
    {
        var all = JsonSerializer.SerializeToNode(output, NodeJson.Options)!.AsObject();
        var fields = all["fields"]!.AsObject();
        foreach (var wish in wishes) all[wish.Name] = fields[wish.Name]?.DeepClone();
        return JsonSerializer.SerializeToElement(all, NodeJson.Options);
    }

    private static JsonElement Told(JsonElement output, ExtractOutput facts, NodeInput input)
    {
        var data = JsonNode.Parse(output.GetRawText())!.AsObject();
        if (input.Id("document_id") is { } document) data["document_id"] = document;
        // as confidence_min of a trigger asks for it
        data["confidence"] = facts.OverallConfidence;
        (data["run_id"], data["workflow_id"]) = (input.Run.RunId, input.Run.WorkflowId);
        return JsonSerializer.SerializeToElement(data);
    }

    private static IReadOnlyList<FieldWish> Wishes(ExtractSettings settings, out FieldSchema? schema)
    {
        schema = settings.SchemaId.Length > 0 ? FieldSchemas.Find(settings.SchemaId)
            : settings.Fields.Count == 0 ? FieldSchemas.Find(FieldSchemas.General) : null;
        var own = settings.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return [.. (schema?.Fields ?? []).Where(f => !own.Contains(f.Name)), .. settings.Fields];
    }

    private IEnumerable<SettingProblem> Problems(ExtractSettings settings)
    {
        for (var i = 0; i < settings.Fields.Count; i++)
        {
            var (field, place) = (settings.Fields[i], $"fields[{i}]");
            if (Template.Contains(field.Name)) continue;
            if (!FieldWish.CanBeName(field.Name))
                yield return SettingProblem.Wrong($"{place}.name",
                    $"The name {ShownText.Cut(field.Name, 60)} has to be letters, digits and _, a letter first.");
            else if (Output.Field(field.Name) is not null)
                yield return SettingProblem.Wrong($"{place}.name", $"{field.Name} is an output of the step already. Choose another name.");
            else if (settings.Fields.Take(i).Any(before => before.Name == field.Name))
                yield return SettingProblem.Wrong($"{place}.name", $"There is a field {field.Name} already. Give each its own name.");
            if (WhyNoPattern(field) is { } why) yield return SettingProblem.Wrong($"{place}.pattern", why);
        }
    }

    private static string? WhyNoPattern(FieldWish field)
    {
        try
        {
            if (!Template.Contains(field.Pattern)) field.Regex();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"The pattern cannot be read: {e.Message}";
        }
    }

    private static string Unknown(string schema) => $"There is no schema {ShownText.Cut(schema, 60)}. Take one of "
        + $"{string.Join(", ", FieldSchemas.Ids)}, or tell the fields.{NearestName.Hint(schema, FieldSchemas.Ids)}";

    private static string? TextOf(JsonElement payload) => payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}

/// <summary>The settings of <see cref="ExtractNode"/>.</summary>
public sealed record ExtractSettings
{
    /// <summary>The schema.</summary>
    [Setting("Schema", Description = "invoice, contract, resume or general (also with -schema behind); left empty with fields of your own, "
        + "these alone are looked for.", Max = 100)]
    public string SchemaId { get; init; } = "";

    /// <summary>Fields of one's own.</summary>
    [Setting("Fields", Description = "What to look for, beside the fields of the schema.", Max = 60)]
    public IReadOnlyList<FieldWish> Fields { get; init; } = [];

    /// <summary>The text.</summary>
    [Setting("Text", Description = "What is looked into. Left empty: the text of the newest step before, else that of the data that "
        + "started the run.", Editor = FieldEditor.MultiLine)]
    public string Text { get; init; } = "";

    /// <summary>What becomes of a text that lacks required fields.</summary>
    [Setting("When a field is missing", Description = "What happens when a required field is not found: missing names it in any case.",
        Choices = ["go_on=Go on", "port=Take the port incomplete", "fail=Fail the step"])]
    public WhenIncomplete WhenIncomplete { get; init; } = WhenIncomplete.GoOn;

    /// <summary>Who reads.</summary>
    [Setting("Read by", Choices = ["auto=Rules, then a connected model", "rules=Rules alone"], Advanced = true)]
    public FieldReader Reader { get; init; } = FieldReader.Auto;

    /// <summary>The model.</summary>
    [Setting("Model", Description = "Used when the AI connection names no model of its own.", Max = 100, Advanced = true)]
    public string Model { get; init; } = "";
}

/// <summary>What becomes of a text that lacks required fields.</summary>
public enum WhenIncomplete
{
    /// <summary>The run goes on.</summary>
    GoOn,

    /// <summary>It goes on through a port of its own.</summary>
    Port,

    /// <summary>The step fails.</summary>
    Fail,
}

/// <summary>Who reads fields.</summary>
public enum FieldReader
{
    /// <summary>Rules, and a connected language model what these miss.</summary>
    Auto,

    /// <summary>Rules alone.</summary>
    Rules,
}

/// <summary>The output of <see cref="ExtractNode"/>, beside which each field stands under its name.</summary>
public sealed record ExtractOutput
{
    [Setting("Schema", Description = "As the settings name it; missing with fields of one's own.")]
    public string? SchemaId { get; init; }

    [Setting("Fields", Description = "All fields by their names; null for those that were not found. Each is an output of its own, too.")]
    public required JsonElement Fields { get; init; }

    [Setting("Confidence", Description = "How sure each field is, by its name: 0 to 1; 0 for those that were not found.")]
    public required IReadOnlyDictionary<string, double> Confidence { get; init; }

    [Setting("Confidence as a whole", Description = "Of what was found and of what is required: 0 to 1.")]
    public required double OverallConfidence { get; init; }

    [Setting("Missing", Description = "The required fields that were not found.")]
    public required IReadOnlyList<string> Missing { get; init; }

    [Setting("Complete", Description = "Whether every required field was found.")]
    public required bool Complete { get; init; }

    [Setting("Checks", Description = "Whether the sums of an invoice fit its lines.")]
    public required IReadOnlyList<FieldCheck> Checks { get; init; }

    [Setting("Read by", Description = "rules, or model when a language model was asked for what they missed.",
        Choices = ["rules", "model"])]
    public required string Reader { get; init; }

    [Setting("Model", Description = "The model that was asked; missing when none was.")]
    public string? Model { get; init; }

    [Setting("Tokens", Description = "How many tokens the model took; 0 when none was asked.")]
    public required int Tokens { get; init; }
}
