using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>
/// A text that may hold expressions. What is typed is shown at once and reported after a short pause or when the field is left. The browser
/// does not tell where the caret is, so it is found by comparing the text with the one before.
/// </summary>
public sealed partial class TextSetting : IDisposable
{
    private const int MostShown = 120;
    private const int MostOfPath = 28;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource closing = new();
    private string text = "";
    private string reported = "";
    private string? given;
    private int caret;
    private int active;
    private int typed;
    private bool menu;
    private bool hasExpression;
    private Completion? completion;
    private IDisposable? registered;

    [CascadingParameter]
    private SettingContext Context { get; set; } = SettingContext.None;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    [Parameter]
    public int Lines { get; set; } = 1;

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>Whether the field has the button that inserts a value.</summary>
    [Parameter]
    public bool Insertable { get; set; }

    /// <summary>Whether the message is shown below as the client will read it.</summary>
    [Parameter]
    public bool Preview { get; set; }

    [Parameter]
    public bool Sms { get; set; }

    /// <summary>Whether the whole is an expression that stands for another kind of value.</summary>
    [Parameter]
    public bool Expression { get; set; }

    /// <summary>Whether the text is taken as it is written, with its braces.</summary>
    [Parameter]
    public bool Verbatim { get; set; }

    /// <summary>Whether it may hold JSON or a program, which is written in letters of one width.</summary>
    [Parameter]
    public bool Code { get; set; }

    [Parameter]
    public string? DescribedBy { get; set; }

    [Parameter]
    public bool Invalid { get; set; }

    private bool TakesExpressions => Context.Expressions && !Verbatim;

    private string ListId => $"{Id}-list";

    private IReadOnlyList<KnownValue> Offered => completion?.Proposals ?? Context.Values;

    private string SampleText => string.Concat(TextPieces.Read(text, new SampleScope(Context.Sample, Context.Values))
        .Select(p => p.Kind == TextPieceKind.Missing ? "(nothing)" : p.Text));

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
        registered?.Dispose();
        _ = Report(); // what was typed last counts, whatever took the field away
    }

    protected override void OnInitialized() => registered = Context.Typed.Add(Report);

    protected override void OnParametersSet()
    {
        if (Text == given) return; // what is being typed is newer: while a change is on its way, the old text may be handed down again
        given = Text;
        if (Text == reported) return;
        Show(Text);
        reported = Text;
        (completion, menu) = (null, false);
    }

    private static string ClassOf(TextPieceKind kind) => kind switch
    {
        TextPieceKind.Value => "expr-value",
        TextPieceKind.Missing => "expr-value expr-broken",
        _ => "expr-plain",
    };

    // fields of one step differ at the end
    private static string Tail(string path) => path.Length > MostOfPath ? "…" + path[^MostOfPath..] : path;

    private static string Short(JsonElement value)
    {
        var shown = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return ShownText.Cut(shown, MostShown);
    }

    private void Show(string value)
    {
        text = value;
        hasExpression = TakesExpressions && Template.Contains(value);
        caret = value.Length;
    }

    private async Task Write(string? value)
    {
        var written = value ?? "";
        if (Lines == 1) written = written.ReplaceLineEndings(" ");
        if (Context.Expressions && written == "=") written = "{{ "; // as in a spreadsheet
        var at = Completion.CaretAfter(text, written);
        Show(written);
        caret = at;
        (menu, active) = (false, 0);
        completion = TakesExpressions ? Completion.At(text, caret, Context.Values) : null;
        await ReportAfterPause();
    }

    private async Task ReportAfterPause()
    {
        var mine = ++typed;
        try
        {
            await Task.Delay(Pause, Clock, closing.Token);
        }
        catch (OperationCanceledException)
        {
            return; // the form is gone
        }
        if (mine == typed) await Report();
    }

    private Task Finish(ChangeEventArgs args)
    {
        var written = args.Value?.ToString() ?? "";
        if (written != text) Show(Lines == 1 ? written.ReplaceLineEndings(" ") : written);
        return Report();
    }

    private async Task Report()
    {
        typed++;
        if (text == reported) return;
        reported = text;
        await TextChanged.InvokeAsync(text);
    }

    private async Task Press(KeyboardEventArgs key)
    {
        if ((completion is null && !menu) || key.CtrlKey || key.MetaKey) return;
        switch (key.Key)
        {
            case "ArrowDown": active = (active + 1) % Offered.Count; break;
            case "ArrowUp": active = (active + Offered.Count - 1) % Offered.Count; break;
            case "Escape": (completion, menu) = (null, false); break;
            case "Enter" or "Tab": await Choose(Offered[active]); break;
        }
    }

    private async Task Choose(KnownValue value)
    {
        if (completion is not null)
        {
            var (changed, at) = completion.Accept(text, value);
            Show(changed);
            caret = at;
        }
        else Show(Completion.Insert(text, caret, value));
        (completion, menu, active) = (null, false, 0);
        await Report();
    }

    private void ToggleMenu() => (menu, completion, active) = (!menu, null, 0);

    private void Leave() => (completion, menu) = (null, false);
}
