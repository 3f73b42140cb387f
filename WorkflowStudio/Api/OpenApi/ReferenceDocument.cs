using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>
/// Makes the OpenAPI document of a dialect of what is mapped and of what the dialect says of it. It names no host: it is the same for
/// everybody, wherever this server is reached.
/// </summary>
internal sealed class ReferenceDocument(IEnumerable<IDialectReference> references, EndpointDataSource endpoints)
    : IOpenApiDocumentTransformer
{
    /// <summary>The name of the one way to say who asks.</summary>
    public const string Key = "key";

    /// <summary>The version of the documents. It counts up when a client has to change.</summary>
    private const string Version = "1.0";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var reference = references.Single(r => r.Dialect.Name == context.DocumentName);
        document.Info = new OpenApiInfo
        {
            Title = $"WorkflowStudio: {reference.Title}", Version = Version, Description = reference.Words,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server" }];
        var parts = new ReferenceParts(document, reference);
        document.Components = parts.Components;
        document.Tags = new HashSet<OpenApiTag>(reference.Addresses.Select(a => a.Group).Distinct().Select(g =>
            new OpenApiTag { Name = g }));
        document.Paths = [];
        foreach (var path in reference.Addresses.GroupBy(a => a.In(reference.Dialect)))
        {
            var item = new OpenApiPathItem { Operations = [] };
            foreach (var address in path)
                item.Operations[HttpMethod.Parse(address.Method)] = new ReferenceOperation(document, reference, parts, address).Make(
                    ScopeOf(path.Key, address.Method));
            document.Paths[path.Key] = item;
        }

        return Task.CompletedTask;
    }

    /// <summary>What JSON Schema says, as the document holds it.</summary>
    public static IOpenApiSchema Schema(JsonNode shape, OpenApiDocument document)
    {
        if (shape["$ref"] is { } name) return new OpenApiSchemaReference(((string)name!)[Shape.Names.Length..], document);
        var schema = OpenApiModelFactory.Parse<OpenApiSchema>(
            shape.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var told, OpenApiConstants.Json);
        return schema is not null && told.Errors.Count == 0
            ? schema
            : throw new InvalidOperationException($"No schema can be made of {shape}: {told.Errors.FirstOrDefault()}");
    }

    // null where no key is asked for
    private string? ScopeOf(string path, string method)
    {
        var endpoint = endpoints.Endpoints.OfType<RouteEndpoint>().FirstOrDefault(e => e.RoutePattern.RawText == path
            && e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            ?? throw new InvalidOperationException($"{method} {path} is described and not mapped.");
        return endpoint.Metadata.GetMetadata<KeyedAddress>() is { } keyed ? Scopes.Of(keyed.Needs) : null;
    }
}
