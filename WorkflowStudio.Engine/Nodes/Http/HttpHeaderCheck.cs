using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>
/// Finds headers of a request that cannot be sent, as far as they stand in the workflow; what expressions make of them is seen before the
/// call.
/// </summary>
internal static class HttpHeaderCheck
{
    /// <summary>An error for each.</summary>
    public static IEnumerable<SettingProblem> Problems(JsonElement config) => Of(config, "headers").Concat(Of(config, "secret_headers"));

    private static IEnumerable<SettingProblem> Of(JsonElement config, string setting)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty(setting, out var headers)
            || headers.ValueKind != JsonValueKind.Object) yield break;
        foreach (var header in headers.EnumerateObject())
        {
            var fixedValue = header.Value.ValueKind == JsonValueKind.String && header.Value.GetString() is { } value
                && !Template.Contains(value) ? value : "";
            if (HttpHeaderRule.Problem(header.Name, fixedValue) is not { } problem) continue;
            yield return SettingProblem.Wrong(JsonPlace.Property(setting, header.Name), problem);
        }
    }
}
