using Microsoft.AspNetCore.Components;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Components.Account;

/// <summary>The page behind a link for a new password. Posts to <c>/account/new-password</c>.</summary>
public sealed partial class NewPassword
{
    private StudioUser? account;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private NewPasswords Passwords { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    [SupplyParameterFromQuery(Name = "problem")]
    private string? Code { get; set; }

    private string? Problem => AccountProblems.Words(Code);

    protected override async Task OnInitializedAsync()
    {
        AccountForms.KeepSecret(Http);
        account = await Passwords.ReadAsync(Token, Http.RequestAborted);
        if (account is null) Http.Response.StatusCode = StatusCodes.Status410Gone;
    }
}
