using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Operations.Home;

/// <summary>What the first page shows.</summary>
/// <param name="Bars">The runs between each two edges that were asked for.</param>
/// <param name="Before">The runs of the same length of time before, for comparison.</param>
/// <param name="Half">Half of the runs that were done took at most this long without their waits; null when none was done.</param>
/// <param name="NineteenOfTwenty">95 % took at most this long.</param>
/// <param name="Failures">What failed in the last 24 hours, by workflow, the latest first.</param>
/// <param name="Waiting">The runs that go on next.</param>
/// <param name="Recent">The newest runs.</param>
public sealed record HomeFacts(
    IReadOnlyList<RunBar> Bars, RunBar Before, TimeSpan? Half, TimeSpan? NineteenOfTwenty,
    IReadOnlyList<FailureGroup> Failures, IReadOnlyList<RunLine> Waiting, IReadOnlyList<RunLine> Recent)
{
    /// <summary>The open approvals that who looks may decide, the oldest first.</summary>
    public IReadOnlyList<ApprovalView> Approvals { get; init; } = [];

    /// <summary>The messages of which nobody knows whether they went out, for who looks and may decide about them.</summary>
    public IReadOnlyList<OutboxItem> Unknown { get; init; } = [];
}

/// <summary>The runs of a stretch of time: how many were done, how many failed, how many are open or were canceled.</summary>
public sealed record RunBar(long Done, long Failed, long Other)
{
    /// <summary>All of them.</summary>
    public long Total => Done + Failed + Other;

    /// <summary>The share of those that ended well among those that ended by themselves, 0 to 1; null when none has ended.</summary>
    public double? SuccessRate => Done + Failed == 0 ? null : (double)Done / (Done + Failed);

    /// <summary>The sum of two stretches.</summary>
    public static RunBar operator +(RunBar a, RunBar b) => new(a.Done + b.Done, a.Failed + b.Failed, a.Other + b.Other);
}

/// <summary>The failures of one workflow.</summary>
/// <param name="Count">How many; at least that many when <paramref name="AndMore"/>.</param>
/// <param name="AndMore">Whether there were more than are counted.</param>
/// <param name="Since">The first of them.</param>
/// <param name="Last">The latest of them.</param>
/// <param name="Code">Why that one failed, as a code.</param>
/// <param name="Steps">The names of the steps of its version by their ids, for the words about it.</param>
/// <param name="FailedStep">The id of the step that it failed at; null when a limit or the time ended it.</param>
public sealed record FailureGroup(
    Guid WorkflowId, string Workflow, int Count, bool AndMore, DateTimeOffset Since, RunLine Last, string? Code = null,
    IReadOnlyDictionary<string, string>? Steps = null, string? FailedStep = null);
