using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Components.Account;

/// <summary>Asks for the code of an app, or a recovery code, after the password. Posts to <c>/account/sign-in/code</c>.</summary>
public sealed partial class SignInCode
{
    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery(Name = "remember")]
    private string? Remember { get; set; }

    [SupplyParameterFromQuery(Name = "way")]
    private string? Way { get; set; }

    [SupplyParameterFromQuery(Name = "error")]
    private string? Error { get; set; }

    private bool Recovers => Way == "recovery";

    private string Problem => Recovers
        ? "This code is not right, or was used already. Try another; after 5 wrong tries, wait 5 minutes."
        : "This code is not right, or was used already. Wait for the next one; after 5 wrong tries, wait 5 minutes.";

    private string Other => QueryHelpers.AddQueryString(IdentitySetup.CodePath, new Dictionary<string, string?>
    {
        ["returnUrl"] = ReturnUrl, ["remember"] = Remember, ["way"] = Recovers ? null : "recovery",
    }.Where(p => p.Value is not null));
}
