using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Runtime.Runs;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>What the expressions in a step's settings see: the payload, the outputs upstream, and the surroundings.</summary>
internal sealed class RunScope(RunPlan plan, RunState state, PlanStep step, RunSurroundings surroundings, DateTimeOffset now) : IScope
{
    public JsonElement Payload => state.Payload;

    public IEnumerable<JsonElement> OutputsNewestFirst => Upstream().Select(s => s.Output);

    /// <summary>The completed steps upstream, newest first.</summary>
    public IEnumerable<StepState> Upstream() =>
        UpstreamIndexes().Select(i => state.Steps[i]);

    /// <summary>The indexes of the completed steps upstream, newest first.</summary>
    public IEnumerable<int> UpstreamIndexes() =>
        step.Upstream.Where(i => state.Steps[i].Status == StepStatus.Done).OrderByDescending(i => state.Steps[i].EndedSeq);

    public bool TryOutput(string nodeId, out JsonElement output)
    {
        var index = plan.IndexOf(nodeId);
        var known = index < 0 ? StepState.NotStarted : state.Steps[index];
        output = known.Output;
        return known.Status == StepStatus.Done && output.ValueKind != JsonValueKind.Undefined;
    }

    public bool TryAmbient(string name, out JsonElement value)
    {
        value = name switch
        {
            "$run" => surroundings.Run,
            "$workflow" => surroundings.Workflow,
            "$workspace" => surroundings.Workspace,
            "$now" => JsonSerializer.SerializeToElement(TimeZoneInfo.ConvertTime(now, surroundings.Zone)),
            _ => step.Type.Ambients.FirstOrDefault(a => a.Name == name)?.Value(step.Node.Config) ?? default,
        };
        return value.ValueKind != JsonValueKind.Undefined;
    }
}

/// <summary>The facts around a run that expressions and steps may know.</summary>
internal sealed class RunSurroundings(Nodes.RunFacts facts, TimeZoneInfo zone, DateTimeOffset startedAt, Func<JsonElement> workspace)
{
    private JsonElement run, workflow;

    /// <summary>What steps are told of the run.</summary>
    public Nodes.RunFacts Facts { get; } = facts;

    /// <summary>The zone in which the run reads and writes dates.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary><c>$run</c>: id, started_at, time_zone.</summary>
    public JsonElement Run => Once(ref run, () => JsonSerializer.SerializeToElement(new { id = Model.ShownId.Run(Facts.RunId), started_at = TimeZoneInfo.ConvertTime(startedAt, Zone), time_zone = Facts.TimeZone }));

    /// <summary><c>$workflow</c>: id, name.</summary>
    public JsonElement Workflow => Once(ref workflow, () => JsonSerializer.SerializeToElement(new { id = Model.ShownId.Workflow(Facts.WorkflowId), name = Facts.WorkflowName }));

    /// <summary><c>$workspace</c>: name, phone, address, time_zone.</summary>
    public JsonElement Workspace => workspace();

    private static JsonElement Once(ref JsonElement field, Func<JsonElement> make)
    {
        if (field.ValueKind == JsonValueKind.Undefined) field = make();
        return field;
    }
}
