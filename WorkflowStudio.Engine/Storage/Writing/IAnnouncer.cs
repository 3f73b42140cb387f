using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>
/// Hears inside the transaction what becomes of runs and workflows, so that what it writes down becomes durable together with that or not
/// at all. It is asked for every append: where nobody listens it costs a look into memory. Called by writers, one call after the other
/// each; it must not throw for what it is told.
/// </summary>
internal interface IAnnouncer
{
    /// <summary>
    /// Whether <see cref="Appended"/> may start runs: asked before the transaction, which then holds what counting runs needs. Where it
    /// answers wrongly the transaction may have to be done again, and nothing worse.
    /// </summary>
    bool MayStartRuns(RunAppend append);

    /// <summary>A run was made that may begin.</summary>
    void Started(WriteSession session, RunStart start);

    /// <summary>A run has got on.</summary>
    void Appended(WriteSession session, RunAppend append);

    /// <summary>A workflow has changed; the row is as it will be stored.</summary>
    void Changed(WriteSession session, WorkflowRow workflow, WorkflowChange change);
}
