using System.Collections.Concurrent;
using System.Security.Claims;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Identity;

/// <summary>
/// The sign-ins that are open. A cookie alone opens nothing: it names a session, and signing out ends that one everywhere, also for whoever
/// has kept the cookie. What is known of a session is remembered for a second, so that the files of a page do not ask the database one by
/// one.
/// </summary>
internal sealed class Sessions(SessionTable table, IdFactory ids, TimeProvider clock)
{
    /// <summary>The claim that names the session.</summary>
    public const string Claim = "studio:session";

    /// <summary>How long a cookie is good for after it was last used.</summary>
    public static readonly TimeSpan CookieLife = TimeSpan.FromDays(14);

    // a session never ends before its cookie, and its end tells when it was used last: it is moved on every quarter of an hour at most
    private static readonly TimeSpan Life = CookieLife + TimeSpan.FromDays(1);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> known = new();
    private readonly ConcurrentDictionary<long, Watcher> watchers = new();
    private long changes;
    private long lastWatcher;

    /// <summary>Begins a session and answers the claim that names it.</summary>
    public async Task<Claim> BeginAsync(Guid userId, SessionPlace place, CancellationToken cancellationToken)
    {
        var (id, now) = (ids.New(), clock.GetUtcNow());
        await table.AddAsync(id, userId, place, now + Life, now, cancellationToken);
        return new Claim(Claim, id.ToString("N"));
    }

    /// <summary>Whether the session that a person's claims name is open; false for claims that name none.</summary>
    public async ValueTask<bool> IsOpenAsync(ClaimsPrincipal? person, CancellationToken cancellationToken)
    {
        if (IdOf(person) is not { } id) return false;
        var now = clock.GetUtcNow();
        if (known.TryGetValue(id, out var until) && now < until) return true;
        var before = Interlocked.Read(ref changes);
        if (await table.ExpiryAsync(id, cancellationToken) is not { } expires || expires <= now) return false;
        if (expires < now + Life - Step) await table.ExtendAsync(id, now + Life, cancellationToken);
        if (known.Count >= MostKnown) known.Clear();
        known[id] = now + Memory;
        if (Interlocked.Read(ref changes) != before) known.Clear(); // one ended while it was read
        return true;
    }

    /// <summary>Ends the session that a person's claims name, here at once and on other nodes within seconds.</summary>
    public async Task EndAsync(ClaimsPrincipal? person)
    {
        if (IdOf(person) is not { } id) return;
        await table.EndAsync(id, CancellationToken.None); // also when the browser does not wait for it
        Forget([id]);
    }

    /// <summary>The open sessions of a person, the one that was used last first.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="here">Whose session is <see cref="SessionFacts.IsThis"/>.</param>
    /// <param name="cancellationToken">Canceled when nobody waits for it.</param>
    public async Task<IReadOnlyList<SessionFacts>> ListAsync(Guid userId, ClaimsPrincipal? here, CancellationToken cancellationToken)
    {
        var own = IdOf(here);
        return [.. (await table.ListAsync(userId, clock.GetUtcNow(), cancellationToken)).Select(s => new SessionFacts(
            s.Id, s.Place, s.Began, s.Expires - Life, s.Id == own))];
    }

    /// <summary>Ends one session of a person; whether there was one.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid id)
    {
        if (!await table.EndAsync(userId, id, CancellationToken.None)) return false;
        Forget([id]);
        return true;
    }

    /// <summary>Ends the sessions of a person; answers how many there were.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="but">The claims that name the one that stays; null for none.</param>
    public async Task<int> EndAllAsync(Guid userId, ClaimsPrincipal? but)
    {
        var ended = await table.EndAllAsync(userId, IdOf(but), CancellationToken.None);
        Forget(ended);
        return ended.Count;
    }

    /// <summary>Calls back when the session that a person's claims name has ended. Dispose to stop.</summary>
    public IDisposable? Watch(ClaimsPrincipal person, Action ended)
    {
        if (IdOf(person) is not { } id) return null;
        var watcher = new Watcher(this, Interlocked.Increment(ref lastWatcher), id, ended);
        watchers[watcher.Number] = watcher;
        return watcher;
    }

    /// <summary>Looks which of the watched sessions were ended by another node; answers how many.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> watched = [.. watchers.Values.Select(w => w.Session)];
        if (watched.Count == 0) return 0;
        var ended = await table.EndedAsync(watched, cancellationToken);
        Forget(ended);
        return ended.Count;
    }

    private void Forget(IReadOnlyCollection<Guid> ended)
    {
        if (ended.Count == 0) return;
        Interlocked.Increment(ref changes);
        foreach (var id in ended) known.TryRemove(id, out _);
        foreach (var watcher in watchers.Values.Where(w => ended.Contains(w.Session)))
        {
            watcher.Dispose(); // told once
            watcher.Ended();
        }
    }

    private static Guid? IdOf(ClaimsPrincipal? person) => Guid.TryParse(person?.FindFirstValue(Claim), out var id) ? id : null;

    private sealed class Watcher(Sessions sessions, long number, Guid session, Action ended) : IDisposable
    {
        public long Number { get; } = number;

        public Guid Session { get; } = session;

        public Action Ended { get; } = ended;

        public void Dispose() => sessions.watchers.TryRemove(Number, out _);
    }
}

/// <summary>Ends the open pages of sessions that another node has ended.</summary>
internal sealed class SessionWatch(Sessions sessions, TimeProvider clock, ILogger<SessionWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // the next time; the requests themselves say that the database is away
                log.LogDebug(e, "The open sessions could not be read");
            }
        }
    }
}
