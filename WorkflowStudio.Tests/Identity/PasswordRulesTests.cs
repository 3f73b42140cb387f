using WorkflowStudio.Identity;

namespace WorkflowStudio.Tests.Identity;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("a long enough password")]
    [InlineData("correct horse battery")]
    [InlineData("Zwölf Boxkämpfer jagen")]
    [InlineData("849302847261")]
    [InlineData("ida loves the sea")]
    [InlineData("\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03\ud83d\ude04\ud83d\ude05")]
    public void Password_ThatIsOne_IsTaken(string password) =>
        Assert.Null(PasswordRules.Refuse(password, "Ida Brandt", "ida@example.test"));

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password2024!")]
    [InlineData("P@ssw0rd2024")]
    [InlineData("passwordpassword")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("!!qwertyuiop!!")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("121212121212")]
    [InlineData("123456789012")]
    [InlineData("abcdefghijklm")]
    [InlineData("            ")]
    public void Password_ThatManyHave_IsRefused(string password) =>
        Assert.Equal("common-password", PasswordRules.Refuse(password, "Ida Brandt", "ida@example.test"));

    [Theory]
    [InlineData("ida@example.test")]
    [InlineData("Ida Brandt 2026")]
    [InlineData("IDABRANDT!!!")]
    [InlineData("ida-brandt-1")]
    public void Password_ThatIsLittleMoreThanTheName_IsRefused(string password) =>
        Assert.Equal("own-name", PasswordRules.Refuse(password, "Ida Brandt", "ida@example.test"));

    [Fact]
    public void Password_OfThousandsOfCharacters_IsRefused()
    {
        Assert.Equal("long-password", PasswordRules.Refuse(new string('x', 10_000), "Ida", null));
        Assert.Equal("common-password", PasswordRules.Refuse("", "Ida", null));
    }
}
