using MudBlazor;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Shared;

/// <summary>The short notes at the bottom left: what was done goes after six seconds, what failed stays until it is closed.</summary>
internal static class Toasts
{
    private const int Milliseconds = 6_000;

    /// <summary>How all of them look and where they are.</summary>
    public static void Configure(SnackbarConfiguration all)
    {
        all.PositionClass = MudBlazor.Defaults.Classes.Position.BottomLeft;
        (all.VisibleStateDuration, all.ShowTransitionDuration, all.HideTransitionDuration) = (Milliseconds, 160, 90);
        (all.ShowCloseIcon, all.PreventDuplicates, all.MaximumOpacity) = (true, false, 100);
        all.SuccessIcon = "ws-symbol ws-symbol-filled/check_circle";
        all.ErrorIcon = "ws-symbol ws-symbol-filled/error";
        all.InfoIcon = "ws-symbol/info";
    }

    /// <summary>Says why something was not done that nobody needs to mend.</summary>
    public static void Say(this ISnackbar toasts, string text) => toasts.Add(text, Severity.Info);

    /// <summary>Says what was done, and offers what may follow.</summary>
    /// <param name="toasts">The notes.</param>
    /// <param name="text">What was done.</param>
    /// <param name="next">What may follow, in a word or two (Undo), and how; it may be chosen when the page that said it is gone.</param>
    public static void Done(this ISnackbar toasts, string text, (string Word, Func<Task> Do)? next = null) =>
        toasts.Add(text, Severity.Success, one =>
        {
            if (next is not { } offered) return;
            (one.Action, one.ActionVariant) = (offered.Word, Variant.Text);
            one.OnClick = _ => offered.Do();
        });

    public static void Failed(this ISnackbar toasts, string text) => toasts.Add(text, Severity.Error, one => one.RequireInteraction = true);

    /// <summary>The problem, or where there is none what was done.</summary>
    public static void Tell(this ISnackbar toasts, OperationProblem? problem, string done, (string Word, Func<Task> Do)? next = null)
    {
        if (problem is null) toasts.Done(done, next);
        else toasts.Failed(problem.Message);
    }
}
