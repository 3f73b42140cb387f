using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Model;

public sealed class UnicodeFormTests
{
    [Theory]
    [InlineData("Café", "Cafe\u0301")]
    [InlineData("a\uFFFEb\uFFFF😀", "a\uFFFDb\uFFFF😀")]
    [InlineData("", "")]
    public void Of_AnyText_IsTheForm(string text, string form) => Assert.Equal(form, UnicodeForm.Of(text, NormalizationForm.FormD));

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    public void Of_HalfASurrogatePair_IsASignThatNobodyKnows(string escapes)
    {
        var half = System.Text.RegularExpressions.Regex.Unescape(escapes);
        Assert.Equal($"a{new string('\uFFFD', half.Length)}b", UnicodeForm.Of($"a{half}b", NormalizationForm.FormKC));
    }

    [Fact]
    public void Slug_OfAnyText_IsOne() => Assert.Equal("a-b", SlugText.Of("a\uFFFEb"));
}
