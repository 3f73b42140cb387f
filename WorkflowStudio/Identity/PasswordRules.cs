using Microsoft.AspNetCore.Identity;

namespace WorkflowStudio.Identity;

/// <summary>
/// What a password has to be besides long: not one that many have, and not the person's own name or address. Kinds of characters are not
/// asked for (NIST SP 800-63B, 3.1.1.2).
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<StudioUser>
{
    /// <summary>The fewest characters.</summary>
    public const int Least = 12;

    /// <summary>The most: each try costs as much as it is long.</summary>
    public const int Most = 256;

    // less than this beside a name protects nothing, and shorter names are in many words
    private const int LeastOfItsOwn = 6;
    private const int ShortestName = 3;

    public Task<IdentityResult> ValidateAsync(UserManager<StudioUser> manager, StudioUser user, string? password) =>
        Task.FromResult(Refuse(password ?? "", user.Name, user.Email) is { } code
            ? IdentityResult.Failed(new IdentityError { Code = code, Description = AccountProblems.Words(code)! })
            : IdentityResult.Success);

    /// <summary>Why a password that is long enough is none, as one of <see cref="AccountProblems"/>; null when it is one.</summary>
    public static string? Refuse(string password, string name, string? email)
    {
        if (password.Length > Most) return AccountProblems.LongPassword;
        if (CommonPasswords.Has(password)) return AccountProblems.CommonPassword;
        var own = Names(name, email).OrderByDescending(n => n.Length)
            .Aggregate(password.ToLowerInvariant(), (rest, known) => rest.Replace(known, "", StringComparison.Ordinal));
        return own.Length < password.Length && own.Count(char.IsLetterOrDigit) < LeastOfItsOwn ? AccountProblems.OwnName : null;
    }

    private static IEnumerable<string> Names(string name, string? email)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] all = [email ?? "", (email ?? "").Split('@')[0], name, string.Concat(words), .. words];
        return all.Select(n => n.ToLowerInvariant()).Where(n => n.Length >= ShortestName);
    }
}
