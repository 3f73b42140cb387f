using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Components.Account;

/// <summary>The page behind the link of an invitation. Posts to <c>/account/join</c>.</summary>
public sealed partial class Join
{
    private OpenInvitation? open;
    private StudioUser? signedInAs;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private Joining Joining { get; set; } = null!;

    [Inject]
    private UserManager<StudioUser> Accounts { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    [SupplyParameterFromQuery(Name = "problem")]
    private string? Code { get; set; }

    private string? Problem => AccountProblems.Words(Code);

    private string Here => StudioUrls.JoinBy(Token!); // which is one, as it has opened something

    protected override async Task OnInitializedAsync()
    {
        AccountForms.KeepSecret(Http);
        open = await Joining.ReadAsync(Token, Http.RequestAborted);
        if (open is null) Http.Response.StatusCode = StatusCodes.Status410Gone;
        else signedInAs = await Accounts.GetUserAsync(Http.User);
    }
}
