using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Model;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abcd…")]
    [InlineData("abc😀e", 4, "abc…")] // two characters, one sign
    [InlineData("abc😀e", 5, "abc😀…")]
    [InlineData("abce\u0301e", 4, "abc…")] // an e with its accent beside it
    [InlineData("abce\u0301e", 5, "abce\u0301…")]
    [InlineData("👩\u200d⚕️ at work", 3, "…")] // a sign of five characters
    [InlineData("👩\u200d⚕️ at work", 5, "👩\u200d⚕️…")]
    [InlineData("abc", 0, "…")]
    public void Cut_Text_TearsNoSignApart(string text, int length, string expected) => Assert.Equal(expected, ShownText.Cut(text, length));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("ab😀de", 4, "ab…")]
    public void Fit_Text_HasAtMostSoManyCharacters(string text, int length, string expected) =>
        Assert.Equal(expected, ShownText.Fit(text, length));
}
