using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Takes a whole table of practice data out.</summary>
public sealed class ExportRecords
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.Export;

    /// <summary>All that a query finds, as CSV: the answer writes it.</summary>
    public Result<CsvExport> Run(Caller caller, PracticeTable table, RecordQuery query)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return new CsvExport($"{table.Name}.csv", (to, stop) =>
            RecordFile.WriteAsync(table, table.AllAsync(caller.Tenant, query, stop), to, stop));
    }
}
