namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Checks each link by itself: both ends, the port, and whether it says something new.</summary>
internal sealed class LinkChecks(IStepTypes types, WorkflowGraph graph)
{
    private const int MaxHints = 20;
    private int hints;

    public IEnumerable<WorkflowProblem> Problems()
    {
        var links = graph.Definition.Links;
        var seen = new Dictionary<(string, string, string), int>();
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            var path = JsonPlace.Item("link_connections", i);
            var ends = Ends(link, path).ToList();
            foreach (var problem in ends) yield return problem;
            if (ends.Count > 0) continue;
            if (link.MaxRounds is < 1 or > WorkflowLimits.Rounds)
                yield return Error(WorkflowProblemCodes.RoundsOutOfLimits, path + ".max_rounds", link.From,
                    $"A run can take a link 1 to {WorkflowLimits.Rounds:N0} times, but {link.MaxRounds} was found.");
            if (Port(link, path) is { } wrongPort) yield return wrongPort;
            else if (!seen.TryAdd((link.From, link.FromPort ?? FirstPort(link.From), link.To), i))
                yield return Error(
                    WorkflowProblemCodes.DuplicateLink, path, link.From, $"The link from {link.From} to {link.To} is there already as "
                        + $"link_connections[{seen[(link.From, link.FromPort ?? FirstPort(link.From), link.To)]}]. Remove one of them.");
        }
    }

    private IEnumerable<WorkflowProblem> Ends(LinkConnection link, string path)
    {
        if (link.From != WorkflowDefinition.TriggerId && !graph.TryIndex(link.From, out _))
            yield return Dangling(path + ".from", "begins at", link.From);
        if (link.To == WorkflowDefinition.TriggerId)
            yield return Error(WorkflowProblemCodes.LinkIntoTrigger, path + ".to", null,
                $"The link from {Words.Short(link.From)} leads into the trigger, where runs only begin. Lead it to a step.");
        else if (!graph.TryIndex(link.To, out _)) yield return Dangling(path + ".to", "leads to", link.To);
        else if (link.From == link.To)
            yield return Error(
                WorkflowProblemCodes.SelfLink, path, link.From, $"The step {link.From} is linked to itself. Remove the link.");
    }

    private WorkflowProblem? Port(LinkConnection link, string path)
    {
        if (link.From == WorkflowDefinition.TriggerId)
            return link.FromPort is null or "out" ? null : Unknown(link, path, ["out"]);
        graph.TryIndex(link.From, out var from);
        if (types.Find(graph.Node(from).Type) is not { } shape) return null;
        var ports = types.PortsOf(graph.Node(from));
        if (shape.Ends || ports.Count == 0)
            return Error(WorkflowProblemCodes.LinkAfterEnd, path + ".from", link.From,
                $"The step {link.From} ends the run, so nothing can follow it. Remove the link to {link.To}.");
        return link.FromPort is null || ports.Contains(link.FromPort) ? null : Unknown(link, path, ports);
    }

    private WorkflowProblem Dangling(string path, string verb, string id)
    {
        var hint = hints++ < MaxHints ? NearestName.Hint(id, graph.Definition.Nodes.Select(n => n.Id)) : "";
        return Error(WorkflowProblemCodes.DanglingLink, path, null, id.Length == 0
            ? $"The link {verb} no step: the id is empty."
            : $"The link {verb} {Words.Short(id)}, but there is no such step.{hint}");
    }

    private string FirstPort(string id) => graph.TryIndex(id, out var index) ? graph.FirstPort(index) : "out";

    private static WorkflowProblem Unknown(LinkConnection link, string path, IReadOnlyList<string> ports) =>
        Error(WorkflowProblemCodes.UnknownPort, path + ".from_port", link.From, $"{link.From} has no port {Words.Short(link.FromPort!)}. "
            + $"Its ports: {string.Join(", ", ports)}.{NearestName.Hint(link.FromPort!, ports)}");

    private static WorkflowProblem Error(string code, string path, string? node, string message) =>
        WorkflowProblem.Error(code, path, node, message);
}
