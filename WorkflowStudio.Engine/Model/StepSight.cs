using WorkflowStudio.Engine.Model.Validation;

namespace WorkflowStudio.Engine.Model;

/// <summary>How a step stands to one that names it.</summary>
public enum StepStanding
{
    /// <summary>There is no such step.</summary>
    Unknown = 0,

    /// <summary>It is the step itself.</summary>
    Itself = 1,

    /// <summary>It does not lie before.</summary>
    NotUpstream = 2,

    /// <summary>It runs once for each item of a step that is not around this one.</summary>
    InLoop = 6,

    /// <summary>It runs this step once for each item; its output is the item and its index.</summary>
    Around = 7,

    /// <summary>It lies before, but is switched off and has no output.</summary>
    Disabled = 3,

    /// <summary>It lies before, but has no output on some ways.</summary>
    Maybe = 4,

    /// <summary>It has completed in every case.</summary>
    Sure = 5,
}

/// <summary>What the expressions of one step can see of the workflow. Made for one check of one definition.</summary>
public sealed class StepSight
{
    private readonly StepSights all;
    private readonly int index;

    internal StepSight(StepSights all, int index, IReadOnlyList<string> extraAmbients) =>
        (this.all, this.index, ExtraAmbients) = (all, index, extraAmbients);

    /// <summary>The names with a dollar sign that this step may use beyond those of every step and of its type.</summary>
    public IReadOnlyList<string> ExtraAmbients { get; }

    /// <summary>The ids of all steps.</summary>
    public IEnumerable<string> StepIds => all.Graph.Definition.Nodes.Select(n => n.Id);

    /// <summary>All steps, each after every step it depends on.</summary>
    public IReadOnlyList<WorkflowNode> InOrder => all.InOrder;

    /// <summary>Whether a step lies before this one and is switched on.</summary>
    /// <param name="place">Its place in <see cref="InOrder"/>.</param>
    public bool IsBefore(int place) =>
        all.Graph.Order[place] is var step && all.Graph.IsUpstream(step, index) && !all.Graph.Node(step).Disabled;

    /// <summary>The sight of one step; null when there is none of this id.</summary>
    public static StepSight? Of(WorkflowDefinition definition, IStepTypes types, string nodeId, IReadOnlyList<string>? extraAmbients = null)
    {
        var graph = new WorkflowGraph(definition, types);
        return graph.TryIndex(nodeId, out var index) ? new StepSight(new StepSights(graph, types), index, extraAmbients ?? []) : null;
    }

    /// <summary>A step by its id, or null.</summary>
    public WorkflowNode? Find(string id) => all.Graph.TryIndex(id, out var step) ? all.Graph.Node(step) : null;

    /// <summary>How a step stands to this one.</summary>
    public StepStanding StandingOf(string id)
    {
        if (!all.Graph.TryIndex(id, out var step)) return StepStanding.Unknown;
        if (step == index) return StepStanding.Itself;
        if (all.Graph.Bodies.Count > 0 && InLoops(step) is { } standing) return standing;
        if (!all.Graph.IsUpstream(step, index)) return StepStanding.NotUpstream;
        if (all.Graph.Node(step).Disabled) return StepStanding.Disabled;
        return all.Graph.Node(step).OnError != OnError.Continue && !IsBehindErrorPort(step) && all.Paths.IsSure(step, index)
            ? StepStanding.Sure
            : StepStanding.Maybe;
    }

    /// <summary>When a step that is <see cref="StepStanding.Maybe"/> has no output, as the end of a sentence.</summary>
    public string Gap(string id)
    {
        if (!all.Graph.TryIndex(id, out var step)) return "";
        if (!all.Paths.IsSure(step, index) && all.Paths.Past(step) is { } link)
            return $"on the path through {link.Port} of {all.Graph.Node(link.Node).Id} it does not run";
        if (all.Graph.Node(step).OnError == OnError.Continue) return "when it fails, the run goes on without its output";
        if (IsBehindErrorPort(step)) return $"on the path through {WorkflowNode.ErrorPort} of {id} it has failed";
        return "this step need not wait for it";
    }

    /// <summary>
    /// The known name that was probably meant, or null; asked too often in one check, it knows nothing more, because it takes time.
    /// </summary>
    public string? Nearest(string word, IEnumerable<string> known) => all.MayHint() ? NearestName.Of(word, known) : null;

    /// <summary>The nearest step that runs this one once for each item; null when none does.</summary>
    public WorkflowNode? Loop => all.Graph.Bodies.Where(b => b.Value[index]).Select(b => b.Key).ToList() is { Count: > 0 } loops
        ? all.Graph.Node(loops.First(loop => !loops.Exists(inner => inner != loop && all.Graph.Bodies[loop][inner])))
        : null;

    /// <summary>The steps that a step runs once for each item; none when it repeats nothing.</summary>
    public IEnumerable<WorkflowNode> BodyOf(string id) =>
        all.Graph.TryIndex(id, out var step) && all.Graph.Bodies.TryGetValue(step, out var body)
            ? body.Members().Select(all.Graph.Node)
            : [];

    /// <summary>What all sights of one check share, made once.</summary>
    public T Shared<T>(Func<T> make)
        where T : class => all.Shared(make);

    private StepStanding? InLoops(int step) =>
        all.Graph.Bodies.TryGetValue(step, out var around) && around[index] ? StepStanding.Around
        : all.Graph.Bodies.Values.Any(body => body[step] && !body[index]) ? StepStanding.InLoop
        : null;

    private bool IsBehindErrorPort(int step) => all.Graph.Node(step).OnError == OnError.Port
        && all.Graph.Next(step, WorkflowNode.ErrorPort).Any(next => next == index || all.Graph.IsUpstream(next, index));
}

/// <summary>What the sights of one check share.</summary>
internal sealed class StepSights(WorkflowGraph graph, IStepTypes types)
{
    private const int MaxHints = 20;
    private readonly Lazy<StepPaths> paths = new(() => new StepPaths(graph, types));
    private readonly Lazy<IReadOnlyList<WorkflowNode>> inOrder = new(() => [.. graph.Order.Select(graph.Node)]);
    private object? shared;
    private int hints;

    public WorkflowGraph Graph => graph;

    public StepPaths Paths => paths.Value;

    public IReadOnlyList<WorkflowNode> InOrder => inOrder.Value;

    public bool MayHint() => hints++ < MaxHints;

    public void AllowHints() => hints = 0;

    // one kind of thing is shared: what the checker of expressions knows
    public T Shared<T>(Func<T> make)
        where T : class => (T)(shared ??= make());
}
