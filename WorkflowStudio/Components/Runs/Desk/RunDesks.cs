using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs.Desk;

/// <summary>Gives people desks to look at runs, with what can be asked of a run at hand.</summary>
internal sealed class RunDesks(WatchRun watch, ControlRun control, RepeatRun repeat, Approvals approvals, TimeProvider clock)
{
    public WatchRun Watch => watch;

    public ControlRun Control => control;

    public RepeatRun Repeat => repeat;

    public Approvals Approvals => approvals;

    public TimeProvider Clock => clock;

    /// <summary>An empty desk. It is for one run: another gets another.</summary>
    public RunDesk For(StudioSession session) => new(this, session);
}
