using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Components.Account;

/// <summary>What the account page says of the form that was sent.</summary>
/// <param name="Said">One of the codes of <see cref="AccountProblems"/>; null for nothing.</param>
public sealed record AccountQuery(string? Said = null) : IPageQuery<AccountQuery>
{
    private static readonly string[] OfName =
        [AccountProblems.NameChanged, AccountProblems.Name, AccountProblems.LongName, AccountProblems.NotMade];

    private static readonly string[] OfPassword =
    [
        AccountProblems.PasswordChanged, AccountProblems.WrongPassword, AccountProblems.ShortPassword, AccountProblems.LongPassword,
        AccountProblems.CommonPassword, AccountProblems.OwnName,
    ];

    /// <summary>Whether it is said of the name.</summary>
    internal bool IsOfName => OfName.Contains(Said);

    /// <summary>Whether it is said of the password.</summary>
    internal bool IsOfPassword => OfPassword.Contains(Said);

    /// <summary>Whether all went well.</summary>
    internal bool IsDone => Said is AccountProblems.NameChanged or AccountProblems.PasswordChanged;

    public static AccountQuery Of(AddressValues address) =>
        new(address.OneOf("said", [.. OfName.Concat(OfPassword).Select(code => (code, code))]));

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?> { ["said"] = Said };
}
