using Microsoft.AspNetCore.Components;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Components.Account;

/// <summary>
/// Sign-in with e-mail and password. Rendered without a circuit: the form posts to <c>/account/sign-in</c>, which answers with a redirect.
/// </summary>
public sealed partial class SignIn
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <summary>Where to go afterwards; the endpoint accepts addresses of this app only.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery(Name = "error")]
    private string? Error { get; set; }

    [SupplyParameterFromQuery(Name = "done")]
    private string? Done { get; set; }

    private bool ShowDemo => SignInEndpoints.MayBeDemo(Http);

    private string? Problem => Error switch
    {
        null => null,
        "no-demo" => "There is no demo owner in this data folder. Sign in with your password.",
        "closed" => "You have signed out, or what you may do has changed, so the page was closed. Sign in to go on.",
        "not-stored" =>
            "Nothing can be stored just now, so nobody can sign in or out. Whoever runs this server sees the reason at /health/ready.",
        "late" => "The code came too late. Sign in with your password again.",
        _ => "This email and password do not belong together. Check both and try again; after 5 wrong tries, wait 5 minutes.",
    };
}
