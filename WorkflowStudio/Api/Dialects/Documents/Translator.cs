using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>
/// Between the wire and the model: steps one after the other are a chain of nodes. A workflow that branches is shown as far as it can be
/// told.
/// </summary>
internal static class DocumentsTranslator
{
    private const string TriggerMember = "trigger";
    private const string BesideStepsMember = "definition";
    private const string TypeMember = "type";
    private const string ConfigMember = "config";

    private static readonly string Dialect = DocumentsDialect.Instance.Name;

    /// <summary>The workflow that a body makes.</summary>
    public static NewWorkflow New(WorkflowBody body) => new(
        body.Name!, body.Description!, body.Enabled == false ? WorkflowStatus.Paused : WorkflowStatus.Active,
        Define(body, WorkflowDefinition.Empty, []), EditorState.None, Dialect)
    { Fields = KeptFields.With("{}", Dialect, JsonElement.Parse(body.Kept.ToJsonString())) };

    /// <summary>What becomes of a workflow by a body: what it does not name stays.</summary>
    public static Result<WorkflowUpdate> Change(WorkflowBody body, DefinedWorkflow present)
    {
        var (workflow, definition) = present;
        if (body.Steps is not null && !StepChain.TryOrder(definition, out _))
            return new OperationProblem.Conflict("not_expressible", "This workflow branches, and that would be lost: steps follow each "
                + "other here. Change its steps in the studio.");
        StepChain.TryOrder(definition, out var nodes);
        var kept = Object(KeptFields.Of(workflow, Dialect));
        foreach (var (name, value) in body.Kept) kept[name] = value?.DeepClone();
        return new WorkflowUpdate
        {
            Name = body.Name,
            Description = body.Description,
            Status = body.Enabled switch
            {
                true => WorkflowStatus.Active,
                false when workflow.Status != WorkflowStatus.Draft => WorkflowStatus.Paused,
                _ => null,
            },
            Definition = Define(body, definition, nodes),
            Fields = KeptFields.With(workflow.Fields, Dialect, JsonElement.Parse(kept.ToJsonString())),
        };
    }

    /// <summary>The definition with a schedule that was changed or taken away, at its own address.</summary>
    public static WorkflowDefinition Clocked(WorkflowDefinition definition, string? cron, string? zone, bool isRemoved) => isRemoved
        ? Kept(definition with { Trigger = new WorkflowTrigger { Type = "manual" } }, DocumentsTriggers.Scheduled, default(JsonElement))
        : definition with { Trigger = DocumentsTriggers.Clock(definition.Trigger, cron, zone) };

    /// <summary>The trigger and the steps of a definition that is a chain.</summary>
    public static (string TriggerType, JsonElement TriggerConfig, JsonElement Definition) Told(WorkflowDefinition definition)
    {
        StepChain.TryOrder(definition, out var nodes);
        var (type, config) = TriggerOf(definition);
        return (type, config, JsonElement.Parse(DocumentsJson.Bytes(w => WriteDefinition(w, definition, nodes))));
    }

    /// <summary>Writes a workflow.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="item">The workflow.</param>
    /// <param name="baseUrl">The address under which we were reached.</param>
    /// <param name="isWhole">Whether its steps are told, which lists do not.</param>
    public static void Write(Utf8JsonWriter w, DefinedWorkflow item, string baseUrl, bool isWhole)
    {
        var (workflow, definition) = item;
        var isChain = StepChain.TryOrder(definition, out var nodes);
        var (type, config) = TriggerOf(definition);
        w.WriteStartObject();
        w.WriteString("id", workflow.Id);
        w.WriteString("name", workflow.Name);
        w.WriteString("description", workflow.Description);
        w.WriteString("trigger_type", type);
        w.WritePropertyName("trigger_config");
        config.WriteTo(w);
        w.WriteBoolean("enabled", workflow.Status == WorkflowStatus.Active);
        w.WriteString("created_at", DocumentsJson.Time(workflow.CreatedAt));
        if (isWhole)
        {
            w.WriteString("updated_at", DocumentsJson.Time(workflow.UpdatedAt));
            if (definition.Trigger.Type == "webhook")
                w.WriteString("webhook_url", $"{baseUrl}/api/v1/webhooks/{ShownId.Workflow(workflow.Id)}");
            w.WritePropertyName("definition");
            WriteDefinition(w, definition, isChain ? nodes : []);
            if (!isChain) w.WriteBoolean("expressible", false);
        }

        WriteFields(w, Object(KeptFields.Of(workflow, Dialect)));
        w.WriteEndObject();
    }

