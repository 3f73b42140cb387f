using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Shared;

/// <summary>A question that a run asks, with the buttons that answer it in the name of who looks.</summary>
public sealed partial class ApprovalCard
{
    private string? comment;
    private bool isDeciding;
    private bool isUnsent;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private Operations.Practice.Approvals Asked { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    [Parameter, EditorRequired]
    public ApprovalView Item { get; set; } = null!;

    /// <summary>Whether it stands on the page of its run.</summary>
    [Parameter]
    public bool OfRun { get; set; }

    /// <summary>Called when it was answered, or could not be.</summary>
    [Parameter]
    public EventCallback OnAnswered { get; set; }

    // the page was loaded anew after the studio was away: a click of before that never arrived
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !await Browser.IsUnsentAsync(Item.Id)) return;
        isUnsent = true;
        StateHasChanged();
    }

    private async Task Decide(bool approve)
    {
        (isDeciding, isUnsent) = (true, false);
        var decided = await StoreAway.TryAsync(() => Asked.DecideAsync(Session.Caller, Item.Id, approve, comment ?? "", default));
        (isDeciding, isUnsent) = (false, decided.Problem is StoreAway);
        if (!decided.Ok) Toasts.Failed(decided.Problem.Message);
        if (isUnsent) return; // nor has it arrived for the browser, which says so after a reload, too
        await Browser.ArrivedAsync(Item.Id);
        await OnAnswered.InvokeAsync();
    }
}
