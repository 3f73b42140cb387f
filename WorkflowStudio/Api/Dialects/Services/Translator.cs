using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>
/// Between the wire and the model: steps one after the other are a chain of nodes, <c>schedule</c> and <c>manual</c> the triggers of the
/// same names. A workflow that is something else is shown as far as it can be told.
/// </summary>
internal static class ServicesTranslator
{
    /// <summary>The triggers that can be told here.</summary>
    public static readonly IReadOnlyList<string> Triggers = [Schedule, Manual];

    private const string Schedule = "schedule";
    private const string Manual = "manual";
    private const string UsualZone = "UTC";

    private static readonly string Dialect = ServicesDialect.Instance.Name;

    /// <summary>The workflow that a body makes.</summary>
    public static NewWorkflow New(WorkflowBody body)
    {
        var definition = Define(body, WorkflowDefinition.Empty, [], body.TriggerType ?? Schedule, body.Cron, body.TimeZone);
        return new NewWorkflow(
            body.Name!, body.Description!, body.Status ?? WorkflowStatus.Active, definition, EditorState.None, Dialect)
        {
            Visibility = body.Sharing.Visibility,
            SharedUserIds = body.Sharing.UserIds,
            SharedRoleIds = body.Sharing.RoleIds,
            Fields = KeptFields.With("{}", Dialect, Kept(body, body.TriggerType ?? Schedule, body.Cron, body.TimeZone, [])),
        };
    }

    /// <summary>What becomes of a workflow by a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="present">The workflow as it is.</param>
    /// <param name="isWhole">Whether the body is all that it is to be.</param>
    public static Result<WorkflowUpdate> Change(WorkflowBody body, DefinedWorkflow present, bool isWhole)
    {
        var (workflow, definition) = present;
        var now = Timing(present);
        var trigger = body.TriggerType ?? (isWhole ? Schedule : definition.Trigger.Type);
        var (cron, zone) = (body.Cron ?? now.Cron, body.TimeZone ?? (isWhole ? null : now.Zone));
        if (trigger == Schedule && cron is null)
            return new OperationProblem.Invalid("The workflow cannot be stored as it is.", [WorkflowProblem.Error(
                WorkflowProblemCodes.MissingField, "cron_expression", null, "The field cron_expression is missing.")]);
        var isChain = StepChain.TryOrder(definition, out var nodes);
        if ((body.Steps is not null && !isChain) || (trigger != definition.Trigger.Type && !Triggers.Contains(definition.Trigger.Type)))
            return new OperationProblem.Conflict("not_expressible", "This workflow branches, or starts in a way that cannot be told here, "
                + "and that would be lost. Change its steps and its trigger in the studio.");
        return new WorkflowUpdate
        {
            Name = body.Name,
            Description = body.Description,
            Status = body.Status,
            Definition = Define(body, definition, nodes, trigger, cron, zone),
            Sharing = body.Sharing.IsEmpty ? null : body.Sharing,
            Fields = KeptFields.With(workflow.Fields, Dialect, Kept(body, trigger, cron, zone, isWhole ? [] : KeptOf(workflow))),
        };
    }

    /// <summary>Writes a workflow.</summary>
    public static void Write(Utf8JsonWriter w, DefinedWorkflow item)
    {
        var (workflow, definition) = item;
        var (cron, zone) = Timing(item);
        var kept = KeptOf(workflow);
        var isChain = StepChain.TryOrder(definition, out var nodes);
        w.WriteStartObject();
        w.WriteString("id", workflow.Id);
        w.WriteString("name", workflow.Name);
        w.WriteString("description", workflow.Description.Length == 0 ? null : workflow.Description);
        w.WriteString("trigger_type", definition.Trigger.Type);
        w.WriteString("cron_expression", cron);
        // a schedule of another dialect that names none goes by the workspace's
        w.WriteString("timezone", zone ?? (definition.Trigger.Type == Schedule ? null : UsualZone));
        w.WriteString("status", workflow.Status == WorkflowStatus.Active ? "active" : "paused");
        w.WriteString("visibility", Word(workflow.Visibility));
        WriteIds(w, "shared_user_ids", item.Grants.Where(g => !g.IsRole));
        WriteIds(w, "shared_role_ids", item.Grants.Where(g => g.IsRole));
        w.WriteStartArray("steps");
        foreach (var node in isChain ? nodes : [])
            KeptFields.Step(definition, Dialect, node, s => Node(node, s), Step).WriteTo(w);
        w.WriteEndArray();
        w.WriteString("next_run_at", item.NextAt is { } next ? ServicesJson.Time(next) : null);
        w.WriteString("created_at", ServicesJson.Time(workflow.CreatedAt));
        w.WriteString("updated_at", ServicesJson.Time(workflow.UpdatedAt));
        if (!isChain || !Triggers.Contains(definition.Trigger.Type)) w.WriteBoolean("expressible", false);
        foreach (var (name, _) in kept.Where(p => p.Key is not ("cron_expression" or "timezone")).ToList()) WriteKept(w, kept, name, null);
        w.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter w, string name, IEnumerable<GrantFacts> grants)
    {
        w.WriteStartArray(name);
        foreach (var grant in grants) w.WriteStringValue(grant.GranteeId);
        w.WriteEndArray();
    }

