using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support.Fakes;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Model;

public sealed class ValidatorSpeedTests
{
    [Fact]
    public void Validate_AfterAnEdit_ReadsTheSettingsOfTheChangedStepAlone()
    {
        var type = new CountingNode();
        var validator = new WorkflowValidator(new NodeCatalog([type]));
        var definition = Of("trigger>a a>b b>c", Step("a", "counting", "{}"), Step("b", "counting", "{}"), Step("c", "counting", "{}"));
        validator.Validate(definition);
        var (checks, shapes) = (type.Checks, type.Shapes);

        validator.Validate(
            definition with { Nodes = [definition.Nodes[0], definition.Nodes[1] with { Name = "new" }, definition.Nodes[2]] });

        Assert.Equal((3, checks + 1, shapes + 1), (checks, type.Checks, type.Shapes));
    }
}
