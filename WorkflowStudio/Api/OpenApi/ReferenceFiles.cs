using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>The OpenAPI documents as they are sent: made when the first one asks, then kept.</summary>
internal sealed class ReferenceFiles(IServiceProvider services)
{
    private readonly ConcurrentDictionary<(string Dialect, bool IsYaml), Lazy<Task<File>>> made = new();

    /// <summary>Answers with a document.</summary>
    public async Task SendAsync(HttpContext http, string dialect, bool isYaml)
    {
        var file = await FileAsync(dialect, isYaml);
        var headers = http.Response.GetTypedHeaders();
        (headers.ETag, headers.CacheControl) = (file.Tag, new CacheControlHeaderValue { NoCache = true });
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(file.Tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = isYaml ? "application/yaml; charset=utf-8" : ApiAnswer.Json;
        http.Response.ContentLength = file.Bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(file.Bytes, http.RequestAborted);
    }

    /// <summary>The bytes of a document.</summary>
    public async Task<byte[]> ReadAsync(string dialect, bool isYaml) => (await FileAsync(dialect, isYaml)).Bytes;

    private Task<File> FileAsync(string dialect, bool isYaml) =>
        made.GetOrAdd((dialect, isYaml), key => new Lazy<Task<File>>(() => MakeAsync(key.Dialect, key.IsYaml))).Value;

    private async Task<File> MakeAsync(string dialect, bool isYaml)
    {
        // however many ask meanwhile: none of them ends the work of the others
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(dialect).GetOpenApiDocumentAsync(default);
        using var bytes = new MemoryStream();
        await (isYaml
            ? document.SerializeAsYamlAsync(bytes, OpenApiSpecVersion.OpenApi3_1, default)
            : document.SerializeAsJsonAsync(bytes, OpenApiSpecVersion.OpenApi3_1, default));
        var all = bytes.ToArray();
        return new File(all, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(all))[..32]}\""));
    }

    private sealed record File(byte[] Bytes, EntityTagHeaderValue Tag);
}
