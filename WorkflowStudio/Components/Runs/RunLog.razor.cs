using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Components.Runs;

/// <summary>The log of a run. Paused it stands still and counts; the newest lines are drawn, older ones on demand.</summary>
public sealed partial class RunLog
{
    private const string Id = "run-log";
    private const int Page = 300;

    private int most = Page;
    private int? seen; // how many lines there were when it was paused
    private int drawn;
    private string? filter;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    /// <summary>Whether more can come.</summary>
    [Parameter]
    public bool Live { get; set; }

    [Parameter]
    public EventCallback<string?> ChosenChanged { get; set; }

    /// <summary>All lines, oldest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<RunLogLine> Lines { get; set; } = [];

    private IEnumerable<RunLogLine> Fitting => Lines.Take(seen ?? Lines.Count).Where(l => l.Matches(filter));

    private int Hidden => Math.Max(0, Fitting.Count() - most);

    private IEnumerable<RunLogLine> Shown => Fitting.Skip(Hidden);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (drawn == Lines.Count || seen is not null) return;
        drawn = Lines.Count;
        await Browser.ScrollToEndAsync(Id);
    }

    private void Toggle()
    {
        if (seen is null) seen = Lines.Count;
        else Resume();
    }

    private void Resume() => seen = null;
}
