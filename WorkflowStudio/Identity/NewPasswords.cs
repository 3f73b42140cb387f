using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity;

/// <summary>Sets a password by a link. All sessions of the person end; the code of an app is asked for as before.</summary>
internal sealed class NewPasswords(
    IResetLinks links, MakeResetLink rules, Sessions sessions, UserManager<StudioUser> users, TimeProvider clock)
{
    /// <summary>Whose password a link sets; null when it is no longer good, whatever the reason.</summary>
    public async Task<StudioUser?> ReadAsync(string? token, CancellationToken cancellationToken)
    {
        if (SecretLink.HashOf(token) is not { } hash) return null;
        if (await links.FindAsync(hash, clock.GetUtcNow(), cancellationToken) is not { } link) return null;
        if (link is { ById: { } by, WorkspaceId: { } here }
            && await rules.RefuseAsync(by, link.UserId, here, cancellationToken) is not null) return null;
        return await users.FindByIdAsync(link.UserId.ToString());
    }

    /// <summary>Sets it. Answers null, or one of <see cref="AccountProblems"/>.</summary>
    public async Task<string?> SetAsync(string? token, string? password, CancellationToken cancellationToken)
    {
        if (await ReadAsync(token, cancellationToken) is not { } account) return AccountProblems.Void;
        if (string.IsNullOrEmpty(password)) return AccountProblems.Password;
        foreach (var rule in users.PasswordValidators)
        {
            if ((await rule.ValidateAsync(users, account, password)).Errors.FirstOrDefault() is { } wrong) return wrong.Code;
        }

        if (!await links.TakeAsync(SecretLink.HashOf(token)!, clock.GetUtcNow(), cancellationToken)) return AccountProblems.Void;
        var set = await users.ResetPasswordAsync(account, await users.GeneratePasswordResetTokenAsync(account), password);
        if (!set.Succeeded) return AccountProblems.Void;
        await sessions.EndAllAsync(account.Id, but: null);
        // whoever had tried in vain before asks for a link: they are not to wait now
        await users.SetLockoutEndDateAsync(account, null);
        await users.ResetAccessFailedCountAsync(account);
        return null;
    }
}
