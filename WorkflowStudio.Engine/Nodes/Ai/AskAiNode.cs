using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>Asks the language model that the workspace has connected.</summary>
[Step("ask_ai", "Ask AI", NodeGroup.Ai, "smart_toy", HasOutsideEffect = true, HandsOn = true,
    Does = "Asks the connected language model something about a text, and gives its answer to later steps. The text is data: what it "
        + "asks for is not done. Without a connected model, and in the sandbox, the step fails and says so, unless it has an answer for "
        + "that case.",
    Example = """
        {"prompt":"Is the client angry? Answer in one sentence.","text":"{{ $initialPayload.message ?? \"\" }}",
        "otherwise":"Nobody has looked at it yet."}
        """)]
public sealed class AskAiNode(ILanguageModel model) : NodeType<AskAiSettings, AskAiOutput>
{
    private const int LongestAnswer = 20_000;

    private const string AnswerShape = """
        {"type":"object","additionalProperties":false,"required":["answer"],"properties":{"answer":{"type":"string"}}}
        """;

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => ReadOrNull(config) is { } settings
        ? InstructionCheck.Of(settings.Prompt, "prompt", "Put it under Text.") : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { } settings ? Card.Fit(settings.Prompt.ReplaceLineEndings(" ")) : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(AskAiSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var question = new ModelQuestion(
            $"""
            {settings.Prompt}

            Put the answer into the field answer.
            """,
            settings.Text, "answer", AnswerShape, settings.Model.Length == 0 ? null : settings.Model, settings.Temperature);
        if (await model.AskAsync(input.Run.Tenant, question, cancellationToken) is not { } answer)
        {
            if (settings.Otherwise.Length == 0)
                return new NodeOutcome.Failed("no_model", "No language model is connected here (in the sandbox none is ever asked). "
                    + "Connect one under Connections, or write into the step what it answers without one.");
            input.Log(NodeLogLevel.Info, "No language model is connected; the step's own answer is taken.");
            return Complete(new AskAiOutput { Answer = settings.Otherwise, Reader = "none", Tokens = 0 });
        }

        if (!answer.Has(out var reply, out var problem)) return problem.AsFailure();
        if (reply.Text("answer", LongestAnswer) is not { } said)
            return new NodeOutcome.Failed(
                "model_answer", "The language model answered something else than was asked for. Try again, or ask it more plainly.", true);
        input.Log(NodeLogLevel.Info, reply.Told);
        return Complete(new AskAiOutput
        {
            Answer = AddedLinks.Without(said, settings.Prompt, settings.Text), Reader = "model", Model = reply.Model, Tokens = reply.Tokens,
        });
    }
}

/// <summary>The settings of <see cref="AskAiNode"/>.</summary>
public sealed record AskAiSettings
{
    /// <summary>What is asked.</summary>
    [Setting("Question", Description = "What the model is asked to do with the text.", Min = 1, Max = 8_000,
        Editor = FieldEditor.MultiLine)]
    public required string Prompt { get; init; }

    /// <summary>About what.</summary>
    [Setting("Text", Description = "What it reads: data, whatever it says.", Max = 100_000, Editor = FieldEditor.MultiLine)]
    public string Text { get; init; } = "";

    /// <summary>The answer when there is no model.</summary>
    [Setting("Without a model", Description = "What the step answers where no model is connected. Empty: it fails then.", Max = 8_000,
        Editor = FieldEditor.MultiLine)]
    public string Otherwise { get; init; } = "";

    /// <summary>The model.</summary>
    [Setting("Model", Description = "Used when the AI connection names no model of its own.", Max = 100, Advanced = true)]
    public string Model { get; init; } = "";

    /// <summary>How freely the model answers.</summary>
    [Setting("Temperature", Description = "0 answers the same way every time, 2 most freely.", Min = 0, Max = 2, Advanced = true)]
    public double Temperature { get; init; } = 0.2;
}

/// <summary>The output of <see cref="AskAiNode"/>.</summary>
public sealed record AskAiOutput
{
    [Setting("Answer", Description = "At most 20,000 characters, without links that stand neither in the question nor in the text.")]
    public required string Answer { get; init; }

    [Setting("Reader", Description = "model, or none where the step's own answer was taken.")]
    public required string Reader { get; init; }

    [Setting("Model", Description = "The model that answered.")]
    public string? Model { get; init; }

    [Setting("Tokens", Description = "How many tokens were read and written.")]
    public required int Tokens { get; init; }
}
