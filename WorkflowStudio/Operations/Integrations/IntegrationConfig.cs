using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Operations.Integrations;

/// <summary>
/// The settings of integrations. What can hold a secret is shown masked, and that is everything that is not known to hold none. A mask that
/// is sent back leaves as it is what it stands for.
/// </summary>
internal static class IntegrationConfig
{
    /// <summary>What stands for a secret.</summary>
    public const string Mask = "●●●";

    private static readonly Dictionary<string, (string Needed, bool IsAddress)> Kinds = new(StringComparer.Ordinal)
    {
        ["slack"] = ("webhook_url", true),
        ["email"] = ("to", false),
        ["webhook"] = ("url", true),
    };

    private static readonly HashSet<string> Open = new(StringComparer.Ordinal) { "channel", "to", "subject", "template", "method" };

    /// <summary>The kinds of integrations.</summary>
    public static IReadOnlyList<string> AllKinds { get; } = [.. Kinds.Keys];

    /// <summary>What is wrong with settings of a kind.</summary>
    public static IEnumerable<WorkflowProblem> Problems(string kind, JsonObject config)
    {
        if (!Kinds.TryGetValue(kind, out var rule))
        {
            yield return Wrong("integration_type", $"There is no integration type {kind}. Known: {string.Join(", ", AllKinds)}.");
            yield break;
        }

        var value = config[rule.Needed];
        if (value is null)
            yield return WorkflowProblem.Error(WorkflowProblemCodes.MissingField, $"config.{rule.Needed}", null,
                $"The field config.{rule.Needed} is missing.");
        else if (Text(value) is not { Length: > 0 } text)
            yield return Wrong($"config.{rule.Needed}", $"The field config.{rule.Needed} has to be text.");
        else if (rule.IsAddress && !(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return Wrong($"config.{rule.Needed}", $"The field config.{rule.Needed} has to be an address that begins with https://.");
    }

    /// <summary>Settings for people: secrets are masked.</summary>
    public static JsonObject Shown(JsonObject config) =>
        [.. config.Select(p => KeyValuePair.Create(p.Key, Open.Contains(p.Key) ? p.Value?.DeepClone() : Masked(p.Value)))];

    /// <summary>The present settings with those that are sent in their places; null takes one away.</summary>
    public static JsonObject Merged(JsonObject present, JsonObject sent)
    {
        var merged = present.DeepClone().AsObject();
        foreach (var (name, value) in sent)
        {
            if (value is null) merged.Remove(name);
            else merged[name] = Unmasked(present[name], value);
        }

        return merged;
    }

    private static JsonNode Unmasked(JsonNode? present, JsonNode sent) => (present, sent) switch
    {
        ({ } node, _) when JsonNode.DeepEquals(Masked(node), sent) => node.DeepClone(),
        (JsonObject before, JsonObject now) => new JsonObject(now.Select(p => KeyValuePair.Create(
            p.Key, p.Value is { } value ? Unmasked(before[p.Key], value) : null))),
        _ => sent.DeepClone(),
    };

    // the host of an address says where things go, what is behind it is as good as a key
    private static JsonNode? Masked(JsonNode? value) => value switch
    {
        null => null,
        JsonObject inner => new JsonObject(inner.Select(p => KeyValuePair.Create(p.Key, Masked(p.Value)))),
        _ when Text(value) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" =>
            $"{url.Scheme}://{url.IdnHost}/{Mask}",
        _ => Mask,
    };

    private static string? Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static WorkflowProblem Wrong(string path, string message) =>
        WorkflowProblem.Error(WorkflowProblemCodes.WrongField, path, null, message);
}
