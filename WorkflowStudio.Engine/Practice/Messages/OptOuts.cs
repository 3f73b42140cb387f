using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>Who has asked for no more SMS.</summary>
public sealed class OptOuts(IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>Since when a number gets no SMS, and what it has written; null when it gets them.</summary>
    public async Task<OptOut?> FindAsync(Tenant tenant, string? phone, CancellationToken cancellationToken)
    {
        if (PhoneNumber.Normalize(phone) is not { } number) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return db.OptOutOf(tenant, number) is { } row ? new OptOut(row.Address, row.Word, row.CreatedAt) : null;
    }

    /// <summary>Lets a number get SMS again, because its owner has said so elsewhere; false when it gets them already.</summary>
    public Task<bool> EndAsync(Tenant tenant, string phone, CancellationToken cancellationToken) => writer.WriteAsync(
        tenant.WorkspaceId,
        write =>
        {
            if (write.Db.OptOutOf(tenant, PhoneNumber.Normalize(phone)) is not { } row) return false;
            write.Db.Remove(row);
            return true;
        },
        cancellationToken);
}

/// <summary>A number that gets no SMS.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="Word">What was written.</param>
/// <param name="Since">When.</param>
public sealed record OptOut(string Number, string Word, DateTimeOffset Since);
