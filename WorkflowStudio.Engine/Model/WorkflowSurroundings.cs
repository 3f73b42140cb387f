namespace WorkflowStudio.Engine.Model;

/// <summary>What a workflow may name outside of itself: the other workflows and the connections of its environment.</summary>
/// <param name="Workflows">The workflows that are not deleted, by name.</param>
/// <param name="Connections">The names of the connections, by kind.</param>
public sealed record WorkflowSurroundings(
    IReadOnlyList<WorkflowName> Workflows, IReadOnlyDictionary<string, IReadOnlyList<string>> Connections)
{
    /// <summary>How many workflows are known at most. Where there are more, none is said to be missing.</summary>
    public const int MostWorkflows = 2_000;

    /// <summary>The kind of a name that means a workflow.</summary>
    public const string Workflow = "workflow";

    /// <summary>The kind of an id that means an integration; every other kind is one of connections.</summary>
    public const string Integration = "integration";

    /// <summary>Who can allow code where it is not, and how.</summary>
    public const string CodeRemedy = "Whoever may change the settings of the workspace (its owners and admins) can allow it, on the "
        + "server: practice code --allow on.";

    /// <summary>The integrations.</summary>
    public IReadOnlyList<IntegrationName> Integrations { get; init; } = [];

    /// <summary>Whether steps may run programs that people write.</summary>
    public bool AllowsCode { get; init; }

    /// <summary>Nothing is there.</summary>
    public static WorkflowSurroundings None { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Whether every workflow is among <see cref="Workflows"/>.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Whether a kind of names is one of connections.</summary>
    public static bool IsConnection(string kind) => kind is not (Workflow or Integration);

    /// <summary>The integration that an id means; null when there is none.</summary>
    public IntegrationName? FindIntegration(string reference) =>
        ShownId.TryRead(reference, out var id) ? Integrations.FirstOrDefault(i => i.Id == id) : null;

    /// <summary>The workflow that an id or a short name means; null when there is none.</summary>
    public WorkflowName? Find(string reference) => Workflows.FirstOrDefault(w => w.Slug == reference)
        ?? (ShownId.TryRead(reference, out var id) ? Workflows.FirstOrDefault(w => w.Id == id) : null);
}

/// <summary>A workflow that another one may start.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Slug">The short name in its address; never changes.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Status">Whether it takes starts.</param>
public sealed record WorkflowName(Guid Id, string Slug, string Name, WorkflowStatus Status);

/// <summary>Where results of workflows can go.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>slack</c>, <c>email</c> or <c>webhook</c>.</param>
/// <param name="WorkflowId">The workflow that alone may use it; null for any.</param>
public sealed record IntegrationName(Guid Id, string Name, string Kind, Guid? WorkflowId);

/// <summary>A name in a step's settings that means something outside of its workflow.</summary>
/// <param name="Kind">What it means: <see cref="WorkflowSurroundings.Workflow"/>, <see cref="WorkflowSurroundings.Integration"/>, or a
/// kind of connection.</param>
/// <param name="Path">Where it stands, below <c>config</c>.</param>
/// <param name="Name">The name, or the expression that gives it.</param>
public sealed record OutsideName(string Kind, string Path, string Name)
{
    /// <summary>Whether an expression gives the name: which one it is shows when the step runs.</summary>
    public bool IsExpression { get; init; }
}
