using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Practice.Approvals;

public sealed class ApprovalRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ApprovalStatus.Open, 1, RunStatus.Waiting, null)]
    [InlineData(ApprovalStatus.Open, null, null, null)]
    [InlineData(ApprovalStatus.Open, 0, RunStatus.Waiting, "approval_expired")]
    [InlineData(ApprovalStatus.Open, 1, RunStatus.Canceled, "approval_withdrawn")]
    [InlineData(ApprovalStatus.Open, 0, RunStatus.Done, "approval_expired")]
    [InlineData(ApprovalStatus.Expired, null, RunStatus.Waiting, "approval_expired")]
    [InlineData(ApprovalStatus.Approved, 0, RunStatus.Done, "approval_decided")]
    [InlineData(ApprovalStatus.Rejected, 1, RunStatus.Waiting, "approval_decided")]
    public void Closed_Approval_SaysWhy(ApprovalStatus status, int? hoursLeft, RunStatus? run, string? code)
    {
        var row = new ApprovalRow
        {
            NodeId = "a", Title = "Sure?", ApproveLabel = "Yes", RejectLabel = "No", TokenHash = [], ProtectedToken = [],
            Status = status, ExpiresAt = hoursLeft is { } hours ? Now.AddHours(hours) : null,
        };

        Assert.Equal(code, ApprovalRules.Closed(row, Now, run)?.Code);
    }
}
