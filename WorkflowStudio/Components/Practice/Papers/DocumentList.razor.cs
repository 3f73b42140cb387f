using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Papers;

/// <summary>The files of the practice, with what was found in them.</summary>
public sealed partial class DocumentList
{
    private const int PageLength = 50;

    private string? putting;
    private bool ready;
    private Guid? opened;
    private IDialogReference? sheet;

    [Inject]
    private ReadDocuments Reading { get; set; } = null!;

    [Inject]
    private ChangeDocuments Changing { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private IdFactory Ids { get; set; } = null!;

    private bool MayChange => Session.May(ChangeDocuments.Needs);

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var skip = (Query.Page - 1) * PageLength;
        var list = await Reading.PageAsync(Session.Caller, Query.ToFilter(), skip, PageLength, Closing);
        if (!list.Ok) return list.Problem;
        return new Shown(list.Value.Items, list.Value.Total, skip + 1);
    }

    // a file that is chosen before the browser knows whom to tell would be lost
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (!firstRender) return;
        ready = true;
        StateHasChanged();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Query.Document == opened) return;
        opened = Query.Document;
        if (opened is not { } id) return;
        var found = await StoreAway.TryAsync(() => Reading.FindAsync(Session.Caller, id, Closing));
        if (found.Ok) await ShowAsync(found.Value);
        else Toasts.Failed(found.Problem.Message);
        if (opened == id && Query.Document == id && !Closing.IsCancellationRequested) Go(Query with { Document = null });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        sheet?.Close();
    }

    private async Task ShowAsync(DocumentItem document)
    {
        sheet = await Dialogs.ShowAsync<DocumentSheet>(document.Name, new DialogParameters<DocumentSheet>
        { { d => d.Session, Session }, { d => d.Document, document } }, DialogShape.Sheet);
        await sheet.Result;
        sheet = null;
    }

    private async Task PutAsync(InputFileChangeEventArgs chosen)
    {
        var file = chosen.File;
        if (file.Size > ReadDocuments.MaxBytes)
        {
            Toasts.Failed($"{file.Name} is larger than {ReadDocuments.MaxBytes >> 20} MiB.");
            return;
        }

        putting = ShownText.Cut(file.Name, 40);
        try
        {
            using var bytes = new MemoryStream();
            await using var stream = file.OpenReadStream(ReadDocuments.MaxBytes, Closing);
            await stream.CopyToAsync(bytes, Closing);
            var type = file.ContentType is { Length: > 0 and <= 200 } said && said.All(c => c is > ' ' and <= '~')
                ? said : "application/octet-stream";
            var added = new NewDocument(Ids.New(), NewDocument.NameOf(file.Name), type, bytes.ToArray());
            await DoAsync(() => Changing.AddAsync(Session.Caller, added, null, null, Closing), $"{added.Name} was added");
        }
        catch (IOException)
        {
            Toasts.Failed("The file could not be read. Choose it again.");
        }
        finally
        {
            putting = null;
        }
    }

    /// <summary>What the page shows.</summary>
    public sealed record Shown(IReadOnlyList<DocumentItem> List, int Total, int First);
}
