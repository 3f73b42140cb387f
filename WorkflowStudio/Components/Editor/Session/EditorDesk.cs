using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>
/// What a person has at hand while editing, in one tab: opens sessions, and holds what was copied, so that it can be pasted into another
/// workflow.
/// </summary>
internal sealed class EditorDesk(IEditWorkflow editing, NodeCatalog catalog, StoredEdits stored, TimeProvider clock)
{
    /// <summary>What was stored of that which browsers keep.</summary>
    public StoredEdits Stored => stored;

    /// <summary>The steps that were copied last.</summary>
    public CopiedSteps? Clipboard { get; set; }

    /// <summary>A run to be followed on the canvas.</summary>
    public LiveRun Watch(RunWatch run, StudioFormat format) => new(run, format, clock);

    public EditorSession Open(Caller caller, Guid id) => new(editing, catalog, caller, id, clock);
}
