using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace WorkflowStudio.Components.Shared;

/// <summary>The shapes of dialogs (their widths are in app.css). Escape and the focus are the browser's own work: dialogs.js.</summary>
internal static class DialogShape
{
    /// <summary>A question; only its buttons answer it.</summary>
    public static readonly DialogOptions Question = Of(MaxWidth.ExtraSmall, backdrop: false);

    /// <summary>Something to read, as narrow as a question.</summary>
    public static readonly DialogOptions Card = Of(MaxWidth.ExtraSmall, backdrop: true);

    /// <summary>Something to fill in; a click beside it loses nothing.</summary>
    public static readonly DialogOptions Form = Of(MaxWidth.Small, backdrop: false);

    /// <summary>Something to read in two columns.</summary>
    public static readonly DialogOptions Wide = Of(MaxWidth.Medium, backdrop: true);

    /// <summary>Details, at the side of the page.</summary>
    public static readonly DialogOptions Sheet = Of(MaxWidth.Small, backdrop: true) with { Position = DialogPosition.CenterRight };

    /// <summary>Shows a dialog and waits for what it answers; null when it was closed without an answer.</summary>
    public static async Task<object?> OpenAsync<T>(
        this IDialogService dialogs, string title, DialogOptions shape, DialogParameters? parameters = null)
        where T : IComponent
    {
        var shown = await dialogs.ShowAsync<T>(title, parameters ?? [], shape);
        return (await shown.Result)?.Data;
    }

    private static DialogOptions Of(MaxWidth width, bool backdrop) => new()
    {
        MaxWidth = width, FullWidth = true, BackdropClick = backdrop, CloseOnNavigation = true,
        CloseButton = false, CloseOnEscapeKey = false, DefaultFocus = DefaultFocus.None,
    };
}
