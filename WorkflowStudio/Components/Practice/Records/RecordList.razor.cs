using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>
/// A table of practice data: found, narrowed, added to, changed, taken out and in as files. All of it is drawn from the fields of the
/// table; what derives from it says which.
/// </summary>
public partial class RecordList
{
    private const int PageLength = 50;
    private const int MostFilters = 3;

    private Guid? opened;
    private IDialogReference? sheet;

    /// <summary>The name of the table.</summary>
    protected virtual string TableName => throw new InvalidOperationException("A page of a table says which.");

    /// <summary>The page from which one comes here; null where the sidebar leads here.</summary>
    protected virtual string? Above => null;

    /// <summary>What stands beside the fields of a record that is open; null for nothing.</summary>
    protected virtual Type? Beside => null;

    [Inject]
    private ReadRecords Reading { get; set; } = null!;

    [Inject]
    private ChangeRecords Changing { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private PracticeTable Table => field ??= Reading.Table(TableName)!;

    private bool MayChange => Session.May(ChangeRecords.Needs);

    private IEnumerable<PracticeField> Filters =>
        Table.Fields.Where(f => f is { Kind: FieldKind.Choice, IsListed: true }).Take(MostFilters);

    private IEnumerable<PracticeField> Listed => Table.Fields.Where(f => f.IsListed);

    private string Placeholder => $"Find by {string.Join(", ", Table.Fields.Where(f => f.IsSearched).Take(3).Select(f => Small(f.Label)))}";

    // kept by hand, not by runs
    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var first = (Query.Page - 1) * PageLength;
        var list = await Reading.PageAsync(Session.Caller, Table, Query.In(Table), first, PageLength, Closing);
        return list.Ok ? new Shown(list.Value, first + 1) : list.Problem;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Query.Record == opened) return;
        opened = Query.Record;
        if (opened is not { } id) return;
        var read = await StoreAway.TryAsync(() => Reading.FindAsync(Session.Caller, Table, id, Closing));
        if (read.Ok) await ShowAsync(read.Value);
        else Toasts.Failed(read.Problem.Message);
        if (opened == id && Query.Record == id && !Closing.IsCancellationRequested) Go(Query with { Record = null });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        sheet?.Close();
    }

    /// <summary>A value as people read it.</summary>
    internal static string Words(PracticeField field, object? value, StudioFormat format) => value switch
    {
        string choice when field.Kind == FieldKind.Choice => field.Choices.First(c => c.Value == choice).Label,
        bool flag => flag ? "Yes" : "No",
        DateOnly day => format.Date(day),
        TimeOnly time => StudioFormat.Time(time),
        decimal number => number.ToString("#,0.####", CultureInfo.InvariantCulture),
        null => "",
        _ => FieldReading.Text(value),
    };

    private static bool IsNumber(PracticeField field) => field.Kind is FieldKind.Number or FieldKind.Whole;

    private static string Small(string label) => char.ToLowerInvariant(label[0]) + label[1..];

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private string Words(PracticeField field, PracticeRecord record) =>
        Table.Value(record, field.Name) is var value && value is decimal amount && field.Name == "price"
        && Table.Value(record, "currency") is string currency
            ? Money.Text(amount, currency)
            : Words(field, value, Session.Format);

    private Task AddAsync() => ShowAsync(null);

    private async Task ShowAsync(PracticeRecord? record)
    {
        var parameters = new DialogParameters
        {
            [nameof(RecordDialog.Table)] = Table, [nameof(RecordDialog.Record)] = record, [nameof(RecordDialog.Session)] = Session,
            [nameof(RecordDialog.MayChange)] = MayChange, [nameof(RecordDialog.Beside)] = Beside,
            [nameof(RecordDialog.Save)] = (Func<IReadOnlyDictionary<string, object?>, Task<Result<PracticeRecord>>>)SaveAsync,
        };
        sheet = await Dialogs.ShowAsync<RecordDialog>(record?.Title ?? $"Add {Table.A}", parameters, DialogShape.Form);
        var answer = (await sheet.Result)?.Data;
        sheet = null;
        if (record is not null && answer is RecordDialog.Remove) await RemoveAsync(record);

        Task<Result<PracticeRecord>> SaveAsync(IReadOnlyDictionary<string, object?> values) => record is null
            ? DoAsync(() => Changing.AddAsync(Session.Caller, Table, values, null, Closing), $"Added the {Table.One}")
            : DoAsync(() => Changing.ChangeAsync(Session.Caller, Table, record.Id, values, Closing), "Saved");
    }

    private async Task RemoveAsync(PracticeRecord record)
    {
        if (await Confirm.AskAsync(
            Dialogs, $"Remove “{record.Title}”?", "It cannot be brought back.", "Keep it", $"Remove the {Table.One}"))
            await DoAsync(() => Changing.RemoveAsync(Session.Caller, Table, record.Id, Closing), $"Removed the {Table.One}");
    }

    private async Task ImportAsync()
    {
        var parameters = new DialogParameters { [nameof(ImportDialog.Table)] = Table, [nameof(ImportDialog.Session)] = Session };
        if (await Dialogs.OpenAsync<ImportDialog>($"Import {Table.Many}", DialogShape.Form, parameters) is not ImportReport report) return;
        var (added, changed) = (report.Count(LineResult.Added), report.Count(LineResult.Changed));
        Toasts.Done($"{StudioFormat.Count(added)} added, {StudioFormat.Count(changed)} changed");
        await LoadAsync();
    }

    /// <summary>What the page shows.</summary>
    /// <param name="List">A page of records.</param>
    /// <param name="First">The number of the first of them.</param>
    public sealed record Shown(RecordPage List, int First)
    {
        /// <summary>The number of the last of them.</summary>
        public int Last => First + List.Items.Count - 1;
    }
}
