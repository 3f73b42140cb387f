using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>Finds secrets that are written into the headers of a request, where everybody who may open the workflow reads them.</summary>
internal static class HttpSecrets
{
    private static readonly string[] Names = ["authorization", "proxy-authorization", "cookie"];

    // parts of the names that services give such headers: X-Api-Key, X-Auth-Token, X-Client-Secret
    private static readonly string[] Parts = ["api-key", "apikey", "token", "secret", "password"];

    /// <summary>A warning for each.</summary>
    public static IEnumerable<SettingProblem> Problems(JsonElement config) =>
        Written(config, "secret_headers", _ => true).Concat(Written(config, "headers", IsForSecrets));

    /// <summary>Whether a header of this name is there for a secret.</summary>
    public static bool IsForSecrets(string header) =>
        Names.Contains(header, StringComparer.OrdinalIgnoreCase)
        || Parts.Any(part => header.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<SettingProblem> Written(JsonElement config, string setting, Func<string, bool> isMeant)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty(setting, out var headers)
            || headers.ValueKind != JsonValueKind.Object) yield break;
        foreach (var header in headers.EnumerateObject())
        {
            if (!isMeant(header.Name) || header.Value.ValueKind != JsonValueKind.String
                || header.Value.GetString() is not { Length: > 0 } value || Template.Contains(value)) continue;
            yield return new SettingProblem(
                WorkflowProblemCodes.SecretInDefinition, JsonPlace.Property(setting, header.Name),
                $"The value of {header.Name} stands in the workflow, where everybody who may open it can read it. Keep it in a connection "
                + "(under Connections: an HTTP API) and choose that.",
                ProblemSeverity.Warning);
        }
    }
}
