using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity.Storage;

/// <summary>Names and addresses of accounts.</summary>
internal sealed class PeopleTable(IDbContextFactory<IdentityDb> contexts) : IPeople
{
    public async Task<IReadOnlyDictionary<Guid, Person>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new Dictionary<Guid, Person>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).Select(u => new Person(u.Id, u.Name, u.Email ?? ""))
            .ToDictionaryAsync(p => p.Id, cancellationToken);
    }

    public async Task<Person?> FindAsync(string email, CancellationToken cancellationToken)
    {
        var sought = email.Trim().ToUpperInvariant();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().Where(u => u.NormalizedEmail == sought).Select(u => new Person(u.Id, u.Name, u.Email ?? ""))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
