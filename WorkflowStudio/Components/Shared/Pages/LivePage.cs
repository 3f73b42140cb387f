using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Shared.Pages;

/// <summary>
/// A page that shows facts and keeps them up to date for as long as it is open. What derives from it says what it reads and what it draws.
/// An answer that is overtaken by a newer one does not count, and a page that is left ends what it reads.
/// </summary>
/// <typeparam name="T">All that the page shows, read in one go.</typeparam>
public abstract class LivePage<T> : ComponentBase, IDisposable
    where T : class
{
    private readonly Lifetime life = new();
    private int begun;
    private int underWay;
    private int counts; // reads that began before this one count no more

    [CascadingParameter]
    protected StudioSession Session { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected ISnackbar Toasts { get; set; } = null!;

    [Inject]
    private LiveUpdates Updates { get; set; } = null!;

    /// <summary>What was read last; null before the first read, and where it came to a problem.</summary>
    protected T? Facts { get; private set; }

    /// <summary>Why the page could not be read, in words; null when it could.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Canceled when the page is left.</summary>
    protected CancellationToken Closing => life.Token;

    /// <summary>How long changes of runs are gathered before the page follows them; null for a page that does not.</summary>
    protected virtual TimeSpan? Follows => LiveUpdates.Pages;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) life.Dispose();
    }

    /// <summary>Reads all that the page shows.</summary>
    protected abstract Task<Result<T>> ReadAsync();

    /// <summary>Reads what has changed, for pages that need not be read as a whole.</summary>
    /// <param name="shown">What the page shows.</param>
    /// <param name="changed">The runs that have changed; null when all may have.</param>
    protected virtual Task<Result<T>> ReadChangesAsync(T shown, IReadOnlySet<Guid>? changed) => ReadAsync();

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Follows is { } pause)
            _ = BesideAsync(() => Updates.FollowAsync(Session.Caller, pause, changed => InvokeAsync(() => RefreshAsync(changed)), Closing));
    }

    /// <summary>
    /// Reads and draws the page anew; what was being read until now is of before. That the database is away is a problem.
    /// </summary>
    protected Task LoadAsync()
    {
        counts = begun + 1;
        return ShowAsync(() => StoreAway.TryAsync(ReadAsync));
    }

    /// <summary>
    /// Does what somebody's click asks for, says what came of it, and reads the page anew, or keeps it where the database is away.
    /// </summary>
    /// <param name="operation">What is asked for.</param>
    /// <param name="done">What is said when it was done.</param>
    /// <param name="undo">Takes it back, where it can be; perhaps when the page is left.</param>
    protected async Task<Result<TDone>> DoAsync<TDone>(Func<Task<Result<TDone>>> operation, string done, Func<Task>? undo = null)
    {
        var came = await StoreAway.TryAsync(operation);
        Toasts.Tell(came.Problem, done, undo is null ? null : ("Undo", () => InvokeAsync(undo)));
        if (came.Problem is not StoreAway) await LoadAsync();
        return came;
    }

    /// <summary>Does what nobody waits for. What goes wrong in it is shown like what goes wrong in the page itself.</summary>
    private protected async Task BesideAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    // a database that is away interrupts it: what is shown stays, and Following comes again
    private Task RefreshAsync(IReadOnlySet<Guid>? changed) =>
        ShowAsync(Facts is { } shown && underWay == 0 ? () => ReadChangesAsync(shown, changed) : ReadAsync);

    private async Task ShowAsync(Func<Task<Result<T>>> read)
    {
        if (Closing.IsCancellationRequested) return;
        var mine = ++begun;
        underWay++;
        try
        {
            var answer = await read();
            if (mine < counts || Closing.IsCancellationRequested) return;
            (counts, Facts, Problem) = (mine, answer.Value, answer.Problem?.Message);
            StateHasChanged();
        }
        catch (Exception e) when (Closing.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // the page was left while it was read
        }
        finally
        {
            underWay--;
        }
    }
}