    private static void WriteDefinition(Utf8JsonWriter w, WorkflowDefinition definition, IReadOnlyList<WorkflowNode> nodes)
    {
        w.WriteStartObject();
        w.WriteStartArray("steps");
        WriteSteps(w, definition, nodes);
        w.WriteEndArray();
        WriteFields(w, Object(KeptFields.Of(definition, Dialect))[BesideStepsMember] as JsonObject ?? []);
        w.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter w, WorkflowDefinition definition, IReadOnlyList<WorkflowNode> nodes)
    {
        var ids = StepIds.Of(definition);
        var sent = KeptFields.Steps(definition, Dialect).ToDictionary(s => s.Name, s => s.Value);
        foreach (var node in nodes)
            KeptFields.Step(definition, Dialect, node, s => DocumentsSteps.Node(s, node),
                n => DocumentsSteps.Write(n, ids, sent.GetValueOrDefault(n.Id))).WriteTo(w);
    }

    private static void WriteFields(Utf8JsonWriter w, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            w.WritePropertyName(name);
            if (value is null) w.WriteNullValue();
            else value.WriteTo(w);
        }
    }

    // as it was sent, as long as that still stands for the trigger
    private static (string Type, JsonElement Config) TriggerOf(WorkflowDefinition definition)
    {
        var (trigger, sent) = (definition.Trigger, Object(KeptFields.Of(definition, Dialect))[TriggerMember]?.AsObject());
        if (sent is not null)
        {
            var (type, config) = ((string)sent[TypeMember]!, JsonElement.Parse(sent[ConfigMember]!.ToJsonString()));
            if (IsSame(DocumentsTriggers.Read(type, config, trigger), trigger)) return (type, config);
        }

        return (DocumentsTriggers.Word(trigger.Type), JsonElement.Parse(DocumentsTriggers.Write(trigger).ToJsonString()));
    }

    private static bool IsSame(WorkflowTrigger one, WorkflowTrigger other) =>
        JsonElement.DeepEquals(Json(one), Json(other));

    private static JsonElement Json(WorkflowTrigger trigger) =>
        JsonElement.Parse(WorkflowJson.Write(WorkflowDefinition.Empty with { Trigger = trigger }));

    private static WorkflowDefinition Define(WorkflowBody body, WorkflowDefinition present, IReadOnlyList<WorkflowNode> nodes)
    {
        var definition = present;
        if (body.TriggerType is not null || body.TriggerConfig.ValueKind == JsonValueKind.Object)
        {
            var (now, settings) = TriggerOf(present);
            var type = body.TriggerType ?? now;
            var config = body.TriggerConfig.ValueKind == JsonValueKind.Object ? body.TriggerConfig : type == now ? settings : default;
            definition = Kept(
                definition with { Trigger = DocumentsTriggers.Read(type, config, present.Trigger) }, type, config);
        }

        if (body.Steps is not { } steps) return definition;
        var made = steps.Select(s =>
            DocumentsSteps.Node(s, nodes.FirstOrDefault(n => n.Id == StepIds.Node(s.GetProperty("id").GetString()!)))).ToList();
        definition = Kept(definition, BesideStepsMember, body.BesideSteps is { Count: > 0 } beside ? beside.DeepClone() : null);
        // of steps with one id, which the validator refuses, one is kept
        return KeptFields.WithSteps(
            definition with { Nodes = made, Links = StepChain.Links(made) }, Dialect, made.Zip(steps, (n, s) => (n.Id, s)));
    }

    private static WorkflowDefinition Kept(WorkflowDefinition definition, string type, JsonElement config) =>
        Kept(definition, TriggerMember, new JsonObject
        {
            [TypeMember] = type,
            [ConfigMember] = config.ValueKind == JsonValueKind.Object ? JsonNode.Parse(config.GetRawText()) : new JsonObject(),
        });

    // null for nothing
    private static WorkflowDefinition Kept(WorkflowDefinition definition, string member, JsonNode? value)
    {
        var kept = Object(KeptFields.Of(definition, Dialect));
        kept.Remove(member);
        if (value is not null) kept[member] = value;
        return KeptFields.With(definition, Dialect, JsonElement.Parse(kept.ToJsonString()));
    }

    private static JsonObject Object(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? JsonNode.Parse(value.GetRawText())!.AsObject() : [];
}
