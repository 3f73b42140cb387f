using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("Bayou Dental Care", "BD")]
    [InlineData("  dana  ", "d")]
    [InlineData("", "")]
    [InlineData("😀 Ärzte", "😀Ä")]
    [InlineData("A\u0308rzte", "A\u0308")]
    public void Initials_AreWhatTheFirstTwoWordsBeginWith(string name, string initials) => Assert.Equal(initials, Initials.Of(name));
}
