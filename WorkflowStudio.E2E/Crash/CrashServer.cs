using System.Globalization;
using WorkflowStudio.E2E.Support;

namespace WorkflowStudio.E2E.Crash;

/// <summary>
/// The server under test through all its lives. Its clock only goes ahead, so that times come and are missed while it is dead.
/// </summary>
internal sealed class CrashServer(CrashStore store, EffectLedger ledger) : IAsyncDisposable
{
    private readonly Dictionary<int, DateTimeOffset> lives = [];
    private readonly Dictionary<string, int> reached = [];
    private TimeSpan ahead;

    /// <summary>The process.</summary>
    public StudioProcess Studio { get; } = new(database: store.ConnectionString);

    /// <summary>When each life began, by the server's clock.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> Lives => lives;

    /// <summary>How often each place was reached: the names of points, and <c>random</c>.</summary>
    public IReadOnlyDictionary<string, int> Reached => reached;

    /// <summary>How often it has died.</summary>
    public int Killed { get; private set; }

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + ahead;

    /// <summary>Sets the clock of the next life ahead.</summary>
    public void Skip(TimeSpan time) => ahead += time;

    /// <summary>Starts it; false when it died before it was ready.</summary>
    public Task<bool> StartAsync(string? point = null)
    {
        ledger.Life++;
        ledger.Ahead = ahead;
        lives[ledger.Life] = Now;
        (string, string)[] environment = [("STUDIO_ALLOWED_HOSTS", ledger.Host),
            ("STUDIO_CLOCK_OFFSET", ahead.ToString("c", CultureInfo.InvariantCulture))];
        return Studio.TryStartAsync(point is null ? environment : [.. environment, ("STUDIO_FAILPOINT", point)]);
    }

    /// <summary>Kills it, if it has not died yet, and counts where; null counts nothing.</summary>
    /// <param name="where">The name of a point, or <c>random</c>.</param>
    /// <param name="bury">Whether the next life is told that this one is over.</param>
    public async Task KillAsync(string? where, bool bury = true)
    {
        await Studio.KillAsync();
        await ledger.DrainAsync();
        if (bury) store.Bury(Studio.Folder);
        if (where is null) return;
        Killed++;
        Count(where);
    }

    /// <summary>Lets it end by itself.</summary>
    public async Task StopAsync()
    {
        await Studio.AskToStopAsync();
        Assert.True(await Studio.HasEndedWithinAsync(StudioProcess.Patience), "The server did not stop.");
        await Studio.KillAsync();
    }

    /// <summary>Counts something worth telling.</summary>
    public void Count(string what, int times = 1) => reached[what] = reached.GetValueOrDefault(what) + times;

    /// <summary>The tables, while it is dead.</summary>
    public StudioTables Tables() => new(store, Studio.Folder);

    public ValueTask DisposeAsync() => Studio.DisposeAsync();
}
