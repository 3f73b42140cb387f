using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>Takes a file in: it is shown what would become of each line before anything is stored.</summary>
public sealed partial class ImportDialog : IDisposable
{
    private const long MostBytes = 5 * 1024 * 1024;

    private readonly Lifetime life = new();
    private string? name;
    private string? text;
    private string? problem;
    private ImportReport? report;
    private bool working;
    private bool ready;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private ChangeRecords Changing { get; set; } = null!;

    [Parameter, EditorRequired]
    public PracticeTable Table { get; set; } = null!;

    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    private int Taken => report is null ? 0 : report.Count(LineResult.Added) + report.Count(LineResult.Changed);

    public void Dispose() => life.Dispose();

    // a file that is chosen before the browser knows whom to tell would be lost
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        ready = true;
        StateHasChanged();
    }

    private static string Words(LineResult result) => result switch
    {
        LineResult.Added => "is added",
        LineResult.Changed => "changes what is here",
        LineResult.Same => "says what is here",
        _ => "cannot be taken",
    };

    private async Task ChosenAsync(InputFileChangeEventArgs chosen)
    {
        (name, text, problem, report) = (chosen.File.Name, null, null, null);
        if (chosen.File.Size > MostBytes)
        {
            problem = "The file is larger than 5 MiB. Take it apart, and import one part after the other.";
            return;
        }

        working = true;
        try
        {
            using var bytes = new MemoryStream();
            await using var file = chosen.File.OpenReadStream(MostBytes, life.Token);
            await file.CopyToAsync(bytes, life.Token);
            // what spreadsheets store where they do not store UTF-8
            if (ForeignText.TryRead(bytes.ToArray(), null, out text, out _)
                || ForeignText.TryRead(bytes.ToArray(), "windows-1252", out text, out _)) await RunAsync(isPreview: true);
            else problem = "The file is no text.";
        }
        catch (IOException)
        {
            problem = "The file could not be read. Choose it again.";
        }
        finally
        {
            working = false;
        }
    }

    private async Task ImportAsync()
    {
        if (working || text is null) return;
        working = true;
        var done = await RunAsync(isPreview: false);
        working = false;
        if (done is not null) Dialog.Close(DialogResult.Ok(done));
    }

    private async Task<ImportReport?> RunAsync(bool isPreview)
    {
        var told = await StoreAway.TryAsync(() => Changing.ImportAsync(Session.Caller, Table, text!, isPreview, life.Token));
        (report, problem) = (told.Value ?? report, told.Problem?.Message);
        return told.Value;
    }
}
