using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>The rows of forms.</summary>
internal static partial class OperationRows
{
    private static IEnumerable<OperationRow> OfForms()
    {
        const string view = "data.view", data = "data.manage";
        yield return Of<ReadForms>("PageAsync", view, async (o, c) => (await o.PageAsync(c, new FormFilter(), 0, 10, default)).Problem);
        yield return Of<ReadForms>("FindAsync", view, async (o, c) => There((await o.FindAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ReadForms>("SubmissionsAsync", view, async (o, c) =>
            (await o.SubmissionsAsync(c, new SubmissionFilter(), 0, 10, default)).Problem);
        yield return Of<ReadForms>("SubmissionAsync", view, async (o, c) =>
            There((await o.SubmissionAsync(c, NewIds.Next(), default)).Problem));
        yield return Of<ReadForms>("StartsAsync", view, async (o, c) => (await o.StartsAsync(c, NewIds.Next(), default)).Problem);
        yield return Of<ExportSubmissions>("RunAsync", "export", async (o, c) =>
            There((await o.RunAsync(c, NewIds.Next(), new SubmissionFilter(), default)).Problem));
        yield return Of<ChangeForms>("AddAsync", data, async (o, c) => (await o.AddAsync(c, FormContent.Begun, null, default)).Problem);
        yield return Of<ChangeForms>("ChangeAsync", data, async (o, c) =>
            There((await o.ChangeAsync(c, NewIds.Next(), null, form => form, default)).Problem));
        yield return Of<ChangeForms>("RemoveAsync", data, async (o, c) =>
            There((await o.RemoveAsync(c, NewIds.Next(), false, default)).Problem));
        yield return Of<ChangeForms>("RemoveSubmissionAsync", data, async (o, c) =>
            There((await o.RemoveSubmissionAsync(c, NewIds.Next(), default)).Problem));
    }
}
