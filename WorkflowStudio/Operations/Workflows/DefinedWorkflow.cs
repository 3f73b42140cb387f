using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>A workflow as dialects read it: with the definition of one of its versions, or its draft's before the first.</summary>
/// <param name="Workflow">Its names and status.</param>
/// <param name="Definition">The definition.</param>
internal sealed record DefinedWorkflow(WorkflowFacts Workflow, WorkflowDefinition Definition)
{
    /// <summary>The state that was read, for conditional requests.</summary>
    public string Tag => TagOf(Workflow.Revision);

    /// <summary>When its schedule starts it next, where that was asked for; null where nothing does.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>With whom it is shared, where that was asked for.</summary>
    public IReadOnlyList<GrantFacts> Grants { get; init; } = [];

    /// <summary>The tag of a revision.</summary>
    public static string TagOf(int revision) => revision.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads the definitions of some workflows in one query.</summary>
    public static async Task<IReadOnlyList<DefinedWorkflow>> OfAsync(
        WorkflowStore store, IReadOnlyList<WorkflowRow> rows, VersionChoice choice, CancellationToken cancellationToken)
    {
        var definitions = await store.DefinitionsAsync([.. rows.Select(r => Serial(r, choice)).OfType<long>()], cancellationToken);
        return
        [
            .. rows.Select(r => new DefinedWorkflow(
                WorkflowFacts.Of(r),
                StoredDefinitions.Definition(Serial(r, choice) is { } serial ? definitions[serial] : r.DraftDefinition!))),
        ];
    }

    /// <summary>Its version of this choice; null before the first.</summary>
    public static long? Serial(WorkflowRow row, VersionChoice choice) =>
        choice == VersionChoice.Newest ? row.NewestSerial : row.ActiveSerial;
}

/// <summary>Which version of a workflow is meant.</summary>
internal enum VersionChoice
{
    /// <summary>The one that runs.</summary>
    Active,

    /// <summary>The newest, whether it runs or not.</summary>
    Newest,
}
