using MudBlazor;

namespace WorkflowStudio.Components.Shared;

/// <summary>Asks before something that cannot be undone at a click.</summary>
internal static class Confirm
{
    /// <summary>Shows the question; true when the person goes on.</summary>
    /// <param name="dialogs">Where dialogs are drawn.</param>
    /// <param name="question">The title: Delete “Refund approval”?</param>
    /// <param name="text">What will happen and whether it can be undone.</param>
    /// <param name="keep">The safe button, first and focused.</param>
    /// <param name="proceed">The other button, verb first.</param>
    public static async Task<bool> AskAsync(IDialogService dialogs, string question, string text, string keep, string proceed) =>
        await dialogs.OpenAsync<ConfirmDialog>(
            question, DialogShape.Question,
            new() { [nameof(ConfirmDialog.Text)] = text, [nameof(ConfirmDialog.Keep)] = keep, [nameof(ConfirmDialog.Proceed)] = proceed })
            is true;
}
