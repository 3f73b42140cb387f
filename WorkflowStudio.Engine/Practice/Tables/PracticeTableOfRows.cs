using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Tables;

/// <summary>A table whose records are rows of one tenant.</summary>
public abstract class PracticeTable<TRow>(
    IStudioWriter writer, IDbContextFactory<StudioDbContext> contexts, IdFactory ids, TimeProvider clock) : PracticeTable
    where TRow : TenantRow, new()
{
    private const int Slice = 500;
    private const int MostAlike = 20;

    /// <summary>The time.</summary>
    protected DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The fields of the rows.</summary>
    protected abstract IReadOnlyList<PracticeField<TRow>> Columns { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<PracticeField> Fields => Columns;

    /// <inheritdoc/>
    public override async Task<RecordPage> PageAsync(
        Tenant tenant, RecordQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Found(db.Set<TRow>().AsNoTracking().Of(tenant), query);
        var total = await found.CountAsync(cancellationToken);
        var ordered = Columns.FirstOrDefault(c => c.IsColumn && c.Name == query.Sort) is { } by
            ? by.Order(found, query.Descending).ThenByDescending(r => r.Id)
            : InOrder(found);
        var rows = await ordered.Skip(skip).Take(take).ToListAsync(cancellationToken);
        await LookUpAsync(db, tenant, rows, cancellationToken);
        return new RecordPage([.. rows.Select(Told)], total);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<PracticeRecord> AllAsync(
        Tenant tenant, RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = Guid.Empty;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await Found(db.Set<TRow>().AsNoTracking().Of(tenant), query).Where(r => r.Id > last).OrderBy(r => r.Id)
                .Take(Slice).ToListAsync(cancellationToken);
            await LookUpAsync(db, tenant, rows, cancellationToken);
            foreach (var row in rows) yield return Told(row);
            if (rows.Count < Slice) yield break;
            last = rows[^1].Id;
        }
    }

    /// <inheritdoc/>
    public override async Task<PracticeRecord?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<TRow>().AsNoTracking().Of(tenant).FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (row is null) return null;
        await LookUpAsync(db, tenant, [row], cancellationToken);
        return Told(row);
    }

    /// <inheritdoc/>
    public override async Task<RecordOutcome> AddAsync(
        Tenant tenant, IReadOnlyDictionary<string, object?> values, Func<PracticeRecord, KeptAnswer?>? answer,
        CancellationToken cancellationToken) =>
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var outcome = Add(write, tenant, values);
            if (outcome is RecordOutcome.Done done) write.Record(answer?.Invoke(done.Record));
            return outcome;
        }, cancellationToken);

    /// <inheritdoc/>
    public override async Task<RecordOutcome> ChangeAsync(
        Tenant tenant, Guid id, IReadOnlyDictionary<string, object?> values, int? seen, CancellationToken cancellationToken) =>
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            if (write.Db.Set<TRow>().Of(tenant).FirstOrDefault(r => r.Id == id) is not { } row) return new RecordOutcome.Unknown();
            return seen is null || RevisionOf(row) is not { } revision || revision == seen ? Change(write, tenant, row, values)
                : new RecordOutcome.Wrong([new("", $"Somebody has changed this {One} meanwhile. Look at it as it is now, then try again.")
                { Conflict = ChangedMeanwhile }]);
        }, cancellationToken);

    /// <inheritdoc/>
    public override async Task<RecordOutcome> RemoveAsync(Tenant tenant, Guid id, CancellationToken cancellationToken) =>
        await writer.WriteAsync<RecordOutcome>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Set<TRow>().Of(tenant).FirstOrDefault(r => r.Id == id) is not { } row) return new RecordOutcome.Unknown();
            if (UsedBy(write, tenant, row) is { } why) return new RecordOutcome.Used(why);
            write.Db.Remove(row);
            Removed(write, tenant, row);
            return new RecordOutcome.Done(Told(row));
        }, cancellationToken);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<LineOutcome>> TakeAsync(
        Tenant tenant, IReadOnlyList<ImportLine> lines, bool isPreview, CancellationToken cancellationToken)
    {
        if (!isPreview)
            return await writer.WriteAsync(
                tenant.WorkspaceId, write => lines.Select(l => Take(write, tenant, l)).ToList(), cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.AutoDetectChangesEnabled = false; // with thousands of rows it would take most of the time
        return [.. lines.Select(line => Foresee(db, tenant, line))];
    }

    /// <summary>How often a row was changed; null where nobody counts.</summary>
    protected virtual int? RevisionOf(TRow row) => null;

    /// <summary>What people call a row.</summary>
    protected abstract string NameOf(TRow row);

    /// <summary>A row before anything is said of it: the presets.</summary>
    protected virtual TRow New(Tenant tenant) => new();

    /// <summary>The rows in the order in which a list has them.</summary>
    protected virtual IQueryable<TRow> InOrder(IQueryable<TRow> rows) => rows.OrderByDescending(r => r.Id);

    /// <summary>What is wrong with a row beyond its single fields; it may put right what can be.</summary>
    protected virtual IEnumerable<FieldProblem> Check(StudioDbContext db, Tenant tenant, TRow row) => [];

    /// <summary>
    /// Turns what only the table can read of values that were sent into what its rows hold: names of other records into their ids, times
    /// of the practice's clock into moments.
    /// </summary>
    protected virtual void Resolve(
        StudioDbContext db, Tenant tenant, IDictionary<string, object?> values, ICollection<FieldProblem> problems)
    {
    }

    /// <summary>Reads what is told of rows beside what they hold: names of other records, the practice's clock.</summary>
    protected virtual Task LookUpAsync(
        StudioDbContext db, Tenant tenant, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether a row with the key of a line is the one that the line means.</summary>
    protected virtual bool IsSame(TRow row, IReadOnlyDictionary<string, object?> values) => true;

    /// <summary>Those whose searched fields are like a pattern.</summary>
    protected virtual IQueryable<TRow> Searched(IQueryable<TRow> rows, string like)
    {
        var any = Columns.Where(c => c.IsSearched).Select(c => c.Holds(like)).ToList();
        return any.Count == 0 ? rows : rows.Where(any.Aggregate(Either));
    }

    /// <summary>What follows when one was added: events.</summary>
    protected virtual void Added(StudioWrite write, Tenant tenant, TRow row)
    {
    }

    /// <summary>What follows when one has changed.</summary>
    protected virtual void Changed(StudioWrite write, Tenant tenant, TRow row)
    {
    }

    /// <summary>What follows when one was removed.</summary>
    protected virtual void Removed(StudioWrite write, Tenant tenant, TRow row)
    {
    }

    /// <summary>What needs a row, as a sentence; null when nothing does.</summary>
    protected virtual string? UsedBy(StudioWrite write, Tenant tenant, TRow row) => null;

    /// <summary>A field of a row that is described here.</summary>
    private protected static PracticeField<TRow> Column<TValue>(
        string name, string label, FieldKind kind, Expression<Func<TRow, TValue>> property, FieldMore? more = null)
    {
        more ??= new FieldMore();
        return new PracticeField<TRow, TValue>(property)
        {
            Name = name, Label = label, Kind = kind, IsNeeded = more.IsNeeded, Longest = more.Longest, Least = more.Least, Most = more.Most,
            Choices = more.Choices, Hint = more.Hint, IsSearched = more.IsSearched, IsListed = more.IsListed,
            IsTold = more.IsTold || more.IsLookedUp, IsOn = more.IsOn, IsColumn = !more.IsLookedUp,
        };
    }

    /// <summary>The record of a row.</summary>
    protected PracticeRecord Told(TRow row) => new(row.Id, NameOf(row), row.CreatedAt, [.. Columns.Select(c => c.Of(row))]);

    private RecordOutcome Add(StudioWrite write, Tenant tenant, IReadOnlyDictionary<string, object?> values)
    {
        var row = Begin(tenant);
        var problems = Put(write.Db, tenant, row, values);
        if (problems.Count > 0) return new RecordOutcome.Wrong(problems);
        write.Db.Add(row);
        Added(write, tenant, row);
        return new RecordOutcome.Done(Told(row));
    }

    private RecordOutcome Change(StudioWrite write, Tenant tenant, TRow row, IReadOnlyDictionary<string, object?> values)
    {
        var before = Kept(row);
        var problems = Put(write.Db, tenant, row, values);
        if (problems.Count > 0)
        {
            var entry = write.Db.Entry(row);
            entry.CurrentValues.SetValues(entry.OriginalValues);
            return new RecordOutcome.Wrong(problems);
        }

        if (!before.SequenceEqual(Kept(row))) Changed(write, tenant, row);
        return new RecordOutcome.Done(Told(row));
    }

    private LineOutcome Take(StudioWrite write, Tenant tenant, ImportLine line)
    {
        var row = Known(write.Db, tenant, line);
        if (row is null && line.Id is not null) return LineOutcome.NoSuch(line, One);
        var before = row is null ? null : Kept(row);
        var outcome = row is null ? Add(write, tenant, line.Values) : Change(write, tenant, row, line.Values);
        // a line further down may name what this one adds
        if (outcome is RecordOutcome.Done) write.Db.SaveChanges();
        return outcome switch
        {
            RecordOutcome.Done { Record: var told } => new LineOutcome(
                line.Number, before is null ? LineResult.Added
                    : before.SequenceEqual(Kept(row!)) ? LineResult.Same : LineResult.Changed, told.Title, []),
            RecordOutcome.Wrong wrong => new LineOutcome(line.Number, LineResult.Refused, "", wrong.Problems),
            _ => LineOutcome.NoSuch(line, One),
        };
    }

    // what a line does stays in the context, which is never saved: so the lines below are held against those above, as they will be
    private LineOutcome Foresee(StudioDbContext db, Tenant tenant, ImportLine line)
    {
        var row = Known(db, tenant, line);
        if (row is null && line.Id is not null) return LineOutcome.NoSuch(line, One);
        var changed = row ?? Begin(tenant);
        var (before, entry) = (Kept(changed), db.Entry(changed));
        var stored = entry.CurrentValues.Clone();
        var problems = Put(db, tenant, changed, line.Values);
        var name = NameOf(changed);
        if (problems.Count > 0)
        {
            entry.CurrentValues.SetValues(stored);
            return new LineOutcome(line.Number, LineResult.Refused, name, problems);
        }

        if (row is null) db.Add(changed);
        entry.DetectChanges();
        db.ChangeTracker.AcceptAllChanges();
        return new LineOutcome(line.Number, row is null ? LineResult.Added
            : before.SequenceEqual(Kept(changed)) ? LineResult.Same : LineResult.Changed, name, []);
    }

    private List<object?> Kept(TRow row) => [.. Columns.Where(c => !c.IsTold).Select(c => c.Of(row))];

    private TRow Begin(Tenant tenant)
    {
        var row = New(tenant);
        (row.Id, row.WorkspaceId, row.Environment, row.CreatedAt) =
            (ids.New(), tenant.WorkspaceId, tenant.Environment, clock.GetUtcNow());
        return row;
    }

    private TRow? Known(StudioDbContext db, Tenant tenant, ImportLine line)
    {
        var rows = db.Set<TRow>().Of(tenant);
        if (line.Id is { } id) return rows.FirstOrDefault(r => r.Id == id);
        return Columns.FirstOrDefault(c => c.Name == Key) is { } key && line.Values.GetValueOrDefault(key.Name) is { } value
            ? rows.Where(key.Where(FilterRule.Is, value)).OrderBy(r => r.Id).Take(MostAlike).AsEnumerable()
                .Union(db.Set<TRow>().Local.Where(r => Equals(key.Of(r), value))).FirstOrDefault(r => IsSame(r, line.Values))
            : null;
    }

    private List<FieldProblem> Put(StudioDbContext db, Tenant tenant, TRow row, IReadOnlyDictionary<string, object?> values)
    {
        var (meant, unknown) = (new Dictionary<string, object?>(values), new List<FieldProblem>());
        Resolve(db, tenant, meant, unknown);
        if (unknown.Count > 0) return unknown;
        // nothing, said of a new record, leaves the preset
        var isNew = db.Entry(row).State == EntityState.Detached;
        foreach (var column in Columns.Where(c => !c.IsTold))
            if (meant.TryGetValue(column.Name, out var value) && !(isNew && value is null)) column.Put(row, value);
        var missing = Columns.Where(c => c.IsNeeded && (c.Of(row) is null || (values.TryGetValue(c.Name, out var v) && v is null)))
            .Select(c => new FieldProblem(c.Name, $"{c.Label} is missing.")).ToList();
        return missing.Count > 0 ? missing : [.. Check(db, tenant, row)];
    }

    private IQueryable<TRow> Found(IQueryable<TRow> rows, RecordQuery query)
    {
        foreach (var filter in query.Filters)
            rows = rows.Where(Columns.First(c => c.Name == filter.Field).Where(filter.Rule, filter.Value));
        if (query.Search?.Trim() is not { Length: > 0 } search) return rows;
        return Searched(rows, LikeText.Holding(search.Length > RecordQuery.LongestSearch ? search[..RecordQuery.LongestSearch] : search));
    }

    private static Expression<Func<TRow, bool>> Either(Expression<Func<TRow, bool>> one, Expression<Func<TRow, bool>> other) =>
        Expression.Lambda<Func<TRow, bool>>(
            Expression.OrElse(one.Body, ReplacingExpressionVisitor.Replace(other.Parameters[0], one.Parameters[0], other.Body)),
            one.Parameters);
}

/// <summary>What else there is to say of a field.</summary>
internal sealed record FieldMore
{
    public bool IsNeeded { get; init; }

    public int Longest { get; init; } = 200;

    public decimal Least { get; init; }

    public decimal Most { get; init; } = 1_000_000_000;

    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    public string Hint { get; init; } = "";

    public bool IsSearched { get; init; }

    public bool IsListed { get; init; }

    public bool IsOn { get; init; }

    public bool IsTold { get; init; }

    /// <summary>Told, and no column of the rows.</summary>
    public bool IsLookedUp { get; init; }
}
