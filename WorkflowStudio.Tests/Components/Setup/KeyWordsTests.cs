using WorkflowStudio.Components.Setup;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Tests.Components.Setup;

public sealed class KeyWordsTests
{
    [Fact]
    public void EveryScope_HasItsWords() => Assert.Equal(Scopes.All, KeyWords.Scopes.Select(s => s.Scope));

    [Theory]
    [InlineData("service.workflows.runs.view", "see runs")]
    [InlineData("of.another.version", "of.another.version")]
    public void Scope_IsSaidInAWordOrTwo(string scope, string words) => Assert.Equal(words, KeyWords.Short(scope));
}
