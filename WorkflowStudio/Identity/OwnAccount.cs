using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Identity;

/// <summary>
/// What a person sees and does of their own account on an open page. What changes the cookie is posted by forms:
/// <see cref="AccountEndpoints"/>. Each call reads the account anew.
/// </summary>
internal sealed class OwnAccount(IServiceScopeFactory scopes, Sessions sessions, TimeProvider clock)
{
    /// <summary>How many recovery codes are made.</summary>
    public const int RecoveryCodes = 10;

    private static readonly OperationProblem.Conflict Overtaken = new(
        "account_changed", "The account was changed at the same time. Load the page and look how it is now.");

    /// <summary>All that the page shows.</summary>
    public Task<Result<AccountFacts>> ReadAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        WithAsync<AccountFacts>(person, async (users, account) => new AccountFacts(
            account.Name, account.Email ?? "", await users.HasPasswordAsync(account), account.TwoFactorEnabled,
            account.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(account) : 0,
            await sessions.ListAsync(account.Id, person, cancellationToken)));

    /// <summary>Ends one of the person's sessions.</summary>
    public Task<Result<bool>> EndSessionAsync(ClaimsPrincipal person, Guid session) => WithAsync<bool>(
        person, async (_, account) => await sessions.EndAsync(account.Id, session) ? true : new OperationProblem.NotFound("session"));

    /// <summary>Ends all but this one; answers how many.</summary>
    public Task<Result<int>> EndOthersAsync(ClaimsPrincipal person) =>
        WithAsync<int>(person, async (_, account) => await sessions.EndAllAsync(account.Id, person));

    /// <summary>
    /// Turns the second step on with the key that an app has, once it shows a right code; answers the recovery codes. All other sessions
    /// end: they were begun without it.
    /// </summary>
    public Task<Result<IReadOnlyList<string>>> TurnOnAsync(ClaimsPrincipal person, string key, string? code, string? password) =>
        WithAsync<IReadOnlyList<string>>(person, async (users, account) =>
        {
            if (account.TwoFactorEnabled) return Overtaken;
            if (!await PasswordAsked.IsRightAsync(users, account, password)) return Wrong("password", AccountProblems.WrongPassword);
            if (Totp.StepOf(key, code, clock.GetUtcNow(), lastUsed: -1) is not { } step) return Wrong("code", AccountProblems.WrongCode);
            if (!await AuthenticatorCodes.SetAsync(users, account, key, step)) return Overtaken;
            account.TwoFactorEnabled = true; // not by the manager, which would end this session, too
            var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
            if (codes is null) return Overtaken;
            await sessions.EndAllAsync(account.Id, person);
            return codes.ToList();
        });

    /// <summary>Makes recovery codes in the place of those that are left.</summary>
    public Task<Result<IReadOnlyList<string>>> RenewCodesAsync(ClaimsPrincipal person, string? password) =>
        WithAsync<IReadOnlyList<string>>(person, async (users, account) =>
        {
            if (!account.TwoFactorEnabled) return Overtaken;
            if (!await PasswordAsked.IsRightAsync(users, account, password)) return Wrong("password", AccountProblems.WrongPassword);
            return await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) is { } codes ? codes.ToList() : Overtaken;
        });

    /// <summary>Turns the second step off.</summary>
    public Task<Result<bool>> TurnOffAsync(ClaimsPrincipal person, string? password) => WithAsync<bool>(person, async (users, account) =>
    {
        if (!await PasswordAsked.IsRightAsync(users, account, password)) return Wrong("password", AccountProblems.WrongPassword);
        return await ForgetSecondStepAsync(users, account) ? true : Overtaken;
    });

    /// <summary>Takes the second step, its key and its recovery codes from an account.</summary>
    public static async Task<bool> ForgetSecondStepAsync(UserManager<StudioUser> users, StudioUser account)
    {
        account.TwoFactorEnabled = false;
        if (await users.GenerateNewTwoFactorRecoveryCodesAsync(account, 0) is null) return false;
        await AuthenticatorCodes.ForgetAsync(users, account);
        return true;
    }

    private async Task<Result<T>> WithAsync<T>(ClaimsPrincipal person, Func<UserManager<StudioUser>, StudioUser, Task<Result<T>>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StudioUser>>();
        return await users.GetUserAsync(person) is { } account && await sessions.IsOpenAsync(person, CancellationToken.None)
            ? await work(users, account)
            : new OperationProblem.Forbidden("This session has ended. Sign in again.", null);
    }

    private static OperationProblem.Invalid Wrong(string field, string code) => new(
        AccountProblems.Words(code)!, [WorkflowProblem.Error(code, field, null, AccountProblems.Words(code)!)]);
}

/// <summary>A person's own account.</summary>
/// <param name="Name">What other people read.</param>
/// <param name="Email">With which they sign in.</param>
/// <param name="HasPassword">False for the demo owner alone.</param>
/// <param name="AsksForCode">Whether the sign-in asks for a code.</param>
/// <param name="CodesLeft">How many recovery codes are good.</param>
/// <param name="Sessions">Where they are signed in.</param>
internal sealed record AccountFacts(
    string Name, string Email, bool HasPassword, bool AsksForCode, int CodesLeft, IReadOnlyList<SessionFacts> Sessions);
