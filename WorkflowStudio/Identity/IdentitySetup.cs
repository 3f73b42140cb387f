using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Identity;

/// <summary>People, cookies and the rule that pages need a sign-in.</summary>
internal static class IdentitySetup
{
    /// <summary>The page that asks people to sign in.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>The page that asks for the code of an app, after the password.</summary>
    public const string CodePath = "/sign-in/code";

    /// <summary>The page that says what to do without a password.</summary>
    public const string ForgotPath = "/forgot-password";

    /// <summary>The page that makes the first owner.</summary>
    public const string SetupPath = "/setup";

    /// <summary>People and their passwords: what the command line needs, too.</summary>
    public static IdentityBuilder AddStudioUsers(this IServiceCollection services) => services
        .AddIdentityTables()
        .AddScoped<Users>().AddSingleton<ILookupNormalizer, AccountNames>()
        .AddIdentityCore<StudioUser>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.User.AllowedUserNameCharacters = ""; // the user name is the e-mail address, which knows more characters than the preset
            // length is what counts; the rest is in PasswordRules
            o.Password.RequiredLength = PasswordRules.Least;
            o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
            o.Lockout.MaxFailedAccessAttempts = 5;
            o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        })
        .AddPasswordValidator<PasswordRules>()
        .AddIdentityStores();

    /// <summary>Sign-in by cookie.</summary>
    public static IServiceCollection AddStudioIdentity(this IServiceCollection services)
    {
        services.AddStudioUsers().AddSignInManager().AddDefaultTokenProviders().AddClaimsPrincipalFactory<StudioClaims>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(o =>
        {
            o.Cookie.Name = "ws_session";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.LoginPath = SignInPath;
            o.AccessDeniedPath = SignInPath;
            o.ReturnUrlParameter = "returnUrl";
            o.ExpireTimeSpan = Sessions.CookieLife;
            o.SlidingExpiration = true;
            o.EventsType = typeof(SessionEvents);
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<OwnAccount>().AddSingleton<Sessions>().AddScoped<SessionEvents>().AddHostedService<SessionWatch>();
        services.AddScoped<AuthenticationStateProvider, LiveSignIn>();
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            o.ValidationInterval = LiveSignIn.Interval;
            o.OnRefreshingPrincipal = SessionEvents.Refreshing;
        });
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddScoped<IClaimsTransformation, PlaceClaims>();
        services.AddScoped<CallerFactory>();
        services.AddSingleton<SetupLink>().AddScoped<FirstOwner>().AddScoped<Joining>().AddScoped<NewPasswords>();
        return services;
    }
}
