using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>
/// Says what a webhook that waits for it answers. It sends nothing itself: its output is the answer, and whoever waits reads it once it is
/// durable. Where nobody waits it is an output like any other.
/// </summary>
[Step("respond", "Answer the webhook", NodeGroup.Flow, "send", HandsOn = true,
    Does = "Answers whoever posted to the workflow's webhook and waits for it; the run goes on. Only the first answer of a run goes out. "
        + "Where nobody waits it is recorded.",
    Example = """{"status":200,"body":{"greeting":"Hello {{ $initialPayload.first_name ?? \"there\" }}"}}""")]
public sealed class RespondNode : ComputingNode<RespondSettings, RespondOutput>
{
    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { } settings ? Card.Fit(settings.Status.ToString(CultureInfo.InvariantCulture)) : null;

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty("headers", out var headers)
            && headers.ValueKind == JsonValueKind.Object
            ? headers.EnumerateObject().Select(h => Problem(h.Name, Written(h.Value))).OfType<SettingProblem>()
            : [];

    /// <inheritdoc/>
    protected override NodeOutcome Execute(RespondSettings settings, NodeInput input, CancellationToken cancellationToken) =>
        settings.Headers.Select(h => Problem(h.Key, h.Value)).FirstOrDefault(p => p is not null) is { } wrong
            ? SettingsFailure.Of(wrong)
            : Complete(new RespondOutput(
                settings.Status, settings.Body.ValueKind == JsonValueKind.Undefined ? null : settings.Body, settings.Headers));

    private static string Written(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && !Template.Contains(value.GetString()!) ? value.GetString()! : "";

    private static SettingProblem? Problem(string name, string value) => AnswerHeaderRule.Problem(name, value) is { } why
        ? SettingProblem.Wrong(JsonPlace.Property("headers", name), why)
        : null;
}

/// <summary>The settings of <see cref="RespondNode"/>.</summary>
public sealed record RespondSettings
{
    /// <summary>The HTTP status.</summary>
    [Setting("Status", Description = "200 says that all went well, 400 that what was posted is wrong.", Min = 200, Max = 599)]
    public int Status { get; init; } = 200;

    /// <summary>The body.</summary>
    [Setting("Body", Description = "Text goes out as it is, anything else as JSON.")]
    public JsonElement Body { get; init; }

    /// <summary>The headers.</summary>
    [Setting("Headers", Description = "Without Content-Type, text is text/plain and anything else application/json.", Max = 10,
        Advanced = true)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>The output of <see cref="RespondNode"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Headers">The headers.</param>
public sealed record RespondOutput(
    [property: Setting("Status")] int Status, [property: Setting("Body")] JsonElement? Body,
    [property: Setting("Headers")] IReadOnlyDictionary<string, string> Headers);
