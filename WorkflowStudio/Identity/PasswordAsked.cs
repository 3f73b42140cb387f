using Microsoft.AspNetCore.Identity;

namespace WorkflowStudio.Identity;

/// <summary>Asks somebody who is signed in for their password once more. Five wrong ones close the account, as at the sign-in.</summary>
internal static class PasswordAsked
{
    /// <summary>Whether it is the account's. That of a closed account is not looked at.</summary>
    public static async Task<bool> IsRightAsync(UserManager<StudioUser> users, StudioUser account, string? password)
    {
        if (password is not { Length: > 0 and <= PasswordRules.Most } || await users.IsLockedOutAsync(account)) return false;
        if (!await users.CheckPasswordAsync(account, password))
        {
            await users.AccessFailedAsync(account);
            return false;
        }

        await users.ResetAccessFailedCountAsync(account);
        return true;
    }
}
