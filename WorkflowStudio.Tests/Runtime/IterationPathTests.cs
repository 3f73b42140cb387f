using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Runtime;

public sealed class IterationPathTests
{
    [Fact]
    public void Iterations_ComeInTheOrderOfTheirItems()
    {
        string[] paths = ["10.0", "2.11", "2.2", "0.100", "0.99", "2.10"];
        Assert.Equal(["0.99", "0.100", "2.2", "2.10", "2.11", "10.0"], paths.Order(Comparer<string>.Create(IterationPath.Compare)));
    }

    [Fact]
    public void SameIteration_IsNeitherBeforeNorBehind() => Assert.Equal(0, IterationPath.Compare("3.1", new string("3.1")));
}
