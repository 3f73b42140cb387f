using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>Reads the contacts of a practice.</summary>
public sealed class ContactQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>One page, the last added first, and how many there are in all.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="search">A part of a name, e-mail or phone; null for any.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="take">How many to answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(IReadOnlyList<KnownContact> Items, int Total)> PageAsync(
        Tenant tenant, string? search, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = db.Contacts.AsNoTracking().Of(tenant);
        if (!string.IsNullOrWhiteSpace(search)) found = found.Holding(LikeText.Holding(search.Trim()));
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(c => c.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        return ([.. rows.Select(KnownContact.Of)], total);
    }

    /// <summary>The contact, or null.</summary>
    public async Task<KnownContact?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = db.NowOf(id);
        return await db.Contacts.AsNoTracking().Of(tenant).FirstOrDefaultAsync(c => c.Id == now, cancellationToken) is { } row
            ? KnownContact.Of(row)
            : null;
    }

    /// <summary>Who was added first of those with this e-mail address or phone number; null when nobody has it.</summary>
    public async Task<KnownContact?> FindAsync(Tenant tenant, string emailOrPhone, CancellationToken cancellationToken)
    {
        var (email, phone) = (ContactFields.Of(null, null, emailOrPhone, null).Email, PhoneNumber.Normalize(emailOrPhone));
        if (email is null && phone is null) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = db.Contacts.AsNoTracking().Of(tenant);
        found = email is not null ? found.Where(c => c.Email == email) : found.Where(c => c.Phone == phone);
        return await found.OrderBy(c => c.CreatedAt).FirstOrDefaultAsync(cancellationToken) is { } row ? KnownContact.Of(row) : null;
    }
}

internal static class ContactSearch
{
    /// <summary>Those whose whole name, e-mail or phone is like a pattern.</summary>
    public static IQueryable<ContactRow> Holding(this IQueryable<ContactRow> rows, string like) =>
        rows.Where(c => EF.Functions.Like(c.FirstName + " " + c.LastName, like, LikeText.Escape)
            || EF.Functions.Like(c.Email!, like, LikeText.Escape) || EF.Functions.Like(c.Phone!, like, LikeText.Escape));
}

/// <summary>A contact on file.</summary>
/// <param name="Contact">The person.</param>
/// <param name="CreatedAt">Since when the practice knows of it.</param>
public sealed record KnownContact(Contact Contact, DateTimeOffset CreatedAt)
{
    internal static KnownContact Of(ContactRow row) => new(row.ToContact(), row.CreatedAt);
}
