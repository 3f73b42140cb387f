using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>The rows of the tables of practice data, asked of properties.</summary>
internal static partial class OperationRows
{
    private static IEnumerable<OperationRow> OfRecords()
    {
        const string data = "data.manage";
        var values = new Dictionary<string, object?> { ["title"] = "One" };
        yield return OfTable<ReadRecords>("PageAsync", "data.view", async (o, c, t) =>
            (await o.PageAsync(c, t, RecordQuery.All, 0, 10, default)).Problem);
        yield return OfTable<ReadRecords>("FindAsync", "data.view", async (o, c, t) =>
            There((await o.FindAsync(c, t, NewIds.Next(), default)).Problem));
        yield return OfTable<ExportRecords>("Run", "export", (o, c, t) => Task.FromResult(o.Run(c, t, RecordQuery.All).Problem));
        yield return OfTable<ChangeRecords>("AddAsync", data, async (o, c, t) => (await o.AddAsync(c, t, values, null, default)).Problem);
        yield return OfTable<ChangeRecords>("ChangeAsync", data, async (o, c, t) =>
            There((await o.ChangeAsync(c, t, NewIds.Next(), values, default)).Problem));
        yield return OfTable<ChangeRecords>("RemoveAsync", data, async (o, c, t) =>
            There((await o.RemoveAsync(c, t, NewIds.Next(), default)).Problem));
        yield return OfTable<ChangeRecords>("ImportAsync", data, async (o, c, t) =>
            (await o.ImportAsync(c, t, "title\nOne", true, default)).Problem);
    }

    private static OperationRow OfTable<T>(
        string method, string needs, Func<T, Caller, PracticeTable, Task<OperationProblem?>> ask)
        where T : notnull => new($"{typeof(T).Name}.{method}", RowKind.Workspace, needs,
            async (w, c, _) => (await ask(w.App.Get<T>(), c, w.App.Get<ReadRecords>().Table("properties")!), null));
}
