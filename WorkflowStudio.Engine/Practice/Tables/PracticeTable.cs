using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;

namespace WorkflowStudio.Engine.Practice.Tables;

/// <summary>
/// A table of practice data that people and programs keep by hand: pages, addresses of the API, CSV and the reference are made of its
/// fields. One is one class, a <see cref="PracticeTable{TRow}"/>, and its row.
/// </summary>
public abstract class PracticeTable
{
    /// <summary>The code of the conflict when somebody else was faster.</summary>
    public const string ChangedMeanwhile = "changed_meanwhile";

    /// <summary>What a record has beside its fields, by their names in JSON and CSV.</summary>
    public static IReadOnlyList<string> Fixed { get; } = ["id", "createdAt"];

    /// <summary>Its name in addresses: <c>properties</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One of its records, as people say it: <c>property</c>.</summary>
    public abstract string One { get; }

    /// <summary>Several of its records, as people say it: <c>properties</c>.</summary>
    public virtual string Many => Name;

    /// <summary>One of its records with its article: <c>a property</c>.</summary>
    public string A => $"{("aeiou".Contains(One[0], StringComparison.Ordinal) ? "an" : "a")} {One}";

    /// <summary>What it is called.</summary>
    public abstract string Title { get; }

    /// <summary>What it is for, in one sentence.</summary>
    public abstract string Does { get; }

    /// <summary>In which order a list is, as people say it.</summary>
    public virtual string Order => "the last added comes first";

    /// <summary>The fields, in the order of forms and columns.</summary>
    public abstract IReadOnlyList<PracticeField> Fields { get; }

    /// <summary>What may stand against a record that is right in itself; null for nothing.</summary>
    public virtual string? Conflict => null;

    /// <summary>The field that tells records apart where a file has no ids; null when there is none.</summary>
    public virtual string? Key => null;

    /// <summary>Whether records have addresses of their own; then only files are answered as for all tables.</summary>
    public virtual bool IsAnsweredElsewhere => false;

    /// <summary>The field of a name; null when there is none.</summary>
    public PracticeField? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);

    /// <summary>The value of a field of a record.</summary>
    public object? Value(PracticeRecord record, string field)
    {
        for (var i = 0; i < Fields.Count; i++)
            if (Fields[i].Name == field) return record.Values[i];
        return null;
    }

    /// <summary>One page.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="query">Which, in which order.</param>
    /// <param name="skip">How many are left out at the beginning.</param>
    /// <param name="take">How many are wanted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public abstract Task<RecordPage> PageAsync(Tenant tenant, RecordQuery query, int skip, int take, CancellationToken cancellationToken);

    /// <summary>All of them, the first added first, read some hundred at a time.</summary>
    public abstract IAsyncEnumerable<PracticeRecord> AllAsync(Tenant tenant, RecordQuery query, CancellationToken cancellationToken);

    /// <summary>One; null when there is none of this id.</summary>
    public abstract Task<PracticeRecord?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken);

    /// <summary>Adds one. What is not named has its preset.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="values">The values by field.</param>
    /// <param name="answer">What is kept with it for an Idempotency-Key; null for nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public abstract Task<RecordOutcome> AddAsync(
        Tenant tenant, IReadOnlyDictionary<string, object?> values, Func<PracticeRecord, KeptAnswer?>? answer,
        CancellationToken cancellationToken);

    /// <summary>Changes one. What is not named stays.</summary>
    public Task<RecordOutcome> ChangeAsync(
        Tenant tenant, Guid id, IReadOnlyDictionary<string, object?> values, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, id, values, null, cancellationToken);

    /// <summary>Changes one, unless it has changed since somebody looked at it: then that is a conflict.</summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="id">Which.</param>
    /// <param name="values">The values by field. What is not named stays.</param>
    /// <param name="seen">The revision that was seen; null for any, and where a table counts none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public abstract Task<RecordOutcome> ChangeAsync(
        Tenant tenant, Guid id, IReadOnlyDictionary<string, object?> values, int? seen, CancellationToken cancellationToken);

    /// <summary>Removes one, unless something needs it.</summary>
    public abstract Task<RecordOutcome> RemoveAsync(Tenant tenant, Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Adds and changes what lines of a file say, in one transaction, or only says what would become of them. A line with the id, or the
    /// <see cref="Key"/>, of a record changes it; any other adds one.
    /// </summary>
    public abstract Task<IReadOnlyList<LineOutcome>> TakeAsync(
        Tenant tenant, IReadOnlyList<ImportLine> lines, bool isPreview, CancellationToken cancellationToken);
}
