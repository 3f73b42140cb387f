using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Identity.Storage;

/// <summary>The sign-ins that have not ended, of all nodes.</summary>
internal sealed class SessionTable(IDbContextFactory<IdentityDb> contexts, ILogger<SessionTable> log)
{
    private const int MostIds = 500;
    private const int MostListed = 100;

    /// <summary>Adds one, and forgets those whose time is over.</summary>
    public async Task AddAsync(
        Guid id, Guid userId, SessionPlace place, DateTimeOffset expires, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var over = now.ToUnixTimeMilliseconds();
        await db.Sessions.Where(s => s.ExpiresAt < over).ExecuteDeleteAsync(cancellationToken);
        db.Sessions.Add(new SessionRow
        {
            Id = id, UserId = userId, ExpiresAt = expires.ToUnixTimeMilliseconds(), BeganAt = over, Address = place.Address,
            Browser = place.Browser,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>When it is over; null for one that has ended.</summary>
    public async Task<DateTimeOffset?> ExpiryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Sessions.Where(s => s.Id == id).Select(s => (long?)s.ExpiresAt).FirstOrDefaultAsync(cancellationToken);
        return found is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null;
    }

    /// <summary>
    /// Moves its end; one that has ended stays so. Where nothing can be stored just now, people go on reading: it is done another time.
    /// </summary>
    public async Task ExtendAsync(Guid id, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var until = expires.ToUnixTimeMilliseconds();
        try
        {
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ExpiresAt, until), cancellationToken);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            log.LogDebug(e, "The end of a session could not be moved");
        }
    }

    public async Task EndAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.Where(s => s.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The open ones of a person, the one that ends last first.</summary>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var over = now.ToUnixTimeMilliseconds();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Sessions.AsNoTracking().Where(s => s.UserId == userId && s.ExpiresAt > over)
            .OrderByDescending(s => s.ExpiresAt).Take(MostListed).ToListAsync(cancellationToken);
        return [.. rows.Select(s => new OpenSession(
            s.Id, new SessionPlace(s.Address, s.Browser), DateTimeOffset.FromUnixTimeMilliseconds(s.BeganAt),
            DateTimeOffset.FromUnixTimeMilliseconds(s.ExpiresAt)))];
    }

    /// <summary>Ends one of a person; whether there was one.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.Where(s => s.Id == id && s.UserId == userId).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Ends those of a person but one, and answers which.</summary>
    public async Task<IReadOnlyList<Guid>> EndAllAsync(Guid userId, Guid? but, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var others = db.Sessions.Where(s => s.UserId == userId && s.Id != but);
        var ended = await others.Select(s => s.Id).ToListAsync(cancellationToken);
        await others.ExecuteDeleteAsync(cancellationToken);
        return ended;
    }

    public async Task EndAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Which of these have ended.</summary>
    public async Task<IReadOnlyList<Guid>> EndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var ended = new HashSet<Guid>(ids);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var some in ids.Chunk(MostIds))
            ended.ExceptWith(await db.Sessions.Where(s => some.Contains(s.Id)).Select(s => s.Id).ToListAsync(cancellationToken));
        return [.. ended];
    }
}

/// <summary>A session as it is stored.</summary>
internal sealed record OpenSession(Guid Id, SessionPlace Place, DateTimeOffset Began, DateTimeOffset Expires);
