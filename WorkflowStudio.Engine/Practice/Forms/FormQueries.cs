using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>Reads forms and what was sent by them.</summary>
public sealed class FormQueries(IDbContextFactory<StudioDbContext> contexts, TimeProvider clock, StudioAddress address)
{
    private const int Slice = 500;

    /// <summary>One page of the forms, the last made first, and how many there are in all.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="filter">Which.</param>
    /// <param name="skip">How many are left out at the beginning.</param>
    /// <param name="take">How many are wanted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<(IReadOnlyList<FormItem> Items, int Total)> PageAsync(
        Tenant tenant, FormFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (found, now) = (db.Forms.AsNoTracking().Of(tenant), clock.GetUtcNow());
        if (filter.IsOpen == true) found = found.Where(f => f.Status == FormStatus.Open && (f.ClosesAt == null || f.ClosesAt > now));
        if (filter.IsOpen == false) found = found.Where(f => f.Status != FormStatus.Open || f.ClosesAt <= now);
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var like = LikeText.Holding(ShownText.Begin(search, RecordQuery.LongestSearch));
            found = found.Where(f =>
                EF.Functions.Like(f.Name, like, LikeText.Escape) || EF.Functions.Like(f.Title, like, LikeText.Escape));
        }

        var total = await found.CountAsync(cancellationToken);
        return (await ItemsAsync(db, tenant, found.OrderByDescending(f => f.Id).Skip(skip).Take(take), cancellationToken), total);
    }

    /// <summary>One form; null when there is none of this id.</summary>
    public async Task<FormItem?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = db.Forms.AsNoTracking().Of(tenant).Where(f => f.Id == id);
        return (await ItemsAsync(db, tenant, found, cancellationToken)).SingleOrDefault();
    }

    /// <summary>One page of what was sent, the last first, and how much there is in all.</summary>
    public async Task<(IReadOnlyList<Submission> Items, int Total)> SubmissionsAsync(
        Tenant tenant, SubmissionFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Found(db, tenant, filter);
        var total = await found.CountAsync(cancellationToken);
        return (await ReadAsync(db, found.OrderByDescending(s => s.Id).Skip(skip).Take(take), cancellationToken), total);
    }

    /// <summary>What was sent once; null when there is none of this id.</summary>
    public async Task<Submission?> SubmissionAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await ReadAsync(db, db.FormSubmissions.Of(tenant).Where(s => s.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <summary>All that was sent, the first first, read some hundred at a time.</summary>
    public async IAsyncEnumerable<Submission> AllSubmissionsAsync(
        Tenant tenant, SubmissionFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = Guid.Empty;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await ReadAsync(
                db, Found(db, tenant, filter).Where(s => s.Id > last).OrderBy(s => s.Id).Take(Slice), cancellationToken);
            foreach (var row in rows) yield return row;
            if (rows.Count < Slice) yield break;
            last = rows[^1].Id;
        }
    }

    /// <summary>The runs that submissions have started, those of workflows that somebody sees.</summary>
    public async Task<ILookup<Guid, Guid>> RunsAsync(
        Seen seen, IReadOnlyList<Guid> submissions, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workflows = db.SeenWorkflows(seen.Sight);
        var runs = await (
            from f in db.FormRuns.AsNoTracking()
            join r in db.Runs.AsNoTracking() on f.RunId equals r.Id
            where submissions.Contains(f.SubmissionId) && workflows.Any(w => w.Id == r.WorkflowId)
            orderby f.RunId
            select new { f.SubmissionId, f.RunId }).ToListAsync(cancellationToken);
        return runs.ToLookup(r => r.SubmissionId, r => r.RunId);
    }

    private static IQueryable<FormSubmissionRow> Found(StudioDbContext db, Tenant tenant, SubmissionFilter filter)
    {
        var found = db.FormSubmissions.AsNoTracking().Of(tenant);
        if (filter.Id is { } id) found = found.Where(s => s.Id == id);
        if (filter.FormId is { } form) found = found.Where(s => s.FormId == form);
        if (filter.ContactId is { } contact) found = found.Where(s => s.ContactId == contact);
        if (filter.From is { } from) found = found.Where(s => s.Id >= TimeOrderedId.FirstAt(from));
        if (filter.Before is { } before) found = found.Where(s => s.Id < TimeOrderedId.FirstAt(before));
        return found;
    }

    private static async Task<IReadOnlyList<Submission>> ReadAsync(
        StudioDbContext db, IQueryable<FormSubmissionRow> rows, CancellationToken cancellationToken)
    {
        var found = await rows.AsNoTracking().ToListAsync(cancellationToken);
        var forms = found.Select(s => s.FormId).Distinct().ToArray();
        var names = await db.Forms.AsNoTracking().Where(f => forms.Contains(f.Id)).Select(f => new { f.Id, f.Name })
            .ToDictionaryAsync(f => f.Id, f => f.Name, cancellationToken);
        return [.. found.Select(s => new Submission(
            s.Id, s.FormId, names.GetValueOrDefault(s.FormId) ?? "", JsonElement.Parse(s.Values), s.ContactId, s.CreatedAt))];
    }

    private async Task<IReadOnlyList<FormItem>> ItemsAsync(
        StudioDbContext db, Tenant tenant, IQueryable<FormRow> forms, CancellationToken cancellationToken)
    {
        var (sent, now) = (db.FormSubmissions.Of(tenant), clock.GetUtcNow());
        // what was sent is counted in its index, and only the last of it is read: ids are made in the order of time
        var rows = await forms.Select(f => new
        {
            Form = f,
            Count = sent.Count(s => s.FormId == f.Id),
            Last = sent.Where(s => s.FormId == f.Id).OrderByDescending(s => s.Id)
                .Select(s => (DateTimeOffset?)s.CreatedAt).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new FormItem(r.Form.Told(address), r.Form.Content.IsOpenAt(now), r.Count, r.Last))];
    }
}

/// <summary>A form in a list.</summary>
/// <param name="Form">It.</param>
/// <param name="IsOpen">Whether it takes anything now.</param>
/// <param name="Submissions">How often something was sent by it.</param>
/// <param name="LastAt">When something was sent last; null for never.</param>
public sealed record FormItem(Form Form, bool IsOpen, int Submissions, DateTimeOffset? LastAt);

/// <summary>Which forms are wanted.</summary>
/// <param name="Search">A part of the name or the title; null for any.</param>
/// <param name="IsOpen">Whether they take anything now; null for either.</param>
public sealed record FormFilter(string? Search = null, bool? IsOpen = null);

/// <summary>What somebody has sent by a form.</summary>
/// <param name="Id">The id.</param>
/// <param name="FormId">The form.</param>
/// <param name="FormName">Its name now.</param>
/// <param name="Values">The values by key, as they were sent.</param>
/// <param name="ContactId">Who it came from; null where nobody could be told by it.</param>
/// <param name="At">When.</param>
public sealed record Submission(Guid Id, Guid FormId, string FormName, JsonElement Values, Guid? ContactId, DateTimeOffset At);

/// <summary>Which submissions are wanted.</summary>
public sealed record SubmissionFilter
{
    /// <summary>The one of this id.</summary>
    public Guid? Id { get; init; }

    /// <summary>Those of one form.</summary>
    public Guid? FormId { get; init; }

    /// <summary>Those of one contact.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>Those from then on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those before then.</summary>
    public DateTimeOffset? Before { get; init; }
}
