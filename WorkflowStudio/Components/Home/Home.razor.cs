using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Home;

namespace WorkflowStudio.Components.Home;

/// <summary>The first page: what needs attention, what comes next, how runs went.</summary>
public sealed partial class Home : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private HomeFacts? facts;
    private IReadOnlyList<RunsChart.Bar> bars = [];
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadHome ReadHome { get; set; } = null!;

    [Inject]
    private LiveUpdates Updates { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "range")]
    private string? RangeKey { get; set; }

    private HomeRange Range => HomeRange.Of(RangeKey);

    private string Greeting
    {
        get
        {
            var part = Session.Format.Now.Hour switch { < 12 => "morning", < 18 => "afternoon", _ => "evening" };
            var name = Session.Caller.Name.Split(' ')[0];
            return name.Contains('@', StringComparison.Ordinal) || name.Length == 0 ? $"Good {part}" : $"Good {part}, {name}";
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnParametersSetAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = Updates.FollowAsync(Session.Caller, LiveUpdates.Pages, _ => InvokeAsync(Refresh), closing.Token);
    }

    private async Task Refresh()
    {
        await Load();
        StateHasChanged();
    }

    private void Choose(string range) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("range", range == HomeRange.TwoWeeks.Key ? null : range));

    private async Task Load()
    {
        var edges = Range.Edges(Session.Format);
        var read = await ReadHome.ReadAsync(Session.Caller, edges, closing.Token);
        (facts, problem) = (read.Value, read.Problem?.Message);
        if (facts is not null)
            bars = [.. facts.Bars.Select((count, i) => new RunsChart.Bar(Range.Label(i, facts.Bars.Count, edges[i], Session.Format), Range.Name(edges[i], Session.Format), count))];
    }
}
