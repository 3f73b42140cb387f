using Microsoft.Net.Http.Headers;

namespace WorkflowStudio.Api;

/// <summary>Conditional requests (RFC 9110, section 13): If-Match for changes, If-None-Match for reads. Tags are strong.</summary>
internal static class Preconditions
{
    /// <summary>The tags of which what is changed has to have one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tags">The tags without quotes; null for any.</param>
    /// <returns>False when the header cannot be read.</returns>
    public static bool TryReadIfMatch(HttpRequest request, out IReadOnlyList<string>? tags)
    {
        tags = null;
        if (request.Headers.IfMatch.Count == 0) return true;
        if (!EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch!, out var read)) return false;
        if (read.Any(t => t.Tag == "*")) return true;
        tags = [.. read.Where(t => !t.IsWeak).Select(t => t.Tag.ToString().Trim('"'))];
        return true;
    }

    /// <summary>Whether the client has the answer already.</summary>
    public static bool IsKnown(HttpRequest request, ApiAnswer answer) =>
        answer is { Tag: { } tag, Status: StatusCodes.Status200OK } && HttpMethods.IsGet(request.Method)
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch!, out var known)
        && known.Any(t => t.Tag == "*" || t.Tag.ToString().Trim('"') == tag);
}
