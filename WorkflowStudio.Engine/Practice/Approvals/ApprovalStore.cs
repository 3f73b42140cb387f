using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Engine.Practice.Approvals;

/// <summary>
/// The approvals that runs wait for. The secret of an address is looked up by its hash and kept encrypted beside it, so that a step which
/// is called again after a crash sends the same address, and a copy of the database opens none.
/// </summary>
public sealed class ApprovalStore(IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock,
    ISecretProtector protector, StudioAddress address) : IApprovals
{
    private const int TokenBytes = 20;
    private const int MostListed = 200;

    /// <inheritdoc/>
    public async Task<Approval> AskAsync(Tenant tenant, ApprovalQuestion question, EffectSource source, CancellationToken cancellationToken)
    {
        var (id, now, token) = (ids.New(), clock.GetUtcNow(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)));
        var secret = protector.Protect(token);
        return await writer.WriteAsync(
            tenant.WorkspaceId,
            write =>
            {
                if (write.Db.Approvals.MadeBy(tenant, source.Key) is { } made) return Read(made);
                var row = new ApprovalRow
                {
                    Id = id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, EffectKey = source.Key, CreatedAt = now,
                    RunId = source.RunId ?? Guid.Empty, WorkflowId = source.WorkflowId ?? Guid.Empty, NodeId = source.NodeId ?? "",
                    Iteration = question.Iteration,
                    Title = question.Title, Message = question.Message, AskedOf = question.AskedOf, ApproveLabel = question.ApproveLabel,
                    RejectLabel = question.RejectLabel,
                    ExpiresAt = question.ExpiresAt, TokenHash = HashOf(token), ProtectedToken = secret,
                };
                write.Db.Approvals.Add(row);
                return Read(row);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Approval> ExpireAsync(Tenant tenant, Guid id, CancellationToken cancellationToken) => writer.WriteAsync(
        tenant.WorkspaceId,
        write =>
        {
            var row = write.Db.Approvals.Of(tenant).First(a => a.Id == id);
            if (row.Status == ApprovalStatus.Open) row.Status = ApprovalStatus.Expired;
            return Read(row);
        },
        cancellationToken);

    /// <summary>
    /// Decides, and wakes the run in the same transaction. Problems: <c>approval_unknown</c>, <c>approval_decided</c>,
    /// <c>approval_expired</c>, <c>approval_withdrawn</c> when the run is over.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="id">The approval.</param>
    /// <param name="approve">Whether it is approved.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="comment">What they write; cut at <see cref="ApprovalView.MaxComment"/>.</param>
    /// <param name="cancellationToken">Stops waiting for the write.</param>
    public async Task<Answer<ApprovalView>> DecideAsync(
        Tenant tenant, Guid id, bool approve, string by, string comment, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var answer = await writer.WriteAsync<Answer<bool>>(
            tenant.WorkspaceId,
            write =>
            {
                if (write.Db.Approvals.Of(tenant).FirstOrDefault(a => a.Id == id) is not { } row)
                    return new ConnectorProblem("approval_unknown", "There is no such approval.");
                if (Closed(write.Db, row, now) is { } closed) return closed;
                (row.Status, row.DecidedBy, row.DecidedAt) = (approve ? ApprovalStatus.Approved : ApprovalStatus.Rejected, by, now);
                row.Comment = comment.Length > ApprovalView.MaxComment ? comment[..ApprovalView.MaxComment] : comment;
                write.Signal(tenant, Approval.DecidedSignal(id), JsonSerializer.SerializeToElement(
                    new { status = row.Status.ToString().ToLowerInvariant(), decided_by = by, decided_at = now, comment = row.Comment },
                    NodeJson.Options));
                return true;
            },
            cancellationToken);
        if (!answer.Has(out _, out var problem)) return problem;
        return (await FindAsync(tenant, id, cancellationToken))!;
    }

    /// <summary>The approval of a secret address, or null. The secret alone gives access, so it asks for no tenant.</summary>
    public async Task<ApprovalView?> ByTokenAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > 100) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = HashOf(token);
        return await ViewsAsync(db, db.Approvals.AsNoTracking().Where(a => a.TokenHash == hash), cancellationToken) is [var found]
            ? found
            : null;
    }

    /// <summary>The approval with this id, or null.</summary>
    public async Task<ApprovalView?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ViewsAsync(db, db.Approvals.AsNoTracking().Of(tenant).Where(a => a.Id == id), cancellationToken) is [var found]
            ? found
            : null;
    }

    /// <summary>The open ones, the oldest first; or the others, the newest first. At most 200.</summary>
    public async Task<IReadOnlyList<ApprovalView>> ListAsync(Seen seen, bool open, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Approvals.AsNoTracking().Of(seen.Tenant);
        if (!seen.Sight.SeesAll)
        {
            var workflows = db.SeenWorkflows(seen.Sight);
            rows = rows.Where(a => a.WorkflowId == Guid.Empty || workflows.Any(w => w.Id == a.WorkflowId));
        }

        rows = open
            ? rows.Where(a => a.Status == ApprovalStatus.Open).OrderBy(a => a.CreatedAt)
            : rows.Where(a => a.Status != ApprovalStatus.Open).OrderByDescending(a => a.CreatedAt);
        var views = await ViewsAsync(db, rows.Take(MostListed), cancellationToken);
        return open ? [.. views.Where(v => v.CanDecide)] : views;
    }

    /// <summary>The open ones of a run, the oldest first. At most 200.</summary>
    public async Task<IReadOnlyList<ApprovalView>> OfRunAsync(Tenant tenant, Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Approvals.AsNoTracking().Of(tenant).Where(a => a.Status == ApprovalStatus.Open && a.RunId == runId)
            .OrderBy(a => a.CreatedAt);
        return [.. (await ViewsAsync(db, rows.Take(MostListed), cancellationToken)).Where(v => v.CanDecide)];
    }

    private async Task<IReadOnlyList<ApprovalView>> ViewsAsync(
        StudioDbContext db, IQueryable<ApprovalRow> rows, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await (
            from a in rows
            join w in db.Workspaces on a.WorkspaceId equals w.Id
            join r in db.Runs on a.RunId equals r.Id into runs
            from r in runs.DefaultIfEmpty()
            join f in db.Workflows on a.WorkflowId equals f.Id into flows
            from f in flows.DefaultIfEmpty()
            select new
            {
                a,
                Practice = w.Name,
                w.TimeZone,
                RunStatus = r == null ? (RunStatus?)null : r.Status,
                Workflow = f == null ? null : f.Name,
            }).ToListAsync(cancellationToken);
        return [.. found.Select(x => new ApprovalView
        {
            Tenant = new Tenant(x.a.WorkspaceId, x.a.Environment), Id = x.a.Id, Title = x.a.Title, Message = x.a.Message,
            AskedOf = x.a.AskedOf,
            ApproveLabel = x.a.ApproveLabel, RejectLabel = x.a.RejectLabel, DecidedBy = x.a.DecidedBy, DecidedAt = x.a.DecidedAt,
            Comment = x.a.Comment,
            Status = ApprovalRules.StatusAt(x.a, now),
            IsWithdrawn = ApprovalRules.IsWithdrawn(x.RunStatus), AskedAt = x.a.CreatedAt, ExpiresAt = x.a.ExpiresAt, RunId = x.a.RunId,
            WorkflowId = x.a.WorkflowId, Practice = x.Practice, TimeZone = x.TimeZone, Workflow = x.Workflow ?? "",
        })];
    }

    private static ConnectorProblem? Closed(StudioDbContext db, ApprovalRow row, DateTimeOffset now) => ApprovalRules.Closed(
        row, now, db.Runs.Where(r => r.Id == row.RunId).Select(r => (RunStatus?)r.Status).FirstOrDefault());

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private Approval Read(ApprovalRow row) => new(
        row.Id, protector.Unprotect(row.ProtectedToken) is { } token ? address.Approval(token) : "", row.Status, row.DecidedBy,
        row.DecidedAt, row.Comment);
}
