using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Ai;
using WorkflowStudio.Engine.Nodes.Documents;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes.Ai;

public sealed class InstructionCheckTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Theory]
    [InlineData("{{ $initialPayload.message }}", true)]
    [InlineData("Say hello to {{ first_name }}", true)]
    [InlineData("Read {{ $node.before.output.text }}", true)]
    [InlineData("Read {{ $item }}", true)]
    [InlineData("You write for {{ $vars.practice }}.", false)]
    [InlineData("You write for us. {", false)]
    [InlineData("{{ (", false)]
    public void Check_InstructionThatBringsDataOfOthers_Warns(string instruction, bool warned)
    {
        var written = JsonSerializer.Serialize(instruction);
        Assert.Equal(warned ? ["prompt"] : [], Paths(new AskAiNode(new FakeModel()), $$"""{"prompt":{{written}}}"""));
        Assert.Equal(warned ? ["system_instruction"] : [], Paths(new AiIntakeNode(new FakeModel(), practice.Contacts),
            $$$"""{"system_instruction":{{{written}}},"input_mappings":{"raw_body":"x"}}"""));
        Assert.Equal(warned ? ["fields[0].description"] : [], Paths(new ExtractNode(new FakeModel(), new NoDocuments()),
            $$"""{"text":"x","fields":[{"name":"a","description":{{written}}}]}"""));
        Assert.Equal(warned ? ["instruction"] : [], Paths(
            new AgentNode(new FakeModel(), practice.Messenger, null!, practice.Contacts, null!), $$"""{"instruction":{{written}}}"""));
    }

    private static string[] Paths(NodeType node, string config) =>
        [.. node.Check(JsonElement.Parse(config)).Where(p => p.Severity == ProblemSeverity.Warning).Select(p => p.Path)];
}
