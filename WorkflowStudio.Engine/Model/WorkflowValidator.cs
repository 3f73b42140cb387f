using WorkflowStudio.Engine.Model.Validation;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// Says everything that is wrong with a definition. Never throws, walks without recursion, and answers 500 steps in milliseconds.
/// </summary>
public sealed class WorkflowValidator(IStepTypes types)
{
    /// <summary>
    /// The problems in the order of the definition: the whole, the trigger, the steps, the links, the paths. Empty when there are none.
    /// </summary>
    /// <param name="definition">What to check.</param>
    /// <param name="ambients">The names with a dollar sign that a step may use beyond those of every step and of its type, for example
    /// <c>$item</c> inside a loop; null for none.</param>
    /// <param name="self">How the workflow itself is called; null where it has no name yet.</param>
    /// <param name="around">What it may name outside of itself; null when that is not to be looked at.</param>
    public IReadOnlyList<WorkflowProblem> Validate(
        WorkflowDefinition definition, Func<WorkflowNode, IReadOnlyList<string>>? ambients = null, WorkflowSelf? self = null,
        WorkflowSurroundings? around = null)
    {
        var tooLarge = Limits(definition).ToList();
        if (tooLarge.Count > 0) return tooLarge; // nothing else is worth its time
        var graph = new WorkflowGraph(definition, types);
        return
        [
            .. Whole(definition),
            .. new SettingsChecks(definition.Settings, self).Problems(),
            .. Trigger(definition.Trigger),
            .. new NodeChecks(types, definition).Problems(),
            .. new LinkChecks(types, graph).Problems(),
            .. new PathChecks(types, graph).Problems(),
            .. new ReferenceChecks(types, graph, ambients ?? (_ => [])).Problems(),
            .. around is null ? [] : new SurroundingChecks(types, definition, around).Problems(),
        ];
    }

    /// <summary>
    /// The same for a definition that is to run, published or sent by API: that nothing follows the trigger, and that no path leads to a
    /// step, are work in progress in a draft, but errors there.
    /// </summary>
    public IReadOnlyList<WorkflowProblem> ValidateToRun(WorkflowDefinition definition, WorkflowSelf? self = null) =>
        [.. NothingFollows(definition), .. Validate(definition, self: self).Select(p => p.Code is WorkflowProblemCodes.NoSteps
            or WorkflowProblemCodes.UnreachableNode ? p with { Severity = ProblemSeverity.Error } : p)];

    // in a draft each step already tells that no path leads to it
    private static IEnumerable<WorkflowProblem> NothingFollows(WorkflowDefinition definition)
    {
        if (definition.Nodes.Count > 0 && !definition.Links.Any(l => l.From == WorkflowDefinition.TriggerId))
            yield return WorkflowProblem.Error(WorkflowProblemCodes.NothingFollowsTrigger, "link_connections", null,
                "Nothing follows the trigger, so a run would do nothing. Link it to the first step.");
    }

    private static IEnumerable<WorkflowProblem> Limits(WorkflowDefinition definition)
    {
        if (definition.Nodes.Count > WorkflowDefinition.MaxNodes)
            yield return WorkflowProblem.Error(WorkflowProblemCodes.TooManyNodes, "nodes", null, "The workflow has "
                + $"{definition.Nodes.Count} steps, at most {WorkflowDefinition.MaxNodes} are possible. Split it into several workflows.");
        if (definition.Links.Count > WorkflowDefinition.MaxLinks)
            yield return WorkflowProblem.Error(WorkflowProblemCodes.TooManyLinks, "link_connections", null, "The workflow has "
                + $"{definition.Links.Count} links, at most {WorkflowDefinition.MaxLinks} are possible. Split it into several workflows.");
    }

    private static IEnumerable<WorkflowProblem> Whole(WorkflowDefinition definition)
    {
        if (definition.Nodes.Count == 0)
            yield return WorkflowProblem.Warning(
                WorkflowProblemCodes.NoSteps, "nodes", null, "The workflow has no steps yet, so a run would do nothing. Add a step.");
    }

    private IEnumerable<WorkflowProblem> Trigger(WorkflowTrigger trigger)
    {
        var known = string.Join(", ", types.KnownTriggers);
        if (string.IsNullOrWhiteSpace(trigger.Type))
            yield return WorkflowProblem.Error(
                WorkflowProblemCodes.MissingTriggerType, "trigger.type", null, $"The trigger has no type. Known: {known}.");
        else if (!types.KnownTriggers.Contains(trigger.Type))
            yield return WorkflowProblem.Error(WorkflowProblemCodes.UnknownTriggerType, "trigger.type", null, "There is no trigger type "
                + $"{Words.Short(trigger.Type)}. Known: {known}.{NearestName.Hint(trigger.Type, types.KnownTriggers)}");
        if (trigger.Event?.Length > EventName.MaxLength)
            yield return WorkflowProblem.Error(WorkflowProblemCodes.NameTooLong, "trigger.event", null,
                $"The name of the event has {trigger.Event.Length} characters, at most {EventName.MaxLength} are possible.");
        foreach (var problem in types.CheckTrigger(trigger))
            yield return new WorkflowProblem(
                problem.Code, JsonPlace.Join("trigger", problem.Path), null, problem.Message, problem.Severity);
    }
}

/// <summary>The names of a workflow, so that it does not refer to itself where it may not.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Slug">The short name in its address.</param>
public sealed record WorkflowSelf(Guid Id, string Slug)
{
    /// <summary>Whether a reference means this workflow.</summary>
    public bool IsNamed(string reference) => reference == Slug || (ShownId.TryRead(reference, out var id) && id == Id);
}
