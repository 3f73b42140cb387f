using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Components.Home;

/// <summary>What somebody has to look at: approvals, messages of which nobody knows whether they went out, failures.</summary>
public sealed partial class NeedsAttention
{
    private const int MostApprovals = 3;

    private static readonly Dictionary<string, string> NoSteps = [];

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<FailureGroup> Failures { get; set; } = [];

    /// <summary>The messages of which nobody knows whether they went out.</summary>
    [Parameter]
    public IReadOnlyList<OutboxItem> Unknown { get; set; } = [];

    /// <summary>The open approvals of who looks.</summary>
    [Parameter]
    public IReadOnlyList<ApprovalView> Approvals { get; set; } = [];

    private static string Why(FailureGroup failure)
    {
        var steps = failure.Steps ?? NoSteps;
        return FailureWords.Of(
            failure.Code, failure.Last.Problem, failure.FailedStep is { } id ? steps.GetValueOrDefault(id, id) : null, steps);
    }

    private static string Times(FailureGroup failure) =>
        failure.AndMore
            ? $"at least {failure.Count} times"
            : failure.Count switch { 1 => "once", 2 => "twice", var count => $"{count} times" };

    private static string Href(FailureGroup failure) => failure.Count == 1
        ? StudioUrls.Run(failure.Last.Id)
        : StudioUrls.FailedRunsOf(failure.WorkflowId);
}
