using System.Collections.Frozen;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.Plans;

/// <summary>
/// A version made ready to run: steps by index, their types, compiled settings and links. Shared by all runs of the version.
/// </summary>
public sealed class RunPlan
{
    private readonly FrozenDictionary<string, int> indexes;

    private RunPlan(WorkflowDefinition definition, PlanStep[] steps, IReadOnlyList<PlanRegion> regions, IReadOnlyList<PlanRound> rounds)
    {
        Definition = definition;
        Steps = steps;
        Regions = regions;
        Rounds = rounds;
        indexes = steps.ToFrozenDictionary(s => s.Node.Id, s => s.Index, StringComparer.Ordinal);
    }

    /// <summary>The definition it was made from.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The steps, in the order of the definition.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>The steps that are run together; the first is the workflow itself.</summary>
    public IReadOnlyList<PlanRegion> Regions { get; }

    /// <summary>The knots of steps that go round, outer ones first.</summary>
    internal IReadOnlyList<PlanRound> Rounds { get; }

    /// <summary>The index of a step; -1 when there is none of this id.</summary>
    public int IndexOf(string nodeId) => indexes.GetValueOrDefault(nodeId, -1);

    /// <summary>The step whose items a region is run for; not of region 0.</summary>
    public PlanStep LoopOf(int region) => Steps[Regions[region].Loop];

    /// <summary>The step of region 0 in whose for-each a step stands, or the step itself.</summary>
    public PlanStep RootOf(PlanStep step)
    {
        while (step.Region != 0) step = LoopOf(step.Region);
        return step;
    }

    /// <summary>Makes a plan. The definition has been validated; an unknown type is an exception that names it.</summary>
    public static RunPlan Of(WorkflowDefinition definition, NodeCatalog catalog)
    {
        var index = definition.Nodes.Select((node, i) => (node.Id, i)).ToDictionary(x => x.Id, x => x.i, StringComparer.Ordinal);
        var types = definition.Nodes.Select(node => catalog.Type(node.Type)
            ?? throw new InvalidOperationException($"Planning step “{node.Id}”: there is no step type “{node.Type}”.")).ToArray();
        var shapes = definition.Nodes.Select((node, i) => types[i].ShapeOf(node)).ToArray();
        var ports = shapes.Select(shape => shape.Ports is [var first, ..] ? first.Id : NodePort.Out.Id).ToArray();
        var links = definition.Links.Where(l => l.From != WorkflowDefinition.TriggerId)
            .Select(l => (Link: new PlanLink(index[l.From], l.FromPort ?? ports[index[l.From]], index[l.To]), l.MaxRounds)).ToList();
        var starts = definition.Links.Where(l => l.From == WorkflowDefinition.TriggerId).Select(l => index[l.To]).ToHashSet();
        var next = links.ToLookup(l => l.Link.From, l => l.Link.To);
        var loops = Enumerable.Range(0, types.Length).Where(i => shapes[i].BodyPort is not null).ToList();
        var regions = PlanRegions.Find(types.Length, loops, loop => links.Where(l => IsEntry(l.Link) && l.Link.From == loop)
            .Select(l => l.Link.To), step => next[step]);
        var steps = definition.Nodes.Select((node, i) => Step(node, types[i], shapes[i], i, regions)).ToArray();

        foreach (var to in starts) steps[to].In.Add(new PlanLink(PlanLink.FromStart, null, to));
        foreach (var (link, _) in links.Where(l => IsEntry(l.Link) && steps[l.Link.To].Region != steps[l.Link.From].Region))
            steps[link.To].In.Add(new PlanLink(PlanLink.FromStart, null, link.To));
        var inner = links.Where(l => !IsEntry(l.Link) && steps[l.Link.From].Region == steps[l.Link.To].Region).ToList();
        var rounds = RoundsOf(steps, inner);
        var back = rounds.SelectMany(r => r.Back).ToHashSet();
        foreach (var (link, _) in inner)
        {
            steps[link.From].Out.Add(link);
            if (!back.Contains(link)) steps[link.To].In.Add(link);
        }

        var before = links.ToLookup(l => l.Link.To, l => l.Link.From);
        foreach (var step in steps) step.Upstream = Ancestors(steps.Length, step.Index, before);
        return new RunPlan(definition, steps, regions, rounds);

        bool IsEntry(in PlanLink link) => shapes[link.From].BodyPort is { } body && link.Port == body;
    }

