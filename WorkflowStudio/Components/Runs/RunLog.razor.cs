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
    private long? seen; // the newest line there was when it was paused
    private long drawn;
    private string? filter;
    private bool isReading;
    private int hidden;
    private List<RunLogLine> shown = [];

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    /// <summary>Whether more can come.</summary>
    [Parameter]
    public bool Live { get; set; }

    [Parameter]
    public EventCallback<string?> ChosenChanged { get; set; }

    /// <summary>The lines at hand, oldest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<RunLogLine> Lines { get; set; } = [];

    /// <summary>Whether there are lines before them.</summary>
    [Parameter]
    public bool HasEarlier { get; set; }

    /// <summary>Reads lines before them.</summary>
    [Parameter]
    public EventCallback ReadEarlier { get; set; }

    private long Newest => Lines is [.., var last] ? last.Seq : 0;

    private int Unseen => seen is { } last ? Lines.Count(l => l.Seq > last) : 0;

    protected override void OnParametersSet() => Choose();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (drawn == Newest || seen is not null) return;
        drawn = Newest;
        await Browser.ScrollToEndAsync(Id);
    }

    private void Choose()
    {
        shown = [.. Lines.Where(l => !(l.Seq > seen) && l.Matches(filter))];
        hidden = Math.Max(0, shown.Count - most);
        shown.RemoveRange(0, hidden);
    }

    private void Filter(string? text)
    {
        filter = text;
        Choose();
    }

    private async Task Earlier()
    {
        most += Page;
        if (hidden < Page && HasEarlier)
        {
            isReading = true;
            await ReadEarlier.InvokeAsync();
            isReading = false;
        }

        Choose();
    }

    private void Toggle()
    {
        if (seen is null) seen = Newest;
        else Resume();
    }

    private void Resume()
    {
        seen = null;
        Choose();
    }
}
