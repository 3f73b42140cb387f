namespace WorkflowStudio.Engine.Model;

/// <summary>
/// What the validator has to know of the step types. The catalog of <c>Nodes</c> answers it; the model itself knows no type.
/// </summary>
public interface IStepTypes
{
    /// <summary>The names of all step types, sorted.</summary>
    IReadOnlyList<string> KnownTypes { get; }

    /// <summary>The names of all trigger types, sorted.</summary>
    IReadOnlyList<string> KnownTriggers { get; }

    /// <summary>The shape of a type, or null when there is none of that name.</summary>
    StepShape? Find(string type);

    /// <summary>
    /// The ids of a step's output ports, as its settings and its <c>on_error</c> make them; the first is taken when a link names none.
    /// Those of an unknown type are none.
    /// </summary>
    IReadOnlyList<string> PortsOf(WorkflowNode node);

    /// <summary>
    /// What is wrong with a step's settings: missing, of the wrong type, outside their limits. Paths are relative to <c>config</c>.
    /// </summary>
    IEnumerable<SettingProblem> CheckSettings(WorkflowNode node);

    /// <summary>
    /// What is wrong with the trigger's event, constraints and settings; of an unknown type nothing but the constraints is checked. Paths
    /// are relative to <c>trigger</c>.
    /// </summary>
    IEnumerable<SettingProblem> CheckTrigger(WorkflowTrigger trigger);

    /// <summary>
    /// What is wrong with the expressions in a step's settings: unreadable, naming what is not there, of the wrong type. Paths are relative
    /// to <c>config</c>.
    /// </summary>
    IEnumerable<SettingProblem> CheckExpressions(WorkflowNode node, StepSight sight);

    /// <summary>What the step names outside of its workflow, as far as no expression says it.</summary>
    IReadOnlyList<OutsideName> OutsideNamesOf(WorkflowNode node);

    /// <summary>What the trigger names outside of its workflow.</summary>
    IEnumerable<OutsideName> OutsideNamesOf(WorkflowTrigger trigger);

    /// <summary>How many arriving links are enough for a step's turn; null means that all of them have to be settled first.</summary>
    int? QuorumOf(WorkflowNode node);
}

/// <summary>The outside of a step type.</summary>
/// <param name="Outputs">The ids of its usual output ports, the first is taken when a link names none; those of a certain step are
/// <see cref="IStepTypes.PortsOf"/>.</param>
/// <param name="Waits">Whether the step can wait, so that a cycle through it takes time.</param>
/// <param name="Ends">Whether nothing may follow.</param>
/// <param name="BodyPort">The port behind which the steps are run once for each item; null when the type repeats nothing.</param>
/// <param name="EveryPort">Whether a step that is done goes on through all its ports, not through one of them.</param>
/// <param name="RunsCode">Whether the step runs a program that somebody wrote, which the workspace has to allow.</param>
public sealed record StepShape(
    IReadOnlyList<string> Outputs, bool Waits, bool Ends = false, string? BodyPort = null, bool EveryPort = false, bool RunsCode = false);

/// <summary>A problem of one setting.</summary>
/// <param name="Code">A stable name: one of <see cref="WorkflowProblemCodes"/>.</param>
/// <param name="Path">The path below <c>config</c>, for example <c>message_templates.sms</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Severity">Error or warning.</param>
public sealed record SettingProblem(string Code, string Path, string Message, ProblemSeverity Severity)
{
    /// <summary>Where it is inside the text of the setting; null when it concerns the whole.</summary>
    public TextRange? Position { get; init; }

    /// <summary>What would put it right; null when nobody can know.</summary>
    public ProblemFix? Fix { get; init; }

    /// <summary>The error of a setting without which the step cannot run.</summary>
    public static SettingProblem Missing(string path, string message) =>
        new(WorkflowProblemCodes.MissingSetting, path, message, ProblemSeverity.Error);

    /// <summary>The error of a setting that does not fit.</summary>
    public static SettingProblem Wrong(string path, string message) =>
        new(WorkflowProblemCodes.WrongSetting, path, message, ProblemSeverity.Error);
}
