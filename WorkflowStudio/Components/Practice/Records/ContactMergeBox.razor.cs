using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>Makes one of two contacts that are the same person; the one whose fields are open is left.</summary>
public sealed partial class ContactMergeBox : IDisposable
{
    private readonly Lifetime life = new();
    private IReadOnlyList<KnownContact> doubles = [];
    private PracticeRecord? other;
    private string? problem;
    private bool choosing;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private Contacts Book { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    [Parameter, EditorRequired]
    public PracticeRecord Record { get; set; } = null!;

    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    public void Dispose() => life.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!Session.May(Contacts.Needs)) return;
        var read = await StoreAway.TryAsync(() => Book.AlikeAsync(Session.Caller, Record.Id, life.Token));
        doubles = read.Value ?? [];
    }

    private static string Reached(Contact contact) =>
        string.Join(", ", new[] { contact.Email, contact.Phone }.Where(v => !string.IsNullOrEmpty(v)));

    private async Task MergeAsync(Guid id, string name)
    {
        if (!await Confirm.AskAsync(
            Dialogs, $"Are {Record.Title} and {name} the same person?",
            $"Runs, appointments, invoices, messages and documents of {name} become those of {Record.Title}, and what is known of {name} "
            + "alone is filled in. It cannot be undone.", "They are two", "Make them one")) return;
        var merged = await StoreAway.TryAsync(() => Book.MergeAsync(Session.Caller, Record.Id, id, life.Token));
        problem = merged.Problem?.Message;
        if (!merged.Ok) return;
        Toasts.Done("They are one contact now");
        Dialog.Close();
    }
}
