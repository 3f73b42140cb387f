using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Editing;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>What a person has at hand while editing, in one tab: opens sessions, and holds what was copied, so that it can be pasted into another workflow.</summary>
internal sealed class EditorDesk(IEditWorkflow editing, NodeCatalog catalog, TimeProvider clock)
{
    /// <summary>The steps that were copied last.</summary>
    public CopiedSteps? Clipboard { get; set; }

    public EditorSession Open(Caller caller, Guid id) => new(editing, catalog, caller, id, clock);
}
