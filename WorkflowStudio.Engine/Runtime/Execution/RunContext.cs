using System.Text.Json;
using NodaTime;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>The facts around a run that expressions and steps may know.</summary>
internal sealed class RunContext(RunFacts facts, DateTimeZone zone, DateTimeOffset startedAt, Func<JsonElement> workspace)
{
    private JsonElement run, workflow;

    /// <summary>What is around a run of a version.</summary>
    public static async ValueTask<RunContext> OfAsync(
        PlanSource plans, RunIdentity run, PlannedVersion version, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var workspace = await plans.WorkspaceAsync(run.Tenant, cancellationToken);
        var zone = TimeZones.FindOrUtc(version.Version.Definition.Settings.TimeZone ?? workspace.Facts.TimeZone);
        var facts = new RunFacts(run.RunId, run.WorkflowId, version.Version.WorkflowName, run.Tenant, zone.Id, run.Depth);
        return new RunContext(facts, zone, startedAt, () => workspace.Json);
    }

    /// <summary>What steps are told of the run.</summary>
    public RunFacts Facts { get; } = facts;

    /// <summary>The zone in which the run reads and writes dates.</summary>
    public DateTimeZone Zone { get; } = zone;

    /// <summary><c>$run</c>: id, started_at, time_zone.</summary>
    public JsonElement Run => Once(ref run, () => JsonSerializer.SerializeToElement(
        new { id = ShownId.Run(Facts.RunId), started_at = startedAt.On(Zone), time_zone = Facts.TimeZone }));

    /// <summary><c>$workflow</c>: id, name.</summary>
    public JsonElement Workflow => Once(
        ref workflow, () => JsonSerializer.SerializeToElement(new { id = ShownId.Workflow(Facts.WorkflowId), name = Facts.WorkflowName }));

    /// <summary><c>$workspace</c>: name, phone, address, time_zone.</summary>
    public JsonElement Workspace => workspace();

    private static JsonElement Once(ref JsonElement field, Func<JsonElement> make)
    {
        if (field.ValueKind == JsonValueKind.Undefined) field = make();
        return field;
    }
}
