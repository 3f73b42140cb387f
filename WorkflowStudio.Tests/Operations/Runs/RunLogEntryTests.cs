using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Tests.Operations.Runs;

public sealed class RunLogEntryTests
{
    [Theory]
    [InlineData("Dana", "answer", "The step goes on: Dana sent the signal answer.")]
    [InlineData("Dana", null, "The step goes on: Dana woke it.")]
    [InlineData(null, "event:paid", "The step goes on: the signal event:paid came.")]
    [InlineData(null, null, "The step goes on: its time has come.")]
    public void Of_AStepThatIsWoken_SaysWhy(string? by, string? signal, string expected) =>
        Assert.Equal(expected, RunLogEntry.Of(new JournalEntry(1, default,
            new RunEvent.StepWoken("a", 1, signal is null ? NodeWakeKind.Time : NodeWakeKind.Signal, signal, default, by))).Message);
}
