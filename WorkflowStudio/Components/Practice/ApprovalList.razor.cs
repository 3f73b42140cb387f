using Microsoft.AspNetCore.Components;
using Radzen;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Connectors.Approvals;

namespace WorkflowStudio.Components.Practice;

/// <summary>What runs ask for: members decide here, in their own name.</summary>
public sealed partial class ApprovalList : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<Guid, string?> comments = [];
    private IReadOnlyList<ApprovalView>? open;
    private IReadOnlyList<ApprovalView>? closed;
    private Guid? deciding;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private Operations.Practice.Approvals Asked { get; set; } = null!;

    [Inject]
    private LiveUpdates Updates { get; set; } = null!;

    [Inject]
    private NotificationService Toasts { get; set; } = null!;

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
        foreach (var item in open ?? []) comments.TryAdd(item.Id, null);
    }

    private async Task Decide(ApprovalView item, bool approve)
    {
        deciding = item.Id;
        var decided = await Asked.DecideAsync(Session.Caller, item.Id, approve, comments.GetValueOrDefault(item.Id) ?? "", closing.Token);
        if (!decided.Ok) Toasts.Notify(NotificationSeverity.Warning, decided.Problem.Message);
        deciding = null;
        await Load();
    }
}