    private static PlanStep Step(WorkflowNode node, NodeType type, NodeShape shape, int index, IReadOnlyList<PlanRegion> regions)
    {
        var region = regions.First(r => r.Steps.Contains(index));
        return new PlanStep(index, node, type, type.Compile(node.Config))
        {
            // what lies behind a body's port is run by the loop alone
            FirstPort = shape.Ports.FirstOrDefault(p => p.Id != shape.BodyPort)?.Id ?? NodePort.Out.Id,
            Region = region.Index,
            Local = region.Steps.TakeWhile(s => s != index).Count(),
            Quorum = shape.Quorum,
            Body = regions.FirstOrDefault(r => r.Loop == index)?.Index ?? -1,
            Collect = shape.CollectSetting is { } collect && node.Config.ValueKind == JsonValueKind.Object
                && node.Config.TryGetProperty(collect, out var setting)
                ? SettingsTemplate.Compile(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [collect] = setting }))
                : null,
        };
    }

    private static List<PlanRound> RoundsOf(PlanStep[] steps, List<(PlanLink Link, int? MaxRounds)> links)
    {
        var entries = steps.Where(s => s.In.Count > 0).Select(s => s.Index).ToHashSet();
        var rounds = PlanRounds.Find(steps.Length, [.. links.Select(l => (l.Link.From, l.Link.To))], entries)
            .Select((r, i) => new PlanRound(i, r.Header, r.Steps)).ToList();
        foreach (var round in rounds)
        {
            var within = links.Where(l => round.Steps.Contains(l.Link.From) && round.Steps.Contains(l.Link.To)).ToList();
            round.MaxRounds = within.Min(l => l.MaxRounds);
            round.Back.AddRange(within.Where(l => l.Link.To == round.Header).Select(l => l.Link));
            round.Exits.AddRange(links.Where(l => round.Steps.Contains(l.Link.From) && !round.Steps.Contains(l.Link.To))
                .Select(l => l.Link));
            foreach (var step in round.Steps) steps[step].Rounds.Insert(0, round); // the innermost first
        }

        return rounds;
    }

    private static int[] Ancestors(int steps, int of, ILookup<int, int> before)
    {
        var seen = new bool[steps];
        var open = new Stack<int>([of]);
        while (open.TryPop(out var step))
        {
            foreach (var from in before[step])
            {
                if (seen[from]) continue;
                seen[from] = true;
                open.Push(from);
            }
        }

        return [.. Enumerable.Range(0, steps).Where(i => seen[i])];
    }
}

/// <summary>A step of a plan.</summary>
/// <param name="index">Its place in <see cref="RunPlan.Steps"/>.</param>
/// <param name="node">The step as defined.</param>
/// <param name="type">Its type.</param>
/// <param name="settings">Its settings, compiled.</param>
public sealed class PlanStep(int index, WorkflowNode node, NodeType type, SettingsTemplate settings)
{
    /// <summary>Its place in <see cref="RunPlan.Steps"/>.</summary>
    public int Index => index;

    /// <summary>The step as defined.</summary>
    public WorkflowNode Node => node;

    /// <summary>Its type.</summary>
    public NodeType Type => type;

    /// <summary>Its settings, compiled.</summary>
    public SettingsTemplate Settings => settings;

    /// <summary>The region in which it stands.</summary>
    public int Region { get; internal init; }

    /// <summary>The region that it runs once for each item; -1 for none.</summary>
    public int Body { get; internal init; } = -1;

    /// <summary>Its place in its region.</summary>
    internal int Local { get; init; }

    /// <summary>The port that is taken when an outcome names none.</summary>
    internal string FirstPort { get; init; } = NodePort.Out.Id;

    /// <summary>How many arriving links are enough for its turn; null means all.</summary>
    internal int? Quorum { get; init; }

    /// <summary>What is evaluated at the end of each iteration; null takes the newest output.</summary>
    internal SettingsTemplate? Collect { get; init; }

    /// <summary>The steps from which a way leads here.</summary>
    internal int[] Upstream { get; set; } = [];

    /// <summary>The links that lead here, those that lead back left out.</summary>
    internal List<PlanLink> In { get; } = [];

    /// <summary>The links that lead on, within the region.</summary>
    internal List<PlanLink> Out { get; } = [];

    /// <summary>The rounds that it goes, the innermost first.</summary>
    internal List<PlanRound> Rounds { get; } = [];
}

/// <summary>A link of a plan, by indexes.</summary>
/// <param name="From">The index of a step, or <see cref="FromStart"/>.</param>
/// <param name="Port">The port it leaves from; null for the start.</param>
/// <param name="To">The index of a step.</param>
internal readonly record struct PlanLink(int From, string? Port, int To)
{
    /// <summary>Stands for the start of the run, or of the iteration.</summary>
    public const int FromStart = -1;
}
