using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>Changes the forms of a practice, each change with its event.</summary>
public sealed class FormStore(
    IStudioWriter writer, IdFactory ids, TimeProvider clock, PlatformEvents events, StudioAddress address)
{
    /// <summary>How many submissions one transaction removes: they may be wide.</summary>
    internal const int PieceLength = 100;

    /// <summary>Adds one.</summary>
    public async Task<FormOutcome> AddAsync(
        Tenant tenant, FormContent said, Func<Form, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        var (content, problems) = FormRules.Check(said);
        if (problems.Count > 0) return new FormOutcome.Wrong(problems);
        var (id, now, token) = (ids.New(), clock.GetUtcNow(), LinkToken.New());
        return await writer.WriteAsync<FormOutcome>(tenant.WorkspaceId, write =>
        {
            var row = Row(tenant, id, now, content, token);
            write.Db.Forms.Add(row);
            events.Raise(write, tenant, FormEvents.Created(row));
            var form = row.Told(address);
            write.Record(answer?.Invoke(form));
            return new FormOutcome.Done(form);
        }, cancellationToken);
    }

    /// <summary>Changes one.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="id">The form.</param>
    /// <param name="revision">The revision that somebody has seen; null for whichever there is.</param>
    /// <param name="change">What it is from now on.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<FormOutcome> ChangeAsync(
        Tenant tenant, Guid id, int? revision, Func<FormContent, FormContent> change, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await writer.WriteAsync<FormOutcome>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Forms.Of(tenant).FirstOrDefault(f => f.Id == id) is not { } row) return new FormOutcome.Unknown();
            if (revision is { } seen && seen != row.Revision) return new FormOutcome.Stale(row.Told(address));
            var before = row.Content;
            var (content, problems) = FormRules.Check(change(before));
            if (problems.Count > 0) return new FormOutcome.Wrong(problems);
            if (content.Equals(before)) return new FormOutcome.Done(row.Told(address));
            (row.Content, row.UpdatedAt, row.Revision) = (content, now, row.Revision + 1);
            events.Raise(write, tenant, FormEvents.Updated(row));
            return new FormOutcome.Done(row.Told(address));
        }, cancellationToken);
    }

    /// <summary>
    /// Removes one; one that something was sent by only with all of that. Done in pieces between which others write: it takes nothing any
    /// more then, and what breaks off leaves the form with the rest, to be removed once more.
    /// </summary>
    public async Task<FormOutcome> RemoveAsync(Tenant tenant, Guid id, bool withSubmissions, CancellationToken cancellationToken)
    {
        while (true)
            if (await writer.WriteAsync(tenant.WorkspaceId, write => RemoveSome(write, tenant, id, withSubmissions), cancellationToken)
                is { } outcome)
                return outcome;
    }

    /// <summary>Removes what was sent once; false when there is none of this id.</summary>
    public async Task<bool> RemoveSubmissionAsync(Tenant tenant, Guid id, CancellationToken cancellationToken) =>
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            if (write.Db.FormSubmissions.Of(tenant).FirstOrDefault(s => s.Id == id) is not { } row) return false;
            write.Db.Remove(row);
            return true;
        }, cancellationToken);

    // null while there is more
    private FormOutcome? RemoveSome(StudioWrite write, Tenant tenant, Guid id, bool withSubmissions)
    {
        if (write.Db.Forms.Of(tenant).FirstOrDefault(f => f.Id == id) is not { } row) return new FormOutcome.Unknown();
        var sent = write.Db.FormSubmissions.Of(tenant).Where(s => s.FormId == id);
        if (!withSubmissions && sent.Any()) return new FormOutcome.Used(sent.Count());
        if (sent.Take(PieceLength).ExecuteDelete() == PieceLength)
        {
            Close(write, tenant, row);
            return null;
        }

        write.Db.Remove(row);
        return new FormOutcome.Done(row.Told(address));
    }

    // nothing comes in meanwhile that would go with the rest
    private void Close(StudioWrite write, Tenant tenant, FormRow row)
    {
        if (row.Status == FormStatus.Closed) return;
        (row.Status, row.UpdatedAt, row.Revision) = (FormStatus.Closed, clock.GetUtcNow(), row.Revision + 1);
        events.Raise(write, tenant, FormEvents.Updated(row));
    }

    internal static FormRow Row(Tenant tenant, Guid id, DateTimeOffset now, FormContent content, string token) => new()
    {
        Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = now, UpdatedAt = now, Token = token,
        Name = content.Name, Title = content.Title, Intro = content.Intro, Thanks = content.Thanks, Status = content.Status,
        ClosesAt = content.ClosesAt, Fields = FormJson.Of(content.Fields),
    };
}

/// <summary>What became of a change of a form.</summary>
public abstract record FormOutcome
{
    /// <summary>It was done.</summary>
    public sealed record Done(Form Form) : FormOutcome;

    /// <summary>It cannot be, for these reasons; nothing was written.</summary>
    public sealed record Wrong(IReadOnlyList<FieldProblem> Problems) : FormOutcome;

    /// <summary>There is none of this id.</summary>
    public sealed record Unknown : FormOutcome;

    /// <summary>Somebody else has changed it meanwhile; nothing was written.</summary>
    public sealed record Stale(Form Present) : FormOutcome;

    /// <summary>Something was sent by it; nothing was removed.</summary>
    public sealed record Used(int Submissions) : FormOutcome;
}
