using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Expressions;

/// <summary>Holds docs/expressions.md to the code.</summary>
public sealed class ExpressionGeneratedPagesTests
{
    [Fact]
    public void ExpressionsPage_IsAsTheCodeSays()
    {
        var page = Path.Combine(Repository.Root, "docs", "expressions.md");
        var written = ExpressionPages.Write();
        if (Environment.GetEnvironmentVariable("STUDIO_WRITE_DOCS") == "1") File.WriteAllText(page, written);
        Assert.Equal(written, File.ReadAllText(page));
    }
}
