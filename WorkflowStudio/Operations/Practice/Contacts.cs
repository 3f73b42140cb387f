using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Practice;

/// <summary>The people a practice deals with: listed, added, changed, removed.</summary>
internal sealed class Contacts(
    ContactQueries queries, ContactBook book, ContactMerges merges, NumberedRunQueries runs, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    /// <summary>The longest page.</summary>
    public const int MaxTake = 100;

    private const int MaxText = 200;
    private const int MaxRuns = 50;

    /// <summary>One page, the last added first.</summary>
    public async Task<Result<WorkflowPage<KnownContact>>> PageAsync(
        Caller caller, string? search, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (items, total) = await queries.PageAsync(
            caller.Tenant, search?.Length > MaxText ? search[..MaxText] : search, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake),
            cancellationToken);
        return new WorkflowPage<KnownContact>(items, total);
    }

    /// <summary>One person.</summary>
    public async Task<Result<KnownContact>> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await queries.FindAsync(caller.Tenant, id, cancellationToken) is { } found ? found : NotThere;
    }

    /// <summary>One person by id, or by e-mail address or phone number, with the runs that were for it, the newest first.</summary>
    public async Task<Result<ContactTimeline>> TimelineAsync(
        Caller caller, Guid? id, string emailOrPhone, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var found = id is { } known
            ? await queries.FindAsync(caller.Tenant, known, cancellationToken)
            : await queries.FindAsync(caller.Tenant, emailOrPhone, cancellationToken);
        if (found is null) return NotThere;
        var (rows, _) = await runs.PageAsync(
            await access.SeenAsync(caller, cancellationToken), new NumberedRunFilter { ContactId = found.Contact.Id }, 0, MaxRuns,
            cancellationToken);
        return new ContactTimeline(found, rows);
    }

    /// <summary>Adds a person.</summary>
    public async Task<Result<KnownContact>> AddAsync(
        Caller caller, ContactFields fields, Func<KnownContact, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await book.AddAsync(caller.Tenant, fields, answer, cancellationToken);
    }

    /// <summary>Changes what is known of a person.</summary>
    public async Task<Result<KnownContact>> ChangeAsync(
        Caller caller, Guid id, Func<Contact, ContactFields> change, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await book.ChangeAsync(caller.Tenant, id, change, null, cancellationToken) is { } changed ? changed : NotThere;
    }

    /// <summary>Removes a person, unless a run that is not over, an invoice or an appointment is for it.</summary>
    public async Task<Result<Guid>> RemoveAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await book.RemoveAsync(caller.Tenant, id, cancellationToken) switch
        {
            ContactRemoval.Done => id,
            ContactRemoval.Used => new OperationProblem.Conflict("contact_in_use",
                "A run that is not over, an invoice or an appointment is for this contact, so it cannot be removed."),
            _ => NotThere,
        };
    }

    /// <summary>Makes one of two contacts: the second goes, and all that named it names the first.</summary>
    public async Task<Result<KnownContact>> MergeAsync(Caller caller, Guid id, Guid other, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var merged = await merges.MergeAsync(caller.Tenant, id, other, cancellationToken);
        return merged.Has(out var kept, out var problem) ? kept
            : problem.Code == "contact_unknown" ? NotThere
            : ChangeRecords.Wrong([new("contactId", problem.Message)]);
    }

    /// <summary>Contacts that look like the same person as one.</summary>
    public async Task<Result<List<KnownContact>>> AlikeAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await merges.AlikeAsync(caller.Tenant, id, cancellationToken);
    }

    /// <summary>Contacts that look like one person, in groups, who is known longest first.</summary>
    public async Task<Result<List<IReadOnlyList<KnownContact>>>> DoublesAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await merges.DoublesAsync(caller.Tenant, cancellationToken);
    }

    private static OperationProblem NotThere => new OperationProblem.NotFound("contact");
}

/// <summary>A person, and what was done for it.</summary>
/// <param name="Contact">The person.</param>
/// <param name="Runs">The runs that were for it, the newest first.</param>
internal sealed record ContactTimeline(KnownContact Contact, IReadOnlyList<RunListRow> Runs);
