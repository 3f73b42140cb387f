using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages.Mailboxes;

/// <summary>Tells why mailboxes cannot be read.</summary>
public sealed class MailboxTroubles(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>Why the mailbox of a tenant cannot be read at present; empty while it can, and where there is none.</summary>
    public async Task<string> OfAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Mailboxes.AsNoTracking().Of(tenant).Select(m => m.Said).FirstOrDefaultAsync(cancellationToken) ?? "";
    }
}
