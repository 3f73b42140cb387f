namespace WorkflowStudio.Identity;

/// <summary>
/// Why no account was made, as codes that may stand in an address, and the words for each. The words never come from an address: anybody
/// can send a link to this server with words of their own.
/// </summary>
internal static class AccountProblems
{
    public const string Link = "link";
    public const string NotMade = "not-made";
    public const string Practice = "practice";
    public const string Password = "password";
    public const string Owner = "owner";
    public const string Name = "name";
    public const string LongName = "long-name";

    private static readonly Dictionary<string, string> Known = new()
    {
        [Link] = "This link is used or too old. Start the server again for a new one.",
        [NotMade] = "Nothing was made. Look at each field and try again.",
        [Practice] = "Give your practice a name.",
        [Password] = "Choose a password.",
        [Owner] = "There is an owner already. Ask them for an account.",
        [Name] = "A name is needed.",
        [LongName] = $"A name has at most {Users.MaxName} characters, all of them visible.",
        // the codes of ASP.NET Core Identity
        ["PasswordTooShort"] = "Passwords must be at least 10 characters.",
        ["InvalidEmail"] = "This is no email address. Give one such as name@example.org.",
        ["DuplicateEmail"] = "There is an account with this email already.",
    };

    /// <summary>The words for a code; null for none. A code that nobody knows gets the words that fit all.</summary>
    public static string? Words(string? code) => string.IsNullOrEmpty(code) ? null : Known.GetValueOrDefault(code) ?? Known[NotMade];
}
