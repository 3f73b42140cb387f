using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Practice;

/// <summary>What runs ask for: members decide here, in their own name.</summary>
public sealed partial class ApprovalList
{
    [Inject]
    private Operations.Practice.Approvals Asked { get; set; } = null!;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var open = await Asked.ListAsync(Session.Caller, open: true, Closing);
        if (!open.Ok) return open.Problem;
        var closed = await Asked.ListAsync(Session.Caller, open: false, Closing);
        return closed.Ok ? new Shown(open.Value, closed.Value) : closed.Problem;
    }

    /// <summary>What the page shows: what can be decided, and what was.</summary>
    public sealed record Shown(IReadOnlyList<ApprovalView> Open, IReadOnlyList<ApprovalView> Closed);
}
