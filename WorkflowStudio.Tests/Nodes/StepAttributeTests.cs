using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Nodes;

public sealed class StepAttributeTests
{
    public static TheoryData<string> StepTypes =>
    [
        .. typeof(NodeType).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(NodeType)) && !t.IsAbstract && !t.IsNested)
            .Select(t => t.FullName!),
    ];

    [Theory]
    [MemberData(nameof(StepTypes))]
    public void StepType_OfTheApp_SaysWhatItIs(string type)
    {
        var step = StepAttribute.Of(typeof(NodeType).Assembly.GetType(type, throwOnError: true)!);
        Assert.EndsWith(".", step.Does, StringComparison.Ordinal);
    }

    [Fact]
    public void StepType_WithoutTheAttribute_IsRefused() => Assert.Equal(
        "Reading the step type NamelessNode: its class has no [Step] that says its name, title, group, icon, what it does and an example.",
        Assert.Throws<InvalidOperationException>(() => new NamelessNode()).Message);

    [Fact]
    public void AddStepsOf_AnAssemblyWithSuchAStepType_IsRefused() => Assert.StartsWith(
        "Reading the step type ",
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddStepsOf(typeof(NamelessNode).Assembly)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Wait", "Wait", "Waits.", "{}", "out", "the name “Wait” must be small letters, digits and _, a letter first")]
    [InlineData("wait", "", "Waits.", "{}", "out", "the title “” must have 1 to 20 characters")]
    [InlineData("wait", "A title of 21 letters", "Waits.", "{}", "out", "the title “A title of 21 letters” must have 1 to 20 characters")]
    [InlineData("wait", "Wait", " ", "{}", "out", "Does must say what it does")]
    [InlineData("wait", "Wait", "Waits.", "[]", "out", "the example must be an object of JSON")]
    [InlineData("wait", "Wait", "Waits.", "{", "out", "the example must be an object of JSON")]
    [InlineData("wait", "Wait", "Waits.", "{}", "error", "the port “error” is empty, reserved or named twice")]
    public void StepType_ThatSaysWhatCannotBe_IsRefused(string type, string title, string does, string example, string port, string why)
    {
        var step = new StepAttribute(type, title, NodeGroup.Flow, "schedule") { Does = does, Example = example, Ports = [port] };
        var refused = Assert.Throws<InvalidOperationException>(() => new NamelessNode(step));
        Assert.Equal($"Reading the step type NamelessNode: {why}.", refused.Message);
    }

    private sealed class NamelessNode(StepAttribute? step = null) : NodeType(step)
    {
        public override NodeSchema Settings => NodeSchema.None;

        public override NodeSchema Output => NodeSchema.None;

        public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
