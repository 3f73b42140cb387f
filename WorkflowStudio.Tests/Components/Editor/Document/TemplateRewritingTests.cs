using System.Text.Json;
using WorkflowStudio.Components.Editor.Document;

namespace WorkflowStudio.Tests.Components.Editor.Document;

public sealed class TemplateRewritingTests
{
    [Fact]
    public void Rename_OfSettings_LeavesWhatIsTakenAsItIsWritten()
    {
        var config = JsonElement.Parse("""{"code":"return {{ $node.a.x }}","input":{"code":"{{ $node.a.x }}"}}""");

        var renamed = TemplateRewriting.Rename(config, r => r.Name == "a" ? "b" : null, ["code"]);

        Assert.Equal("""{"code":"return {{ $node.a.x }}","input":{"code":"{{ $node.b.x }}"}}""", renamed.GetRawText());
    }
}
