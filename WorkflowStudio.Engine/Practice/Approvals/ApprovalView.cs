using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Approvals;

/// <summary>An approval as pages show it.</summary>
public sealed record ApprovalView
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaxComment = 2_000;

    public required Tenant Tenant { get; init; }

    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Message { get; init; }

    /// <summary>Whom the link was sent to; empty when nobody.</summary>
    public required string AskedOf { get; init; }

    public required string ApproveLabel { get; init; }

    public required string RejectLabel { get; init; }

    /// <summary>Expired as soon as its time is over, also before the run has noticed.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>Whether the run that asked is over.</summary>
    public required bool IsWithdrawn { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public required string Comment { get; init; }

    public required Guid RunId { get; init; }

    public required string Practice { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The workflow that asks; the empty id when none did.</summary>
    public required Guid WorkflowId { get; init; }

    /// <summary>The name of the workflow that asks.</summary>
    public required string Workflow { get; init; }

    public bool CanDecide => Status == ApprovalStatus.Open && !IsWithdrawn;
}
