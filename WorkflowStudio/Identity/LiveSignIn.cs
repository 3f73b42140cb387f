using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Identity;

/// <summary>
/// Asks now and then whether the person of an open page may still be there: a circuit lives for hours on what was true when it began. After
/// a new password, a lost membership or another role the page ends at the sign-in; after signing out, in whichever window, at once.
/// </summary>
internal sealed class LiveSignIn : RevalidatingServerAuthenticationStateProvider
{
    /// <summary>How long what has changed may go unnoticed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly IServiceScopeFactory scopes;
    private readonly CallerFactory callers;
    private readonly Sessions sessions;
    private readonly IOptions<IdentityOptions> options;
    private readonly ILogger log;
    private IDisposable? watch;

    public LiveSignIn(
        ILoggerFactory logs, IServiceScopeFactory scopes, CallerFactory callers, Sessions sessions, IOptions<IdentityOptions> options)
        : base(logs)
    {
        (this.scopes, this.callers, this.sessions, this.options) = (scopes, callers, sessions, options);
        log = logs.CreateLogger<LiveSignIn>();
        AuthenticationStateChanged += state => _ = WatchAsync(state);
    }

    protected override TimeSpan RevalidationInterval => Interval;

    /// <summary>
    /// Whether the account, its password, its session and its place are what they were. While the database does not answer nobody is sent
    /// away: it is asked again after <see cref="Interval"/>.
    /// </summary>
    public async Task<bool> MayStayAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        try
        {
            return await IsUnchangedAsync(person, cancellationToken);
        }
        catch (Exception e) when (Outage.Is(e))
        {
            log.LogDebug(e, "A sign-in could not be looked at");
            return true;
        }
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        MayStayAsync(authenticationState.User, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        watch?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<bool> IsUnchangedAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StudioUser>>();
        return await users.GetUserAsync(person) is { } account
            && person.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(account)
            && await callers.IsUnchangedAsync(person, cancellationToken);
    }

    private async Task WatchAsync(Task<AuthenticationState> state)
    {
        var person = (await state).User;
        watch?.Dispose();
        watch = sessions.Watch(person, () => SetAuthenticationState(Task.FromResult(Nobody)));
    }
}
