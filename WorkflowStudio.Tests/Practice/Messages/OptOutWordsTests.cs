using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Tests.Practice.Messages;

public sealed class OptOutWordsTests
{
    [Theory]
    [InlineData("STOP", "Stop")]
    [InlineData(" stop! ", "Stop")]
    [InlineData("Stop  all", "Stop")]
    [InlineData("“Unsubscribe”", "Stop")]
    [InlineData("opt-out", "Stop")]
    [InlineData("BAJA", "Stop")]
    [InlineData("Cancel", "StopOrAnswer")]
    [InlineData("start", "Start")]
    [InlineData("UNSTOP.", "Start")]
    [InlineData("Stop by at five", "None")]
    [InlineData("don't stop", "None")]
    [InlineData("yes", "None")]
    [InlineData("2", "None")]
    [InlineData("", "None")]
    [InlineData("...", "None")]
    public void Message_AsksFor(string body, string wish) => Assert.Equal(wish, OptOutWords.Of(body).ToString());
}