    private static WorkflowDefinition Define(
        WorkflowBody body, WorkflowDefinition present, IReadOnlyList<WorkflowNode> nodes, string trigger, string? cron, string? zone)
    {
        var definition = present with { Trigger = Trigger(present.Trigger, trigger, cron, zone) };
        if (body.Steps is not { } steps) return definition;
        var made = new List<WorkflowNode>(steps.Count);
        var taken = nodes.Select(n => n.Id).ToHashSet();
        for (var i = 0; i < steps.Count; i++)
        {
            // a step that stays what it is keeps what only the studio knows of it
            var same = i < nodes.Count && nodes[i].Type == steps[i].Type ? nodes[i] : null;
            made.Add((same ?? new WorkflowNode { Id = FreeId(i, taken), Type = steps[i].Type }) with { Config = steps[i].Config });
        }

        return KeptFields.WithSteps(
            definition with { Nodes = made, Links = StepChain.Links(made) }, Dialect, made.Zip(steps, (n, s) => (n.Id, s.Sent)));
    }

    private static string FreeId(int index, HashSet<string> taken)
    {
        var number = index + 1;
        while (!taken.Add($"step_{number}")) number++;
        return $"step_{number}";
    }

    private static WorkflowTrigger Trigger(WorkflowTrigger present, string type, string? cron, string? zone)
    {
        if (type != Schedule) return present.Type == type ? present : new WorkflowTrigger { Type = type };
        // a schedule keeps what only the studio knows of it
        var config = present is { Type: Schedule, Config.ValueKind: JsonValueKind.Object }
            ? JsonNode.Parse(present.Config.GetRawText())!.AsObject() : [];
        (config["cron"], config["timezone"]) = (cron, zone ?? UsualZone);
        return new WorkflowTrigger { Type = Schedule, Config = JsonElement.Parse(config.ToJsonString()) };
    }

    // what a schedule has; where the trigger is another, what was said of one beside it
    private static (string? Cron, string? Zone) Timing(DefinedWorkflow item)
    {
        var trigger = item.Definition.Trigger;
        if (trigger.Type != Schedule)
        {
            var kept = KeptOf(item.Workflow);
            return ((string?)kept["cron_expression"], (string?)kept["timezone"]);
        }

        var zone = Text("timezone");
        return (Text("cron"), zone is { Length: > 0 } ? zone : item.Definition.Settings.TimeZone);

        string? Text(string name) =>
            trigger.Config.ValueKind == JsonValueKind.Object && trigger.Config.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static JsonElement Kept(WorkflowBody body, string trigger, string? cron, string? zone, JsonObject present)
    {
        foreach (var (name, value) in body.Kept) present[name] = value?.DeepClone();
        foreach (var (name, value) in new[] { ("cron_expression", cron), ("timezone", zone) })
        {
            present.Remove(name);
            if (trigger != Schedule && value is not null) present[name] = value;
        }

        return JsonElement.Parse(present.ToJsonString());
    }

    private static JsonObject KeptOf(WorkflowFacts workflow) => KeptFields.Of(workflow, Dialect) is { ValueKind: JsonValueKind.Object } kept
        ? JsonNode.Parse(kept.GetRawText())!.AsObject() : [];

    private static void WriteKept(Utf8JsonWriter w, JsonObject kept, string name, JsonNode? preset)
    {
        w.WritePropertyName(name);
        var value = kept.TryGetPropertyValue(name, out var own) ? own : null;
        kept.Remove(name);
        if ((value ?? preset) is { } node) node.WriteTo(w);
        else w.WriteNullValue();
    }

    private static WorkflowNode Node(WorkflowNode node, JsonElement sent) => node with
    { Type = sent.GetProperty("step_type").GetString()!, Config = sent.GetProperty("step_config") };

    private static JsonElement Step(WorkflowNode node) =>
        StepBody.Of(node.Type, node.Config.ValueKind == JsonValueKind.Object ? node.Config : JsonElement.Parse("{}"), []).Sent;

    private static string Word(WorkflowVisibility visibility) => visibility switch
    {
        WorkflowVisibility.Private => "private",
        WorkflowVisibility.Shared => "shared",
        _ => "tenant",
    };
}
