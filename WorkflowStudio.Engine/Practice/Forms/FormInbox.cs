using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>What comes in by forms: whoever has the address of one may send something.</summary>
public sealed class FormInbox(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock, PlatformEvents events,
    IMetContacts contacts)
{
    // what no token of ours is longer than
    private const int LongestToken = 64;

    /// <summary>The form of an address; null when there is none.</summary>
    public async Task<OpenForm?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > LongestToken) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from f in db.Forms.AsNoTracking()
            join w in db.Workspaces.AsNoTracking() on f.WorkspaceId equals w.Id
            where f.Token == token
            select new { Form = f, w.Name }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : new OpenForm(
            found.Form.Id, new Tenant(found.Form.WorkspaceId, found.Form.Environment), found.Name, found.Form.Content,
            found.Form.Content.IsOpenAt(clock.GetUtcNow()));
    }

    /// <summary>
    /// Keeps what was sent, with the contact that it names and the event <see cref="KnownEvents.FormSubmitted"/>, all in one transaction.
    /// What is sent twice from the same page is kept once.
    /// </summary>
    /// <param name="form">The form.</param>
    /// <param name="page">What tells the page on which it was filled in from all others.</param>
    /// <param name="texts">What stands in its fields, by their keys.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<FormReception> TakeAsync(
        OpenForm form, string page, IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken)
    {
        var (id, now, key) = (ids.New(), clock.GetUtcNow(), $"form:{page}");
        return await writer.WriteAsync<FormReception>(form.Tenant.WorkspaceId, write =>
        {
            if (write.Db.Forms.Of(form.Tenant).FirstOrDefault(f => f.Id == form.Id) is not { } row) return new FormReception.Closed();
            var answers = FormAnswers.Read(row.Content.Fields, texts);
            var values = answers.Json().GetRawText();
            if (write.Db.FormSubmissions.MadeBy(form.Tenant, key) is { } made)
                return made.Values == values ? new FormReception.Taken(made.Id) : new FormReception.SentBefore();
            if (!row.Content.IsOpenAt(now)) return new FormReception.Closed();
            if (answers.Problems.Count > 0) return new FormReception.Wrong(answers.Problems);
            var who = answers.Contact;
            var submission = new FormSubmissionRow
            {
                Id = id, WorkspaceId = form.Tenant.WorkspaceId, Environment = form.Tenant.Environment, EffectKey = key, CreatedAt = now,
                FormId = row.Id, Values = values,
                ContactId = who.IsEmpty ? null : contacts.Meet(write, form.Tenant, who, new EffectSource(key)).Id,
            };
            write.Db.Add(submission);
            var heard = events.Raise(write, form.Tenant, FormEvents.Submitted(row, submission, answers));
            write.Db.AddRange(heard.Started.Select(run => new FormRunRow { RunId = run, SubmissionId = id }));
            return new FormReception.Taken(id);
        }, cancellationToken);
    }
}

/// <summary>A form as whoever has its address sees it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Tenant">The workspace and environment.</param>
/// <param name="Practice">Whose it is.</param>
/// <param name="Content">What it asks for.</param>
/// <param name="IsOpen">Whether it takes anything now.</param>
public sealed record OpenForm(Guid Id, Tenant Tenant, string Practice, FormContent Content, bool IsOpen);

/// <summary>What became of what was sent.</summary>
public abstract record FormReception
{
    /// <summary>It is kept, now or since it was sent before.</summary>
    public sealed record Taken(Guid Id) : FormReception;

    /// <summary>Something else was sent from the same page before; this was not kept.</summary>
    public sealed record SentBefore : FormReception;

    /// <summary>It cannot be taken, for these reasons.</summary>
    public sealed record Wrong(IReadOnlyList<FieldProblem> Problems) : FormReception;

    /// <summary>The form takes nothing any more.</summary>
    public sealed record Closed : FormReception;
}
