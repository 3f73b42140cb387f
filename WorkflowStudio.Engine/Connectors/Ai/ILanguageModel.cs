using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Ai;

/// <summary>A language model that answers in a given shape.</summary>
public interface ILanguageModel
{
    /// <summary>
    /// Asks the model of the tenant's <c>ai</c> connection. Null when there is none, and always in the sandbox, where nothing leaves the
    /// house: then the caller reads by rules. Problems: <c>model_unreachable</c>, <c>model_timeout</c>, <c>model_answer</c> (all
    /// retryable, unless an answer was cut off), <c>model_refused</c>, <c>model_settings</c>.
    /// </summary>
    Task<Answer<ModelReply>?> AskAsync(Tenant tenant, ModelQuestion question, CancellationToken cancellationToken);
}

/// <summary>A question to a language model.</summary>
/// <param name="Instruction">What the model is and does, in the words of the practice: nothing that others wrote.</param>
/// <param name="Text">What to read; data, never instruction. It goes out fenced and cut to 100,000 characters.</param>
/// <param name="ShapeName">A name of the answer's shape: letters and underscores.</param>
/// <param name="Shape">The answer's JSON Schema.</param>
/// <param name="Model">The model to take when the connection names none; null when the step names none either.</param>
/// <param name="Temperature">0 to 2, or null for the model's own.</param>
public sealed record ModelQuestion(string Instruction, string Text, string ShapeName, string Shape, string? Model, double? Temperature);

/// <summary>What a language model answered.</summary>
/// <param name="Value">The answer, an object.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
public sealed record ModelReply(JsonElement Value, string Model, int InputTokens, int OutputTokens)
{
    /// <summary>Tokens read and written.</summary>
    public int Tokens => InputTokens + OutputTokens;

    /// <summary>What it took, for a line of the log.</summary>
    public string Told => $"{InputTokens} tokens read, {OutputTokens} written by {Model}";

    /// <summary>A text of the answer as people see it, cut; null when the answer has none there.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="longest">At most so many characters.</param>
    public string? Text(string field, int longest) => Member(field) is { ValueKind: JsonValueKind.String } said
        ? ShownText.Fit(UntrustedText.Seen(said.GetString()!), longest) : null;

    /// <summary>Yes or no of the answer; null when it says neither there.</summary>
    public bool? Flag(string field) => Member(field)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private JsonElement? Member(string field) =>
        Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(field, out var member) ? member : null;
}
