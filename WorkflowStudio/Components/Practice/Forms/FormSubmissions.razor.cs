using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>What was sent by a form; one of them opens in a sheet at the side, and has an address.</summary>
public sealed partial class FormSubmissions : IDisposable
{
    private const int MostColumns = 4;
    private const int LongestCell = 120;

    private Guid? opened;
    private IDialogReference? sheet;
    private bool left;

    [Parameter, EditorRequired]
    public Form Form { get; set; } = null!;

    [Parameter, EditorRequired]
    public SubmissionsFound Found { get; set; } = null!;

    [Parameter, EditorRequired]
    public FormQuery Query { get; set; } = null!;

    /// <summary>The address of the page with other choices.</summary>
    [Parameter, EditorRequired]
    public Func<FormQuery, string> Address { get; set; } = null!;

    /// <summary>Makes other choices.</summary>
    [Parameter, EditorRequired]
    public Action<FormQuery> Go { get; set; } = null!;

    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>Removes one, when somebody has said so twice.</summary>
    [Parameter, EditorRequired]
    public Func<Submission, Task> Remove { get; set; } = null!;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadForms Reading { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private int First => Query.Skip + 1;

    private IReadOnlyList<FormField> Columns => [.. Form.Content.Fields.Take(MostColumns)];

    public void Dispose()
    {
        left = true;
        sheet?.Close();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Query.Submission == opened) return;
        opened = Query.Submission;
        if (opened is not { } id) return;
        // its address leads to it on whatever page of the list it stands by now
        var filter = new SubmissionFilter { FormId = Form.Id, Id = id };
        var read = await StoreAway.TryAsync(() => Reading.SubmissionsAsync(Session.Caller, filter, 0, 1, default));
        if (left || opened != id) return;
        if (read is { Ok: true, Value.Items: [var sent] }) await ShowAsync(sent, read.Value.Runs[id]);
        else Toasts.Failed((read.Problem ?? new OperationProblem.NotFound("submission")).Message);
        if (!left && opened == id && Query.Submission == id) Go(Query with { Submission = null });
    }

    private static string Value(Submission sent, string key) =>
        sent.Values.TryGetProperty(key, out var value) ? ShownText.Cut(ShownText.OneLine(FormWords.Value(value)), LongestCell) : "";

    private async Task ShowAsync(Submission sent, IEnumerable<Guid> runs)
    {
        var parameters = new DialogParameters
        {
            [nameof(SubmissionSheet.Sent)] = sent, [nameof(SubmissionSheet.Form)] = Form, [nameof(SubmissionSheet.Session)] = Session,
            [nameof(SubmissionSheet.Runs)] = runs.ToList(), [nameof(SubmissionSheet.MayChange)] = MayChange,
        };
        sheet = await Dialogs.ShowAsync<SubmissionSheet>($"Sent {Session.Format.DateTime(sent.At)}", parameters, DialogShape.Sheet);
        var answer = (await sheet.Result)?.Data;
        sheet = null;
        if (answer is SubmissionSheet.Remove) await Remove(sent);
    }
}
