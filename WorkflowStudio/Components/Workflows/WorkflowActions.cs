using Radzen;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Workflows;

/// <summary>What the list does to a workflow, with the questions and answers that go with it.</summary>
internal sealed class WorkflowActions(
    SetWorkflowStatus status, DuplicateWorkflow duplicate, DeleteWorkflow delete, DialogService dialogs, NotificationService toasts)
{
    private const double Seconds = 6_000;

    /// <summary>Turns a workflow on or off.</summary>
    public async Task SwitchAsync(Caller caller, WorkflowFacts workflow, bool on)
    {
        var done = await StoreAway.TryAsync(() => status.RunAsync(caller, workflow.Id, on));
        Tell(done.Problem, on ? $"“{workflow.Name}” is on" : $"“{workflow.Name}” is off. Runs that have begun go on.");
    }

    /// <summary>Makes a copy as a draft; its id, or null when that failed.</summary>
    public async Task<Guid?> DuplicateAsync(Caller caller, WorkflowFacts workflow)
    {
        var copy = await StoreAway.TryAsync(() => duplicate.RunAsync(caller, workflow.Id));
        Tell(copy.Problem, $"Copied “{workflow.Name}”");
        return copy.Value?.Id;
    }

    /// <summary>Asks, then deletes.</summary>
    public async Task DeleteAsync(Caller caller, WorkflowFacts workflow)
    {
        const string Text = "Its address stops answering and runs that are not over are canceled. What its runs did stays readable. This cannot be undone.";
        if (!await Confirm.AskAsync(dialogs, $"Delete “{workflow.Name}”?", Text, "Keep it", "Delete workflow")) return;
        var done = await StoreAway.TryAsync(() => delete.RunAsync(caller, workflow.Id));
        Tell(done.Problem, done.Value > 0 ? $"Deleted. {StudioFormat.Count(done.Value, "run was", "runs were")} canceled." : $"Deleted “{workflow.Name}”");
    }

    private void Tell(OperationProblem? problem, string done) => toasts.Notify(new NotificationMessage
    {
        Severity = problem is null ? NotificationSeverity.Success : NotificationSeverity.Error,
        Summary = problem?.Message ?? done,
        Duration = problem is null ? Seconds : 60_000,
    });
}
