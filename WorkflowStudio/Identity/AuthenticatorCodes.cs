using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace WorkflowStudio.Identity;

/// <summary>
/// Checks the code of an app. Of two sign-ins with the same code at once one is told that it is wrong: both note the step of its time on
/// the account, and the account is changed by one.
/// </summary>
internal sealed class AuthenticatorCodes(TimeProvider clock) : IUserTwoFactorTokenProvider<StudioUser>
{
    private const string Owner = "studio";
    private const string Key = "authenticator";
    private const string LastStep = "last-step";

    public Task<string> GenerateAsync(string purpose, UserManager<StudioUser> manager, StudioUser user) => Task.FromResult("");

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<StudioUser> manager, StudioUser user) =>
        await manager.GetAuthenticationTokenAsync(user, Owner, Key) is not null;

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<StudioUser> manager, StudioUser user) =>
        await manager.GetAuthenticationTokenAsync(user, Owner, Key) is { } key
        && long.TryParse(await manager.GetAuthenticationTokenAsync(user, Owner, LastStep), CultureInfo.InvariantCulture, out var last)
        && Totp.StepOf(key, token, clock.GetUtcNow(), last) is { } step
        && (await SetAsync(manager, user, LastStep, Text(step))).Succeeded;

    /// <summary>Gives an account the key of an app that has just shown a right code.</summary>
    public static async Task<bool> SetAsync(UserManager<StudioUser> manager, StudioUser user, string key, long step) =>
        (await SetAsync(manager, user, Key, key)).Succeeded && (await SetAsync(manager, user, LastStep, Text(step))).Succeeded;

    /// <summary>Forgets the key.</summary>
    public static async Task ForgetAsync(UserManager<StudioUser> manager, StudioUser user)
    {
        await manager.RemoveAuthenticationTokenAsync(user, Owner, Key);
        await manager.RemoveAuthenticationTokenAsync(user, Owner, LastStep);
    }

    private static Task<IdentityResult> SetAsync(UserManager<StudioUser> manager, StudioUser user, string name, string value) =>
        manager.SetAuthenticationTokenAsync(user, Owner, name, value);

    private static string Text(long step) => step.ToString(CultureInfo.InvariantCulture);
}
