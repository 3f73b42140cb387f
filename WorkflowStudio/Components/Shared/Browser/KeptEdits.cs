using System.Security.Cryptography;
using Microsoft.JSInterop;

namespace WorkflowStudio.Components.Shared.Browser;

/// <summary>
/// The changes of one editor that the server does not have yet, as its browser keeps them (wwwroot/kept.js): told as they are typed,
/// covered once they are stored, offered after a reload when they never were.
/// </summary>
public sealed class KeptEdits : IAsyncDisposable
{
    private readonly Func<int, Task> hear;
    private readonly Func<IReadOnlyList<KeptEdit>, Task> move;
    private IJSObjectReference? handle;
    private DotNetObjectReference<KeptEdits>? self;

    private KeptEdits(Func<int, Task> hear, Func<IReadOnlyList<KeptEdit>, Task> move) => (this.hear, this.move) = (hear, move);

    /// <summary>Keeps from now on.</summary>
    /// <param name="module">The script.</param>
    /// <param name="whose">The workflow and the person: others are never offered these changes.</param>
    /// <param name="hear">Told the number of everything that is typed or moved.</param>
    /// <param name="move">Told of steps that were moved while the server could not hear it.</param>
    internal static async Task<KeptEdits> OpenAsync(
        IJSObjectReference module, string whose, Func<int, Task> hear, Func<IReadOnlyList<KeptEdit>, Task> move)
    {
        var kept = new KeptEdits(hear, move);
        kept.self = DotNetObjectReference.Create(kept);
        kept.handle = await module.InvokeAsync<IJSObjectReference>("open", kept.self, whose, kept.By);
        return kept;
    }

    /// <summary>Names this opening of the editor: the numbers are its own.</summary>
    public string By { get; } = RandomNumberGenerator.GetHexString(16);

    [JSInvokable]
    public Task Heard(int number) => hear(number);

    [JSInvokable]
    public Task Moved(KeptMove[] moves) => move([.. moves.Select(m => new KeptEdit("", Move: m.Id, X: m.X, Y: m.Y))]);

    /// <summary>What windows that are gone left behind.</summary>
    public ValueTask<KeptEdit[]> OffersAsync() => handle!.InvokeAsync<KeptEdit[]>("offers");

    /// <summary>Types the offered texts into the fields that are shown now; answers the places that were found.</summary>
    public ValueTask<string[]> RetypeAsync(IEnumerable<string> places) => handle!.InvokeAsync<string[]>("retype", places);

    /// <summary>Offers nothing of it again.</summary>
    public ValueTask ForgetAsync() => handle!.InvokeVoidAsync("forget");

    /// <summary>All up to this number is stored.</summary>
    public async Task CoverAsync(int number)
    {
        try
        {
            if (handle is not null) await handle.InvokeVoidAsync("cover", number);
        }
        catch (JSDisconnectedException)
        {
            // the window is gone: what it kept is compared with what is stored when the workflow is opened again
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (handle is not null)
            {
                await handle.InvokeVoidAsync("close");
                await handle.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // the window is gone, and the script with it
        }
        self?.Dispose();
    }
}

/// <summary>One change: a text typed into a field, or a step that was moved.</summary>
/// <param name="Place">What tells it from the others.</param>
/// <param name="Step">The step, <c>trigger</c>, or empty for the workflow's settings.</param>
/// <param name="Tab">The part of the inspector, from 0.</param>
/// <param name="Field">The id of the field on the page.</param>
/// <param name="Setting">The place of the setting in the step; null where the field is none.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Move">The step that was moved; null for a text.</param>
/// <param name="X">Where to, in pixels of the canvas.</param>
/// <param name="Y">Where to.</param>
/// <param name="By">The opening of the editor that it was made in.</param>
/// <param name="N">Its number there.</param>
/// <param name="Open">Whether it was still being typed, and not a change yet.</param>
public sealed record KeptEdit(
    string Place, string? Step = null, int Tab = 0, string? Field = null, string? Setting = null, string? Text = null, string? Move = null,
    double X = 0, double Y = 0, string? By = null, int N = 0, bool Open = false);

/// <summary>A step and where it was moved to.</summary>
public sealed record KeptMove(string Id, double X, double Y);
