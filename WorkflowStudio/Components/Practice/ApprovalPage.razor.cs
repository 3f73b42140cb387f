using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice;

/// <summary>
/// The page of an approval for whoever has its link. Plain HTML without a circuit; opening it decides nothing, since mail programs open
/// links by themselves.
/// </summary>
public sealed partial class ApprovalPage
{
    private ApprovalView? approval;
    private StudioFormat format = null!;
    private string? problem;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private PublicApproval Asked { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter]
    public string Token { get; set; } = "";

    [SupplyParameterFromForm(FormName = "decide")]
    private string? Decision { get; set; }

    [SupplyParameterFromForm(FormName = "decide")]
    private string? Comment { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        Http.Response.Headers["Referrer-Policy"] = "no-referrer";
        approval = await Asked.FindAsync(Token, Http.RequestAborted);
        if (approval is null) Http.Response.StatusCode = StatusCodes.Status404NotFound;
        else format = new StudioFormat(approval.TimeZone, Clock);
    }

    private async Task Decide()
    {
        if (approval is null) return;
        if (Decision is not ("approve" or "reject"))
        {
            problem = "Choose one of the two.";
            return;
        }

        var decided = await StoreAway.TryAsync(() => Asked.DecideAsync(Token, Decision == "approve", Comment ?? "", Http.RequestAborted));
        if (decided.Ok) Navigation.NavigateTo($"/approvals/{Token}"); // a reload of the answer must not decide again
        else
        {
            problem = decided.Problem.Message;
            if (decided.Problem is not StoreAway) approval = await Asked.FindAsync(Token, Http.RequestAborted) ?? approval;
        }
    }
}
