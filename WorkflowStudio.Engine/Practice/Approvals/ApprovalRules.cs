using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Practice.Approvals;

/// <summary>Until when and by what an approval can be decided.</summary>
internal static class ApprovalRules
{
    /// <summary>Whether nobody waits for the decision any more, because the run that asked is over.</summary>
    public static bool IsWithdrawn(RunStatus? run) => run is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled;

    /// <summary>Its state: expired as soon as its time is over, also before the run has noticed.</summary>
    public static ApprovalStatus StatusAt(ApprovalRow row, DateTimeOffset now) =>
        row.Status == ApprovalStatus.Open && row.ExpiresAt <= now ? ApprovalStatus.Expired : row.Status;

    /// <summary>Why it cannot be decided any more, or null.</summary>
    public static ConnectorProblem? Closed(ApprovalRow row, DateTimeOffset now, RunStatus? run) => StatusAt(row, now) switch
    {
        ApprovalStatus.Approved or ApprovalStatus.Rejected =>
            new("approval_decided",
                $"This is decided already: {(row.Status == ApprovalStatus.Approved ? "approved" : "rejected")} by {row.DecidedBy}."),
        ApprovalStatus.Expired => new("approval_expired", "The time to decide is over."),
        _ =>
            IsWithdrawn(run) ? new("approval_withdrawn", "What this was asked for has ended, so nothing is to be decided any more.") : null,
    };
}
