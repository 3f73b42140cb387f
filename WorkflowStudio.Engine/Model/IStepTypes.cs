namespace WorkflowStudio.Engine.Model;

/// <summary>What the validator has to know of the step types. The catalog of <c>Nodes</c> answers it; the model itself knows no type.</summary>
public interface IStepTypes
{
    /// <summary>The names of all step types, sorted.</summary>
    IReadOnlyList<string> KnownTypes { get; }

    /// <summary>The names of all trigger types, sorted.</summary>
    IReadOnlyList<string> KnownTriggers { get; }

    /// <summary>The shape of a type, or null when there is none of that name.</summary>
    StepShape? Find(string type);

    /// <summary>The ids of a step's output ports, as its settings and its <c>on_error</c> make them; the first is taken when a link names none. Those of an unknown type are none.</summary>
    IReadOnlyList<string> PortsOf(WorkflowNode node);

    /// <summary>What is wrong with a step's settings: missing, of the wrong type, outside their limits. Paths are relative to <c>config</c>.</summary>
    IEnumerable<SettingProblem> CheckSettings(WorkflowNode node);

    /// <summary>What is wrong with the trigger's event, constraints and settings; of an unknown type nothing but the constraints is checked. Paths are relative to <c>trigger</c>.</summary>
    IEnumerable<SettingProblem> CheckTrigger(WorkflowTrigger trigger);

    /// <summary>The templates in a step's settings that cannot be read, and every reference to another step in those that can.</summary>
    StepReferences ReferencesOf(WorkflowNode node);

    /// <summary>The names of the fields that a step's output has; null when they are not known before it runs.</summary>
    IReadOnlyList<string>? OutputsOf(WorkflowNode node);
}

/// <summary>The outside of a step type.</summary>
/// <param name="Outputs">The ids of its usual output ports, the first is taken when a link names none; those of a certain step are <see cref="IStepTypes.PortsOf"/>.</param>
/// <param name="Waits">Whether the step can wait, so that a cycle through it takes time.</param>
/// <param name="Ends">Whether nothing may follow.</param>
/// <param name="BodyPort">The port behind which the steps are run once for each item; null when the type repeats nothing.</param>
public sealed record StepShape(IReadOnlyList<string> Outputs, bool Waits, bool Ends = false, string? BodyPort = null);

/// <summary>A problem of one setting.</summary>
/// <param name="Code">A stable name: <c>missing_setting</c>, <c>wrong_setting</c>, <c>unknown_setting</c> (a warning), <c>unreadable_template</c> or <c>unknown_value</c>.</param>
/// <param name="Path">The path below <c>config</c>, for example <c>message_templates.sms</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Severity">Error or warning.</param>
public sealed record SettingProblem(string Code, string Path, string Message, ProblemSeverity Severity);

/// <summary>The references of one step's settings.</summary>
/// <param name="Steps">References to other steps.</param>
/// <param name="Problems">Templates that cannot be read, and roots that nothing provides.</param>
public sealed record StepReferences(IReadOnlyList<StepReference> Steps, IReadOnlyList<SettingProblem> Problems);

/// <summary>A reference to the output of another step.</summary>
/// <param name="NodeId">The step that is named.</param>
/// <param name="Path">Where the reference stands, below <c>config</c>.</param>
/// <param name="Text">The reference as written, for messages.</param>
/// <param name="Field">The first field of the output, or null.</param>
public sealed record StepReference(string NodeId, string Path, string Text, string? Field);
