using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Tests.Components.Shared;

public sealed class FailureWordsTests
{
    private static readonly Dictionary<string, string> Steps = new() { ["node_find"] = "Find the client" };

    [Theory]
    [InlineData("Charge: amount: $initialPayload.lines has no value: the data that started the run has no field lines. Check the name, or "
        + "give a default: {{ $initialPayload.lines ?? \"…\" }}.",
        "“Charge” needs data that is not there: “lines” in the data that started the run.")]
    [InlineData("Charge: to: $node.node_find.e_mail has no value: it is empty. subject: $initialPayload has no value: the run "
        + "was started without data.",
        "“Charge” needs data that is not there: “e mail” from the step “Find the client”, everything in the data that started the run.")]
    [InlineData("Charge: to: $item.phone is empty (null), so there is nothing to put into the text.",
        "“Charge” needs data that is not there: “phone” of the item.")]
    [InlineData("Charge: to: $contact[0].name has no value.", "“Charge” needs data that is not there: “contact.[0].name”.")]
    public void Of_MissingData_NamesTheStepAndTheData(string message, string expected) =>
        Assert.Equal(expected, FailureWords.Of("unresolved_reference", message, "Charge", Steps));

    [Theory]
    [InlineData("The number is unknown. Give a default: {{ $node.a ?? 1 }}.", "The number is unknown.")]
    [InlineData("{{ $node.a }} is no list.", "“Charge” could not be done.")]
    [InlineData("The gift costs $5.", "The gift costs $5.")]
    [InlineData(null, "“Charge” could not be done.")]
    public void Of_AnythingElse_LeavesOutSentencesOfCode(string? message, string expected) =>
        Assert.Equal(expected, FailureWords.Of("no_luck", message, "Charge", Steps));
}
