using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>The tables of docs/workflow-body.md are those of the code.</summary>
[Collection(StudioAppTests.Name)]
public sealed class WorkflowBodyGeneratedPagesTests(StudioApp app)
{
    [Fact]
    public void Tables_OfTheBodysPage_AreAsTheCodeSays()
    {
        var page = Path.Combine(Repository.Root, "docs", "workflow-body.md");
        var written = BodyPages.Write(File.ReadAllText(page), app.Get<NodeCatalog>());
        if (Environment.GetEnvironmentVariable("STUDIO_WRITE_DOCS") == "1") File.WriteAllText(page, written);
        Assert.Equal(written, File.ReadAllText(page));
    }
}
