using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace WorkflowStudio.Components.Shared.Browser;

/// <summary>What the studio keeps in or asks of the browser itself: the clipboard, the theme of the document, the end of a list.</summary>
public sealed class BrowserStore(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;
    private IJSObjectReference? keeping;

    /// <summary>Whether the document is dark.</summary>
    public async ValueTask<bool> IsDarkAsync() => await (await ModuleAsync()).InvokeAsync<bool>("isDark");

    /// <summary>Sets the theme of the document, and the cookie that the next page is drawn by.</summary>
    public async ValueTask SetThemeAsync(bool dark) => await (await ModuleAsync()).InvokeVoidAsync("setTheme", dark ? "dark" : "light");

    /// <summary>Puts text on the clipboard; false when the browser refuses.</summary>
    public async ValueTask<bool> CopyAsync(string text) => await (await ModuleAsync()).InvokeAsync<bool>("copy", text);

    /// <summary>Gives a field the focus with its text selected, so that typing replaces it.</summary>
    public async ValueTask SelectTextAsync(ElementReference field) => await (await ModuleAsync()).InvokeVoidAsync("selectText", field);

    /// <summary>Moves the reader to the end of a list, as a live log does.</summary>
    public async ValueTask ScrollToEndAsync(string elementId) => await (await ModuleAsync()).InvokeVoidAsync("scrollToEnd", elementId);

    /// <summary>Brings an entry of a list into view.</summary>
    public async ValueTask ShowAsync(string elementId) => await (await ModuleAsync()).InvokeVoidAsync("show", elementId);

    /// <summary>Gives the first field below an element the focus; false when there is none.</summary>
    public async ValueTask<bool> FocusFirstFieldAsync(string elementId) =>
        await (await ModuleAsync()).InvokeAsync<bool>("focusFirstField", elementId);

    /// <summary>What was kept in this browser under a key; null when nothing was, or the browser keeps nothing.</summary>
    public async ValueTask<string?> KeptAsync(string key) => await (await ModuleAsync()).InvokeAsync<string?>("kept", key);

    /// <summary>Keeps a text in this browser.</summary>
    public async ValueTask KeepAsync(string key, string text) => await (await ModuleAsync()).InvokeVoidAsync("keep", key, text);

    /// <summary>Keeps what is changed in an editor until the server has it.</summary>
    public async Task<KeptEdits> KeepEditsAsync(string whose, Func<int, Task> hear, Func<IReadOnlyList<KeptEdit>, Task> move)
    {
        keeping ??= await js.InvokeAsync<IJSObjectReference>("import", "./kept.js");
        return await KeptEdits.OpenAsync(keeping, whose, hear, move);
    }

    /// <summary>Whether an answer to a question was chosen that never arrived here; asked once, then forgotten.</summary>
    public async ValueTask<bool> IsUnsentAsync(Guid question) =>
        await (await ModuleAsync()).InvokeAsync<bool>("isUnsent", question.ToString());

    /// <summary>Notes that the answer to a question has arrived here.</summary>
    public async ValueTask ArrivedAsync(Guid question) => await (await ModuleAsync()).InvokeVoidAsync("arrived", question.ToString());

    public async ValueTask DisposeAsync()
    {
        if (keeping is not null)
        {
            try
            {
                await keeping.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // the page is gone, and the script with it
            }
        }
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
