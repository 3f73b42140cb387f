using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Shared;

/// <summary>A field in which a contact is found and chosen.</summary>
public sealed partial class ContactPicker : IDisposable
{
    private const int MostFound = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lifetime life = new();
    private IReadOnlyList<PracticeRecord> found = [];
    private string search = "";
    private string? searched;
    private string? problem;
    private int letters;

    [Inject]
    private ReadRecords Records { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public StudioSession Session { get; set; } = null!;

    /// <summary>The id of the field, for its label.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The contact that is chosen; null for none.</summary>
    [Parameter]
    public PracticeRecord? Value { get; set; }

    [Parameter]
    public EventCallback<PracticeRecord?> ValueChanged { get; set; }

    public void Dispose() => life.Dispose();

    private string Reached(PracticeRecord one)
    {
        var table = Records.Table("contacts")!;
        return string.Join(", ",
            new[] { "email", "phone" }.Select(f => table.Value(one, f) as string).Where(v => !string.IsNullOrEmpty(v)));
    }

    private Task ChooseAsync(PracticeRecord? one)
    {
        (found, search, searched, problem) = ([], "", null, null);
        return ValueChanged.InvokeAsync(one);
    }

    private async Task SearchAsync(string? text)
    {
        search = text ?? "";
        var mine = ++letters;
        await Task.Delay(Pause, Clock);
        if (mine != letters || life.IsOver) return;
        var sought = search.Trim();
        if (sought.Length == 0)
        {
            (found, searched) = ([], null);
            return;
        }

        var read = await StoreAway.TryAsync(() => Records.PageAsync(
            Session.Caller, Records.Table("contacts")!, new RecordQuery(sought, []), 0, MostFound, life.Token));
        if (mine != letters) return;
        (found, searched, problem) = (read.Value?.Items ?? [], sought, read.Problem?.Message);
    }
}
