using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>What people call the steps of a run's version.</summary>
internal static class StepNames
{
    /// <summary>The name of a step, its type's title when it has none; of the start for the reserved id.</summary>
    public static string Of(RunWatch run, string id) =>
        id == WorkflowDefinition.TriggerId ? OfTrigger(run.Definition.Trigger)
        : run.Definition.Node(id) is { Name.Length: > 0 } node ? node.Name
        : run.TypeOf(id).Title;

    /// <summary>"Contact form submission" from <c>contact_form_submission</c>; the trigger's title when no event is named.</summary>
    public static string OfTrigger(WorkflowTrigger trigger)
    {
        if (trigger.Event is not { Length: > 0 } name) return TypeOf(trigger)?.Title ?? trigger.Type;
        var words = name.Replace('_', ' ').Replace('.', ' ').Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The trigger's type, or null when this server does not know it.</summary>
    public static TriggerType? TypeOf(WorkflowTrigger trigger) => TriggerType.All.FirstOrDefault(t => t.Type == trigger.Type);
}
