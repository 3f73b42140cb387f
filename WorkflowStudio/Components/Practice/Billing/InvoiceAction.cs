using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>
/// What the dialogs about an invoice have in common: what was typed stays until it is stored, each problem stands at its field, and a
/// second click does not do it twice. They close with the <see cref="ChangedInvoice"/>.
/// </summary>
public abstract class InvoiceAction : ComponentBase, IDisposable
{
    private readonly Lifetime life = new();

    protected Dictionary<string, string> Problems { get; } = [];

    protected bool Saving { get; private set; }

    [CascadingParameter]
    protected IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    protected ChangeInvoices Changing { get; set; } = null!;

    [Inject]
    private IdFactory Ids { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    /// <summary>The invoice; null where one is made.</summary>
    [Parameter]
    public InvoiceView? Invoice { get; set; }

    /// <summary>What it is done under, so that a second try is none: a new one for each dialog.</summary>
    protected string Key { get; private set; } = "";

    public void Dispose()
    {
        life.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Fields at which a problem can stand; of all others it stands below.</summary>
    protected virtual bool IsField(string field) => false;

    /// <summary>Stores what was typed, unless it cannot be read.</summary>
    protected async Task StoreAsync(Func<CancellationToken, Task<Result<ChangedInvoice>>> store)
    {
        if (Saving || Problems.Count > 0) return;
        if (Key.Length == 0) Key = $"hand:{Ids.New():N}";
        Saving = true;
        var stored = await StoreAway.TryAsync(() => store(life.Token));
        Saving = false;
        if (stored.Ok)
        {
            Dialog.Close(DialogResult.Ok(stored.Value));
            return;
        }

        if (stored.Problem is OperationProblem.Invalid invalid)
            foreach (var problem in invalid.Problems) Problems[IsField(problem.Path) ? problem.Path : ""] = problem.Message;
        else Problems[""] = stored.Problem.Message;
    }

    /// <summary>Whether something is wrong with a field, for <c>aria-invalid</c>.</summary>
    protected string? Invalid(string field) => Problems.ContainsKey(field) ? "true" : null;

    /// <summary>The words at a field; null for none.</summary>
    protected string? Said(string field) => Problems.GetValueOrDefault(field);
}
