using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class SafeHtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<img src=\"https://evil.example.test/pixel.gif\">")]
    [InlineData("<img src=\"/evil.gif\">")]
    [InlineData("<a href=\"javascript:alert(1)\">go</a>")]
    [InlineData("<a href=\"https://evil.example.test\">go</a>")]
    [InlineData("<form action=\"https://evil.example.test\"><input name=q></form>")]
    [InlineData("<iframe src=\"https://evil.example.test\"></iframe>")]
    [InlineData("<div style=\"background:url(https://evil.example.test/x)\">a</div>")]
    [InlineData("<style>@import url(https://evil.example.test/x);</style>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<meta http-equiv=refresh content=\"0;url=https://evil.example.test\">")]
    [InlineData("<base href=\"https://evil.example.test\">")]
    [InlineData("</iframe><script>alert(1)</script>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    public void What_CouldDoAnything_IsGone(string html)
    {
        var document = SafeHtml.Document(html);
        foreach (var left in new[] { "alert", "evil", "onerror", "<form", "<iframe", "<script", "javascript:" })
            Assert.DoesNotContain(left, document, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_IsText_Stays()
    {
        var document = SafeHtml.Document(
            "<h1>Hello</h1><p style=\"color: red\">Maria &amp; <b>Bo</b></p><img src=\"data:image/png;base64,AA==\">");
        Assert.Contains("<h1>Hello</h1>", document, StringComparison.Ordinal);
        Assert.Contains("Maria &amp; <b>Bo</b>", document, StringComparison.Ordinal);
        Assert.Contains("data:image/png", document, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy", document, StringComparison.Ordinal);
    }
}
