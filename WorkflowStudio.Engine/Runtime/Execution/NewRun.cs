using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>Makes new runs: the one place that says what each of them begins with, whoever starts it.</summary>
internal static class NewRun
{
    /// <summary>A run that a person, a trigger or an event starts.</summary>
    public static RunIdentity Of(Tenant tenant, Guid id, Guid workflowId, long versionSerial) =>
        new(id, tenant, workflowId, versionSerial, RunBell.ShardOf(id));

    /// <summary>A run that another one starts.</summary>
    public static RunIdentity Of(RunIdentity parent, Guid id, Guid workflowId, long versionSerial) => Of(
        parent.Tenant, id, workflowId, versionSerial) with
    {
        ParentId = parent.RunId,
        RootId = parent.RootId ?? parent.RunId,
        Depth = parent.Depth + 1,
        IsTest = parent.IsTest,
    };

    /// <summary>How it starts.</summary>
    /// <param name="run">Whose it is.</param>
    /// <param name="first">Its first event; the flags of this version are added.</param>
    /// <param name="cause">What lists show as its cause.</param>
    /// <param name="now">The time of the start, see <see cref="JournalClock"/>.</param>
    public static RunStart Start(RunIdentity run, RunEvent.RunStarted first, string cause, DateTimeOffset now) =>
        new(run, new JournalEntry(1, now, Flagged(first)), cause, Subject.Of(first.Payload), null);

    private static RunEvent.RunStarted Flagged(RunEvent.RunStarted first) =>
        first.Flags == RunFlagSet.Current ? first : first with { Flags = RunFlagSet.Current };
}
