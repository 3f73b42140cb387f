using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Reads the tables of practice data that people and programs keep by hand.</summary>
public sealed class ReadRecords(IEnumerable<PracticeTable> tables)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewData;

    /// <summary>The longest page.</summary>
    public const int MaxTake = 100;

    /// <summary>All tables.</summary>
    public IReadOnlyList<PracticeTable> Tables { get; } = [.. tables];

    /// <summary>The table of a name; null when there is none.</summary>
    public PracticeTable? Table(string name) => Tables.FirstOrDefault(t => t.Name == name);

    /// <summary>One page.</summary>
    public async Task<Result<RecordPage>> PageAsync(
        Caller caller, PracticeTable table, RecordQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await table.PageAsync(caller.Tenant, query, Math.Max(0, skip), Math.Clamp(take, 1, MaxTake), cancellationToken);
    }

    /// <summary>One record.</summary>
    public async Task<Result<PracticeRecord>> FindAsync(
        Caller caller, PracticeTable table, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await table.FindAsync(caller.Tenant, id, cancellationToken) is { } found ? found : new OperationProblem.NotFound(table.One);
    }
}
