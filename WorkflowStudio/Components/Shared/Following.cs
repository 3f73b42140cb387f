using Microsoft.JSInterop;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Components.Shared;

/// <summary>
/// How pages stay up to date for as long as they are open. A database that is away, or a call to the browser that got lost with its
/// connection, interrupts them and passes: they go on a moment later and read anew. Only a page that is closed ends it.
/// </summary>
internal static class Following
{
    /// <summary>How long after an interruption it goes on.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Does it again after every interruption, until it comes to its end or the page is closed.</summary>
    /// <param name="follow">Reads, and follows what changes from then on.</param>
    /// <param name="clock">For the pause.</param>
    /// <param name="closing">Canceled when the page is closed.</param>
    public static async Task UntilClosedAsync(Func<Task> follow, TimeProvider clock, CancellationToken closing)
    {
        try
        {
            while (!await IsOverAsync(follow, closing)) await Task.Delay(Pause, clock, closing);
        }
        catch (Exception e) when (closing.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // the page was closed, perhaps between an update and its drawing
        }
        catch (JSDisconnectedException)
        {
            // the browser is gone for good, and the page is about to be closed
        }
    }

    // a cancellation that nobody asked for is a call to the browser that timed out
    private static async Task<bool> IsOverAsync(Func<Task> follow, CancellationToken closing)
    {
        try
        {
            await follow();
            return true;
        }
        catch (Exception e) when (!closing.IsCancellationRequested && e is OperationCanceledException or StoreAwayException)
        {
            return false;
        }
    }
}
