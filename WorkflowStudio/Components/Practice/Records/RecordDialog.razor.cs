using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>The fields of a record, to be read or filled in. It stays until what was written is stored, or somebody closes it.</summary>
public sealed partial class RecordDialog
{
    private const string Form = "record-form";
    private readonly Dictionary<string, string> problems = [];
    private Dictionary<string, string> texts = [];
    private Dictionary<string, string> given = [];
    private bool saving;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public PracticeTable Table { get; set; } = null!;

    /// <summary>The record; null for a new one.</summary>
    [Parameter]
    public PracticeRecord? Record { get; set; }

    // a dialog is drawn outside the page and is handed the session
    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>A component that tells more of a record; null for none.</summary>
    [Parameter]
    public Type? Beside { get; set; }

    /// <summary>Stores what was changed, by field.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlyDictionary<string, object?>, Task<Result<PracticeRecord>>> Save { get; set; } = null!;

    protected override void OnInitialized()
    {
        for (var i = 0; i < Table.Fields.Count; i++)
            texts[Table.Fields[i].Name] = Record is null ? Preset(Table.Fields[i]) : FieldReading.Text(Record.Values[i]);
        given = new Dictionary<string, string>(texts);
    }

    private static string Preset(PracticeField field) => field.Kind switch
    {
        FieldKind.Choice => field.Choices[0].Value,
        FieldKind.Flag => field.IsOn ? "true" : "false",
        _ => "",
    };

    // of a record that is there only what was changed here: somebody else may be at the other fields
    private async Task SaveAsync()
    {
        if (saving || !MayChange) return;
        problems.Clear();
        var values = new Dictionary<string, object?>();
        foreach (var field in Table.Fields.Where(f => Record is null || texts[f.Name] != given[f.Name]))
            if (FieldReading.TryRead(field, texts[field.Name], out var value, out var wrong)) values[field.Name] = value;
            else problems[field.Name] = wrong;
        if (problems.Count > 0) return;
        if (Record is not null && values.Count == 0)
        {
            Dialog.Cancel();
            return;
        }

        saving = true;
        var saved = await Save(values);
        saving = false;
        if (saved.Ok) Dialog.Close(DialogResult.Ok(saved.Value));
        else if (saved.Problem is OperationProblem.Invalid invalid)
            foreach (var problem in invalid.Problems) problems[problem.Path] = problem.Message;
        else problems[""] = saved.Problem.Message;
    }

    /// <summary>The answer of a dialog in which somebody asks for the record to be removed.</summary>
    public sealed record Remove;
}
