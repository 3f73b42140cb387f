namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks each step by itself: id, type, settings, retry and timeout.</summary>
internal sealed class NodeChecks(IStepTypes types, WorkflowDefinition definition)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(WorkflowLimits.RetryDelayDays);
    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(WorkflowLimits.StepTimeoutHours);

    public IEnumerable<WorkflowProblem> Problems()
    {
        var firstWithId = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < definition.Nodes.Count; i++)
        {
            var node = definition.Nodes[i];
            var path = JsonPlace.Item("nodes", i);
            if (Id(node, path) is { } wrongId) yield return wrongId;
            else if (!firstWithId.TryAdd(node.Id, i))
                yield return Error(WorkflowProblemCodes.DuplicateNodeId, path + ".id", node,
                    $"The id {node.Id} is taken by nodes[{firstWithId[node.Id]}]. Give each step its own id.");
            if (node.Name.Length > WorkflowLimits.NameLength)
                yield return Error(WorkflowProblemCodes.NameTooLong, path + ".name", node, $"The name of the step {Words.Short(node.Id)} "
                    + $"has {node.Name.Length} characters, at most {WorkflowLimits.NameLength} are possible.");
            if (Type(node, path) is { } wrongType) yield return wrongType;
            foreach (var problem in Settings(node, path).Concat(Retry(node, path)).Concat(RetryCodes(node, path))
                .Concat(Timeout(node, path))) yield return problem;
        }
    }

    private static WorkflowProblem? Id(WorkflowNode node, string path)
    {
        var id = node.Id;
        if (string.IsNullOrEmpty(id))
            return WorkflowProblem.Error(
                WorkflowProblemCodes.MissingNodeId, path + ".id", null, "The step has no id. Give it one of letters, digits, _ and -.");
        if (id == WorkflowDefinition.TriggerId || id[0] == '$')
            return Error(WorkflowProblemCodes.ReservedNodeId, path + ".id", node, $"The id {Words.Short(id)} is reserved: \"trigger\" is "
                + "the start, and names that begin with $ belong to expressions. Choose another.");
        if (id.Length > WorkflowLimits.IdLength)
            return Error(WorkflowProblemCodes.InvalidNodeId, path + ".id", node,
                $"The id {Words.Short(id)} has {id.Length} characters, at most {WorkflowLimits.IdLength} are possible.");
        return WorkflowNode.CanBeId(id)
            ? null
            : Error(WorkflowProblemCodes.InvalidNodeId, path + ".id", node,
                $"The id {Words.Short(id)} holds characters other than letters, digits, _ and -.");
    }

    private WorkflowProblem? Type(WorkflowNode node, string path)
    {
        if (types.Find(node.Type) is not null) return null;
        return string.IsNullOrEmpty(node.Type)
            ? Error(WorkflowProblemCodes.MissingNodeType, path + ".type", node,
                $"The step {Words.Short(node.Id)} has no type. Known: {string.Join(", ", types.KnownTypes)}.")
            : Error(WorkflowProblemCodes.UnknownNodeType, path + ".type", node, $"There is no step type {Words.Short(node.Type)}. Known: "
                + $"{string.Join(", ", types.KnownTypes)}.{NearestName.Hint(node.Type, types.KnownTypes)}");
    }

    // a disabled step is passed through, so its settings need not be right yet
    private IEnumerable<WorkflowProblem> Settings(WorkflowNode node, string path) => types.CheckSettings(node)
        .Select(p => new WorkflowProblem(
            p.Code, JsonPlace.Join(path + ".config", p.Path), node.Id, p.Message, node.Disabled ? ProblemSeverity.Warning : p.Severity));

    private static IEnumerable<WorkflowProblem> Retry(WorkflowNode node, string path)
    {
        if (node.Retry is not { } retry) yield break;
        if (retry.Attempts is < 1 or > WorkflowLimits.Attempts)
            yield return Error(WorkflowProblemCodes.RetryOutOfLimits, path + ".retry.attempts", node,
                $"A step can be tried 1 to {WorkflowLimits.Attempts} times, but {retry.Attempts} was found.");
        if (retry.Delay < TimeSpan.Zero || retry.Delay > MaxDelay)
            yield return Error(WorkflowProblemCodes.RetryOutOfLimits, path + ".retry.delay", node,
                $"The time between two tries can be 0 seconds to 1 day, but {retry.Delay:c} was found.");
    }

    private static IEnumerable<WorkflowProblem> RetryCodes(WorkflowNode node, string path)
    {
        if (node.Retry is not { Codes: { Count: > 0 } codes }) yield break;
        if (codes.Count > WorkflowLimits.RetryCodes)
            yield return Error(WorkflowProblemCodes.RetryOutOfLimits, path + ".retry.codes", node,
                $"At most {WorkflowLimits.RetryCodes} codes of failures can be named, but there are {codes.Count}.");
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i].Length is 0 or > WorkflowLimits.RetryCodeLength
                || !codes[i].All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
                yield return Error(
                    WorkflowProblemCodes.RetryOutOfLimits, JsonPlace.Item(path + ".retry.codes", i), node, $"{Words.Short(codes[i])} is no "
                        + $"code of a failure: 1 to {WorkflowLimits.RetryCodeLength} letters, digits, _, - and dots, such as slot_taken.");
        }
    }

    private static IEnumerable<WorkflowProblem> Timeout(WorkflowNode node, string path)
    {
        if (node.Timeout is { } timeout && (timeout < MinTimeout || timeout > MaxTimeout))
            yield return Error(WorkflowProblemCodes.TimeoutOutOfLimits, path + ".timeout", node,
                $"The longest time of one try can be 1 second to 1 hour, but {timeout:c} was found.");
    }

    private static WorkflowProblem Error(string code, string path, WorkflowNode node, string message) =>
        WorkflowProblem.Error(code, path, node.Id, message);
}
