using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace WorkflowStudio.Components.Shared.Browser;

/// <summary>What the studio keeps in or asks of the browser itself: the clipboard, the theme of the document, the end of a list.</summary>
public sealed class BrowserStore(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;

    /// <summary>Sets the theme of the document; the theme service writes the cookie.</summary>
    public async ValueTask SetThemeAsync(bool dark) => await (await ModuleAsync()).InvokeVoidAsync("setTheme", dark ? "dark" : "light");

    /// <summary>Puts text on the clipboard; false when the browser refuses.</summary>
    public async ValueTask<bool> CopyAsync(string text) => await (await ModuleAsync()).InvokeAsync<bool>("copy", text);

    /// <summary>Gives a field the focus with its text selected, so that typing replaces it.</summary>
    public async ValueTask SelectTextAsync(ElementReference field) => await (await ModuleAsync()).InvokeVoidAsync("selectText", field);

    /// <summary>Moves the reader to the end of a list, as a live log does.</summary>
    public async ValueTask ScrollToEndAsync(string elementId) => await (await ModuleAsync()).InvokeVoidAsync("scrollToEnd", elementId);

    public async ValueTask DisposeAsync()
    {
        if (module is null) return;
        try
        {
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // the page is gone, and the module with it
        }
    }

    private async ValueTask<IJSObjectReference> ModuleAsync() =>
        module ??= await js.InvokeAsync<IJSObjectReference>("import", "./browser.js");
}
