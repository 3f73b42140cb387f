using System.Text.Json;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Components.Editor.Values;

public sealed class CompletionTests
{
    private static readonly IReadOnlyList<KnownValue> Values =
    [
        Value("$initialPayload.first_name"), Value("$node.intake_1.summary"), Value("$google_review_url"), Value("$now"),
    ];

    [Theory]
    [InlineData("Hey {{ ", "$initialPayload.first_name,$node.intake_1.summary,$google_review_url,$now")]
    [InlineData("Hey {{ first", "$initialPayload.first_name")]
    [InlineData("Hey {{ $n", "$node.intake_1.summary,$now")]
    [InlineData("{{ a ?? summ", "$node.intake_1.summary")]
    [InlineData("Hey first", null)]
    [InlineData("{{ $now }} first", null)]
    [InlineData("{{ nothing", null)]
    public void At_TheEndOfAText_ProposesWhatFits(string text, string? expected) =>
        Assert.Equal(
            expected, Completion.At(text, text.Length, Values) is { } c ? string.Join(",", c.Proposals.Select(p => p.Path)) : null);

    [Theory]
    [InlineData("Hey {{ fir", 10, "Hey {{ $initialPayload.first_name }}", 36)]
    [InlineData("Hey {{fir", 9, "Hey {{ $initialPayload.first_name }}", 36)]
    [InlineData("Hey {{ fir }}!", 10, "Hey {{ $initialPayload.first_name }}!", 33)]
    public void Accept_AProposal_ReplacesTheWordAndClosesTheExpression(string text, int caret, string expected, int expectedCaret) =>
        Assert.Equal((expected, expectedCaret), Completion.At(text, caret, Values)!.Accept(text, Values[0]));

    [Theory]
    [InlineData("Hey !", "Hey {!", 5)]
    [InlineData("Hey", "Hey {", 5)]
    [InlineData("Hey you", "Hey", 3)]
    [InlineData("", "{{", 2)]
    public void CaretAfter_AnEdit_IsBehindWhatWasWritten(string before, string after, int expected) =>
        Assert.Equal(expected, Completion.CaretAfter(before, after));

    [Fact]
    public void Written_ATextInPieces_IsTheTextAgain()
    {
        var pieces = TextPieces.Written("Hey {{ $now }}, {{ a b }} and {{ open");

        Assert.Equal("Hey {{ $now }}, {{ a b }} and {{ open", string.Concat(pieces.Select(p => p.Text)));
        Assert.Equal(
            [TextPieceKind.Plain, TextPieceKind.Value, TextPieceKind.Plain, TextPieceKind.Missing, TextPieceKind.Plain,
                TextPieceKind.Missing],
            pieces.Select(p => p.Kind));
    }

    [Fact]
    public void Read_WithARun_PutsInWhatIsKnown()
    {
        var sample = new RunSample(Guid.Empty, default, JsonElement.Parse("""{"name":"Maria","age":41}"""),
            [new StepSample("a", default, JsonElement.Parse("""{"x":"y"}"""), null)]);
        var pieces = TextPieces.Read(
            "{{ $initialPayload.name }}, {{ age }}, {{ $node.a.x }}, {{ $node.b.x }}", new SampleScope(sample, []));

        Assert.Equal("Maria, 41, y, {{ $node.b.x }}", string.Concat(pieces.Select(p => p.Text)));
        Assert.Equal(TextPieceKind.Missing, pieces[^1].Kind);
    }

    [Fact]
    public void KnownValues_OfAStep_AreThoseBeforeItNearestFirst()
    {
        var definition = new WorkflowDefinition
        {
            Trigger = new WorkflowTrigger { Type = "manual" },
            Nodes =
            [
                new WorkflowNode { Id = "a", Type = "set", Name = "First", Config = JsonElement.Parse("""{"values":{"greeting":"Hi"}}""") },
                new WorkflowNode { Id = "r", Type = "reminder" },
                new WorkflowNode { Id = "last", Type = "reminder" },
                new WorkflowNode { Id = "aside", Type = "set" },
            ],
            Links = [new("trigger", null, "a"), new("a", null, "r"), new("r", null, "last"), new("trigger", null, "aside")],
        };

        var paths = KnownValues.Of(definition, new NodeCatalog([new SetNode(), new ReminderNode()]), "last", null)
            .Select(v => v.Path).ToList();

        Assert.Equal("$review_url", paths[0]);
        Assert.Contains("$initialPayload.first_name", paths);
        Assert.Equal(
            ["$node.r.sent_to", "$node.r.count", "$node.a.greeting"], paths.Where(p => p.StartsWith("$node", StringComparison.Ordinal)));
        Assert.Contains("$now", paths);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("Hello", 1)]
    [InlineData("Grüße €", 1)]
    [InlineData("Привет", 1)]
    public void Messages_AShortText_IsOne(string text, int expected) => Assert.Equal(expected, SmsLength.Messages(text));

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('ж', 70, 1)]
    [InlineData('ж', 71, 2)]
    [InlineData('ж', 135, 3)]
    public void Messages_ALongText_IsCutAsTheStandardSays(char c, int count, int expected) =>
        Assert.Equal(expected, SmsLength.Messages(new string(c, count)));

    private static KnownValue Value(string path) => new(path, path, "text", "bolt", default);
}
