using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Papers;

/// <summary>What is known of one document.</summary>
public sealed partial class DocumentSheet : IDisposable
{
    private const string Form = "document-form";
    private const int MostShown = 50_000;

    private readonly Lifetime life = new();
    private readonly OneClick once = new();
    private DocumentItem document = null!;
    private string name = "";
    private string? problem;
    private string? unread;
    private string? text;
    private bool reading;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private ReadDocuments Reading { get; set; } = null!;

    [Inject]
    private ChangeDocuments Changing { get; set; } = null!;

    [Inject]
    private RemoveDocument Removing { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public DocumentItem Document { get; set; } = null!;

    private bool MayChange => Session.May(ChangeDocuments.Needs);

    public void Dispose() => life.Dispose();

    protected override void OnInitialized() => (document, name) = (Document, Document.Name);

    private string Told(DocumentFacts facts)
    {
        var how = facts.Confidence is { } sure ? $"Found by a workflow, {Math.Round(sure * 100)}% sure" : "Noted by hand";
        return $"{how}, {Session.Format.DateTime(facts.At)}.";
    }

    private async Task ReadAsync()
    {
        reading = true;
        var read = await StoreAway.TryAsync(() => Reading.TextAsync(Session.Caller, document.Id, life.Token));
        (reading, unread, text) = (false, read.Problem?.Message, read.Value is { } found ? ShownText.Cut(found.Text, MostShown) : null);
    }

    private Task SaveAsync() => once.RunAsync(async () =>
    {
        var changed = await StoreAway.TryAsync(
            () => Changing.ChangeAsync(Session.Caller, document.Id, new DocumentChange { Name = name }, life.Token));
        problem = changed.Problem?.Message;
        if (changed.Ok) Dialog.Close();
    });

    private async Task RemoveAsync()
    {
        if (!await Confirm.AskAsync(
            Dialogs, $"Remove {document.Name}?", "What is in it is gone for good. Runs that name it stay.", "Keep it", "Remove")) return;
        var gone = await StoreAway.TryAsync(() => Removing.RunAsync(Session.Caller, document.Id, life.Token));
        unread = gone.Problem?.Message;
        if (gone.Ok) Dialog.Close();
    }
}
