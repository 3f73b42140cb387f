using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages.Mailboxes;

/// <summary>
/// Remembers how far each mailbox was read. One node at a time reads one: it holds it for a while and says again and again that it does;
/// what a node that is gone has held is free when that time is over.
/// </summary>
internal sealed class MailboxBook(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock)
{
    /// <summary>How long a node holds a mailbox without saying so again.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(90);

    private const int LongestSaid = 500;

    // one for each start of the process
    private readonly string me = ids.New().ToString("N");

    /// <summary>The live mailboxes that are connected, and when each connection was set.</summary>
    public async Task<IReadOnlyList<ConnectedMailbox>> ConnectedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Connections.AsNoTracking().Where(c => c.Kind == ConnectionKinds.Imap && c.Environment == StudioEnvironment.Live)
            .Select(c => new ConnectedMailbox(c.WorkspaceId, c.CreatedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>Forgets how far those were read that are connected no more: what comes to them meanwhile is never taken.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<Guid> connected, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.Mailboxes.AsNoTracking().Select(m => m.WorkspaceId).ToListAsync(cancellationToken);
        foreach (var workspace in known.Except(connected))
            await WriteAsync(workspace, (write, row) => row is not null && write.Db.Remove(row) is not null, cancellationToken);
    }

    /// <summary>Takes a mailbox, or says that this node holds it; false while another one does.</summary>
    public Task<bool> HoldAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        var (id, now) = (ids.New(), clock.GetUtcNow());
        return WriteAsync(
            workspaceId,
            (write, row) =>
            {
                if (row is null)
                    write.Db.Add(row = new MailboxRow
                    { Id = id, WorkspaceId = workspaceId, Environment = StudioEnvironment.Live, CreatedAt = now });
                else if (row.HeldBy is { } other && other != me && row.HeldUntil > now) return false;
                (row.HeldBy, row.HeldUntil) = (me, now + Hold);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Gives a mailbox back.</summary>
    public Task<bool> ReleaseAsync(Guid workspaceId) => WriteAsync(
        workspaceId,
        (_, row) =>
        {
            if (row?.HeldBy != me) return false;
            (row.HeldBy, row.HeldUntil) = (null, null);
            return true;
        },
        CancellationToken.None);

    /// <summary>
    /// From which mail on it is to be read: behind the last one that was taken; of a mailbox that is new, or numbered anew, behind the last
    /// one that there is. Null where another node holds it.
    /// </summary>
    public Task<uint?> BeginAsync(Guid workspaceId, string place, uint validity, uint last, CancellationToken cancellationToken) =>
        WriteAsync<uint?>(
            workspaceId,
            (_, row) =>
            {
                if (row?.HeldBy != me) return null;
                row.Said = "";
                if (row.Place != place || row.Validity != validity) (row.Place, row.Validity, row.Last) = (place, validity, last);
                return (uint)row.Last;
            },
            cancellationToken);

    /// <summary>Notes that a mail was taken; false where another node holds the mailbox.</summary>
    public Task<bool> AdvanceAsync(Guid workspaceId, uint validity, uint uid, CancellationToken cancellationToken) => WriteAsync(
        workspaceId,
        (_, row) =>
        {
            if (row?.HeldBy != me || row.Validity != validity) return false;
            row.Last = Math.Max(row.Last, uid);
            return true;
        },
        cancellationToken);

    /// <summary>Notes why it cannot be read.</summary>
    public Task<bool> TellAsync(Guid workspaceId, string said, CancellationToken cancellationToken) => WriteAsync(
        workspaceId,
        (_, row) =>
        {
            if (row?.HeldBy != me) return false;
            row.Said = ShownText.Fit(said, LongestSaid);
            return true;
        },
        cancellationToken);

    private Task<T> WriteAsync<T>(Guid workspaceId, Func<StudioWrite, MailboxRow?, T> work, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            workspaceId,
            write => work(write, write.Db.Mailboxes.Of(new Tenant(workspaceId, StudioEnvironment.Live)).FirstOrDefault()),
            cancellationToken);
}

/// <summary>A mailbox that is connected.</summary>
/// <param name="WorkspaceId">Whose.</param>
/// <param name="SetAt">When the connection was set: another time is another connection.</param>
internal sealed record ConnectedMailbox(Guid WorkspaceId, DateTimeOffset SetAt);
