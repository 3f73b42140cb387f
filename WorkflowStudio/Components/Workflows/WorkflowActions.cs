using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Workflows;

/// <summary>What the list does to a workflow, with the questions and answers that go with it.</summary>
internal sealed class WorkflowActions(
    SetWorkflowStatus status, DuplicateWorkflow duplicate, DeleteWorkflow delete, IDialogService dialogs, ISnackbar toasts)
{
    /// <summary>Turns a workflow on or off, and offers to undo it.</summary>
    public async Task SwitchAsync(Caller caller, WorkflowFacts workflow, bool on, Func<Task> undo)
    {
        var done = await StoreAway.TryAsync(() => status.RunAsync(caller, workflow.Id, on));
        toasts.Tell(
            done.Problem, on ? $"“{workflow.Name}” is on" : $"“{workflow.Name}” is off. Runs that have begun go on.", ("Undo", undo));
    }

    /// <summary>Makes a copy as a draft; its id, or null when that failed.</summary>
    public async Task<Guid?> DuplicateAsync(Caller caller, WorkflowFacts workflow)
    {
        var copy = await StoreAway.TryAsync(() => duplicate.RunAsync(caller, workflow.Id));
        toasts.Tell(copy.Problem, $"Copied “{workflow.Name}”");
        return copy.Value?.Id;
    }

    /// <summary>Asks, then deletes; false when the person kept it.</summary>
    public async Task<bool> DeleteAsync(Caller caller, WorkflowFacts workflow)
    {
        const string Text =
            "Its address stops answering and runs that are not over are canceled. What its runs did stays readable. This cannot be undone.";
        if (!await Confirm.AskAsync(dialogs, $"Delete “{workflow.Name}”?", Text, "Keep it", "Delete workflow")) return false;
        var done = await StoreAway.TryAsync(() => delete.RunAsync(caller, workflow.Id));
        toasts.Tell(done.Problem,
            done.Value > 0 ? $"Deleted. {StudioFormat.Count(done.Value, "run was", "runs were")} canceled." : $"Deleted “{workflow.Name}”");
        return true;
    }
}
