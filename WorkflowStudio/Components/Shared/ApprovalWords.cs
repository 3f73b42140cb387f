using WorkflowStudio.Engine.Practice.Approvals;

namespace WorkflowStudio.Components.Shared;

/// <summary>What pages say of an approval.</summary>
internal static class ApprovalWords
{
    /// <summary>The chip; what is open says until when.</summary>
    public static StatusLook Look(ApprovalView approval, StudioFormat format) => approval switch
    {
        { Status: ApprovalStatus.Approved } => new("done", "check_circle", "Approved", Filled: true),
        { Status: ApprovalStatus.Rejected } => new("failed", "cancel", "Rejected", Filled: true),
        { Status: ApprovalStatus.Expired } => new("skipped", "timer_off", "Nobody decided in time"),
        { IsWithdrawn: true } => new("skipped", "block", "No longer needed"),
        { ExpiresAt: { } until } => new("waiting", "schedule", $"Open until {format.DateTime(until)}"),
        _ => new("waiting", "schedule", "Open"),
    };

    /// <summary>What became of it, in a sentence; null while it can be decided.</summary>
    public static string? Outcome(ApprovalView approval, StudioFormat format) => approval switch
    {
        { Status: ApprovalStatus.Approved, DecidedAt: { } at } => $"Approved by {approval.DecidedBy}, {format.DateTime(at)}.",
        { Status: ApprovalStatus.Rejected, DecidedAt: { } at } => $"Rejected by {approval.DecidedBy}, {format.DateTime(at)}.",
        { Status: ApprovalStatus.Expired } => "The time to decide is over. Nobody decided.",
        { IsWithdrawn: true } => "What this was asked for has ended, so nothing is to be decided any more.",
        _ => null,
    };
}
