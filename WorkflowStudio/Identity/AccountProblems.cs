namespace WorkflowStudio.Identity;

/// <summary>
/// Why no account was made or changed, and that it was, as codes that may stand in an address, and the words for each. The words never
/// come from an address: anybody can send a link to this server with words of their own.
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
    public const string ShortPassword = "PasswordTooShort"; // as ASP.NET Core Identity calls it
    public const string LongPassword = "long-password";
    public const string CommonPassword = "common-password";
    public const string OwnName = "own-name";
    public const string WrongPassword = "wrong-password";
    public const string WrongCode = "wrong-code";
    public const string Void = "void";
    public const string NameChanged = "name-changed";
    public const string PasswordChanged = "password-changed";

    private static readonly Dictionary<string, string> Known = new()
    {
        [Link] = "This link is used or too old. Start the server again for a new one.",
        [NotMade] = "Nothing was made. Look at each field and try again.",
        [Practice] = "Give your practice a name.",
        [Password] = "Choose a password.",
        [Owner] = "There is an owner already. Ask them for an account.",
        [Name] = "A name is needed.",
        [LongName] = $"A name has at most {Users.MaxName} characters, all of them visible.",
        [LongPassword] = $"A password has at most {PasswordRules.Most} characters.",
        [CommonPassword] = "Many people have this password or one like it, so it is tried first. Choose another: a few words in a row do.",
        [OwnName] = "This password is little more than your name or email. Choose another: a few words in a row do.",
        [WrongPassword] = "This is not your password. Try again; after 5 wrong tries, wait 5 minutes.",
        [WrongCode] = "This code is not right, or was used already. Wait for the next one, and see that your phone's clock is right.",
        [Void] = "This link is no longer good. Ask whoever sent it for another.",
        [NameChanged] = "Your name is changed.",
        [PasswordChanged] = "Your new password is set, and all other sessions are signed out.",
        // the codes of ASP.NET Core Identity
        [ShortPassword] = $"Passwords must be at least {PasswordRules.Least} characters.",
        ["InvalidEmail"] = "This is no email address. Give one such as name@example.org.",
        ["DuplicateEmail"] = "There is an account with this email already.",
    };

    /// <summary>The words for a code; null for none. A code that nobody knows gets the words that fit all.</summary>
    public static string? Words(string? code) => string.IsNullOrEmpty(code) ? null : Known.GetValueOrDefault(code) ?? Known[NotMade];
}
