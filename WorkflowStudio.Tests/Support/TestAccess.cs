using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Tests.Support;

/// <summary>Who sees what, over the store of a test.</summary>
internal static class TestAccess
{
    public static WorkflowAccess WorkflowAccess(this EngineHarness engine) => new(engine.Get<HiddenWorkflows>(), engine.Get<GrantStore>());

    /// <summary>The runs of the store, read by a history of the test's own where it has one.</summary>
    public static RunAccess RunAccess(this EngineHarness engine, RunHistory? history = null) =>
        new(history ?? engine.Get<RunHistory>(), engine.WorkflowAccess());
}
