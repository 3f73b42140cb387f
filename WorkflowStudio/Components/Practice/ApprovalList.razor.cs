using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Approvals;

namespace WorkflowStudio.Components.Practice;

/// <summary>What runs ask for: members decide here, in their own name.</summary>
public sealed partial class ApprovalList : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private IReadOnlyList<ApprovalView>? open;
    private IReadOnlyList<ApprovalView>? closed;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private Operations.Practice.Approvals Asked { get; set; } = null!;

    [Inject]
    private LiveUpdates Updates { get; set; } = null!;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    protected override Task OnInitializedAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = Updates.FollowAsync(Session.Caller, LiveUpdates.Pages, _ => InvokeAsync(Refresh), closing.Token);
    }

    private async Task Refresh()
    {
        await Load();
        StateHasChanged();
    }

    private async Task Load()
    {
        var (asked, decided) = (await Asked.ListAsync(Session.Caller, open: true, closing.Token), await Asked.ListAsync(Session.Caller, open: false, closing.Token));
        problem = asked.Problem?.Message ?? decided.Problem?.Message;
        (open, closed) = (asked.Value, decided.Value);
    }
}
