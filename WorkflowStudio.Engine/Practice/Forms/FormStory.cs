using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>The forms that a contact has sent.</summary>
internal sealed class FormStory(IDbContextFactory<StudioDbContext> contexts) : IContactStory
{
    public async Task<IReadOnlyList<StoryLine>> OfAsync(Seen seen, Contact contact, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sent = await (
            from s in db.FormSubmissions.AsNoTracking().Of(seen.Tenant)
            join f in db.Forms on s.FormId equals f.Id
            where s.ContactId == contact.Id
            orderby s.Id descending
            select new { s.CreatedAt, f.Name }).Take(take).ToListAsync(cancellationToken);
        return [.. sent.Select(s => new StoryLine(s.CreatedAt, "list_alt", $"Sent the form {s.Name}"))];
    }
}
