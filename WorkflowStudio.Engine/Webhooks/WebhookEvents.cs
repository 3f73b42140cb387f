namespace WorkflowStudio.Engine.Webhooks;

/// <summary>What endpoints can be told of, whatever a dialect calls it. Stored as a number: never changed.</summary>
[Flags]
public enum Happenings
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A run was made.</summary>
    RunStarted = 1,

    /// <summary>A run ended well.</summary>
    RunCompleted = 2,

    /// <summary>A run failed.</summary>
    RunFailed = 4,

    /// <summary>A step is done.</summary>
    StepCompleted = 8,

    /// <summary>A step failed for good.</summary>
    StepFailed = 16,

    /// <summary>A workflow was made.</summary>
    WorkflowCreated = 32,

    /// <summary>A workflow was published, renamed, turned on or off.</summary>
    WorkflowUpdated = 64,

    /// <summary>A workflow was deleted.</summary>
    WorkflowDeleted = 128,
}

/// <summary>The names of events in the words of each dialect.</summary>
public static class WebhookEvents
{
    /// <summary>What an endpoint is sent to see whether it works; nobody chooses it.</summary>
    public const string Test = "webhook.test";

    private static readonly (Happenings What, string Name)[] OfSequences =
    [
        (Happenings.WorkflowCreated, "workflow.created"), (Happenings.WorkflowUpdated, "workflow.updated"),
        (Happenings.WorkflowDeleted, "workflow.deleted"), (Happenings.RunCompleted, "workflow.completed"),
    ];

    private static readonly Dictionary<WebhookDialect, (Happenings What, string Name)[]> All = new()
    {
        [WebhookDialect.Services] =
        [
            (Happenings.RunStarted, "workflows.run.started"), (Happenings.RunCompleted, "workflows.run.completed"),
            (Happenings.RunFailed, "workflows.run.failed"), (Happenings.StepFailed, "workflows.step.failed"),
        ],
        [WebhookDialect.Sequences] = OfSequences,
        [WebhookDialect.Documents] =
        [
            (Happenings.RunStarted, "workflow.started"), (Happenings.RunCompleted, "workflow.completed"),
            (Happenings.RunFailed, "workflow.failed"), (Happenings.StepCompleted, "workflow.step.completed"),
        ],
        [WebhookDialect.Blocks] =
            [(Happenings.RunCompleted, "workflow.run.succeeded"), (Happenings.RunFailed, "workflow.run.failed")],
        [WebhookDialect.Graph] = OfSequences,
    };

    /// <summary>The events of a dialect.</summary>
    public static IReadOnlyList<string> Of(WebhookDialect dialect) => [.. All[dialect].Select(e => e.Name)];

    /// <summary>The events among these, as the dialect calls them.</summary>
    public static IReadOnlyList<string> Of(WebhookDialect dialect, Happenings some) =>
        [.. All[dialect].Where(e => (e.What & some) != 0).Select(e => e.Name)];

    /// <summary>The event of this name; <see cref="Happenings.None"/> when the dialect has none.</summary>
    internal static Happenings Read(WebhookDialect dialect, string name) => Array.Find(All[dialect], e => e.Name == name).What;

    /// <summary>What the dialect calls it.</summary>
    internal static string Name(WebhookDialect dialect, Happenings one) => Array.Find(All[dialect], e => e.What == one).Name;
}
