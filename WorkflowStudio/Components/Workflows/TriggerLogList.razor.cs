using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Events;

namespace WorkflowStudio.Components.Workflows;

/// <summary>
/// What the trigger of a workflow refused and why, and what it started by itself. A page begins behind a line, so all cost the same.
/// </summary>
public sealed partial class TriggerLogList
{
    private Guid workflow;

    [Inject]
    private ReadTriggerLog Log { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    // read to find out what happened, not to watch
    protected override TimeSpan? Follows => null;

    protected override async Task<Result<TriggerLogPage>> ReadAsync() => ShownId.TryRead(Id, out workflow)
        ? await Log.RunAsync(Session.Caller, workflow, Query.Before, TriggerLogWords.Outcome(Query.Outcome), Closing)
        : new OperationProblem.NotFound("workflow") with { Message = "There is no workflow with this address." };
}
