using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>Who has asked for no more messages.</summary>
public sealed class OptOuts(IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>Since when a number or an address gets nothing, and what it has written; null when it gets messages.</summary>
    public async Task<OptOut?> FindAsync(Tenant tenant, MessageChannel channel, string? reached, CancellationToken cancellationToken)
    {
        if (Address(channel, reached) is not { } address) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return db.OptOutOf(tenant, channel, address) is { } row ? new OptOut(row.Address, row.Word, row.CreatedAt) : null;
    }

    /// <summary>Lets one get messages again, because its owner has said so elsewhere; false when it gets them already.</summary>
    public Task<bool> EndAsync(Tenant tenant, MessageChannel channel, string reached, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            tenant.WorkspaceId,
            write =>
            {
                if (write.Db.OptOutOf(tenant, channel, Address(channel, reached)) is not { } row) return false;
                write.Db.Remove(row);
                return true;
            },
            cancellationToken);

    private static string? Address(MessageChannel channel, string? reached) =>
        channel == MessageChannel.Sms ? PhoneNumber.Normalize(reached) : reached is null ? null : MailAddresses.Bare(reached);
}

/// <summary>A number that gets no SMS, or an address that gets no e-mail.</summary>
/// <param name="Address">The number in E.164, or the address.</param>
/// <param name="Word">What was written.</param>
/// <param name="Since">When.</param>
public sealed record OptOut(string Address, string Word, DateTimeOffset Since);
