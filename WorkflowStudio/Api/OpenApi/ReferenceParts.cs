using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>What the operations of a document share: shapes, headers, refusals, the key.</summary>
internal sealed class ReferenceParts
{
    private static readonly Dictionary<int, string> Refusals = new()
    {
        [400] = "The request cannot be read: broken JSON, a name twice, text that is not in its charset, a host that is not ours.",
        [401] = "No key, or one that is not good: unknown, revoked, expired, or used from another network.",
        [403] = "The key may not do this: the message names the scope, or what a grant does not give.",
        [404] = "There is nothing of this id, or nothing that this key sees.",
        [409] = "It does not fit how things stand; or the first request with this Idempotency-Key is still being worked on.",
        [412] = "It was changed meanwhile: it no longer has the ETag of If-Match.",
        [413] = "The body is larger than 1 MiB.",
        [415] = "The body is of a kind that is not taken here, or packed.",
        [422] = "The request is wrong in what it says; every place that is wrong is named.",
        [429] = "More than this key may ask in a second. Retry-After says when to come again.",
        [500] = "Something went wrong on our side. Nothing was stored.",
        [503] = "The database cannot be reached or written just now. Send the request again, with its Idempotency-Key.",
    };

    private static readonly (string Name, JsonObject Shape)[] Headers =
    [
        ("ETag", Shape.Text("The state of what is answered: for If-None-Match and If-Match.")),
        ("Location", Shape.Text("The path of what was made, or where to look at it.")),
        ("Idempotency-Replayed", Shape.Always("true", "This is the stored answer of the first request with the Idempotency-Key.")),
        ("Retry-After", Shape.Whole("Seconds after which to ask again.")),
        ("X-RateLimit-Limit", Shape.Whole("How much the key may ask in a second.")),
        ("X-RateLimit-Remaining", Shape.Whole("How much of that is left.")),
        ("X-RateLimit-Reset", Shape.Whole("When it is renewed, in Unix seconds.")),
    ];

    private readonly OpenApiDocument document;
    private readonly IDialectReference reference;

    public ReferenceParts(OpenApiDocument document, IDialectReference reference)
    {
        (this.document, this.reference) = (document, reference);
        Examples = ReferenceExamples.Of(reference.Dialect.Name);
        Components = new OpenApiComponents
        {
            Schemas = new Dictionary<string, IOpenApiSchema>(),
            Headers = Headers.ToDictionary(h => h.Name, h => (IOpenApiHeader)new OpenApiHeader
            { Description = (string?)h.Shape["description"], Schema = ReferenceDocument.Schema(h.Shape, document) }),
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [ReferenceDocument.Key] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer",
                    Description = "A key of the workspace: `sk_live_…` for real work, `sk_test_…` for its sandbox. Each operation names "
                        + "the scope that the key needs.",
                },
            },
            Responses = new Dictionary<string, IOpenApiResponse>(),
        };
        document.Components = Components;
        foreach (var (name, shape) in reference.Shapes) Components.Schemas[name] = ReferenceDocument.Schema(shape, document);
        foreach (var status in Refusals.Keys) Components.Responses[NameOf(status)] = Refusal(status, Refusals[status], Told(status));
    }

    /// <summary>The recorded messages.</summary>
    public IReadOnlyList<ReferenceExample> Examples { get; }

    public OpenApiComponents Components { get; }

    /// <summary>A refusal that many operations have.</summary>
    public IOpenApiResponse Refusal(int status) => new OpenApiResponseReference(NameOf(status), document);

    /// <summary>A refusal with words of its own.</summary>
    public OpenApiResponse Refusal(int status, string words, IEnumerable<ReferenceExample> such) => new()
    {
        Description = words + (status == reference.Validation && status != StatusCodes.Status422UnprocessableEntity
            ? " Or it is wrong in what it says; every place that is wrong is named." : ""),
        Headers = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status409Conflict
            ? Header("Retry-After") : null,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [reference.Dialect.ProblemType.Split(';')[0]] = new OpenApiMediaType
            { Schema = new OpenApiSchemaReference("Error", document), Examples = Samples(such, e => e.Answer) },
        },
    };

    /// <summary>Headers by their names.</summary>
    public Dictionary<string, IOpenApiHeader> Header(params IEnumerable<string> names) =>
        names.ToDictionary(n => n, n => (IOpenApiHeader)new OpenApiHeaderReference(n, document));

    /// <summary>Examples by their names, those of the reference texts first; null for none.</summary>
    public static Dictionary<string, IOpenApiExample>? Samples(IEnumerable<ReferenceExample> all, Func<ReferenceExample, JsonNode?> part)
    {
        var samples = all.Where(e => part(e) is not null)
            .OrderByDescending(e => e.Name.Contains("reference", StringComparison.Ordinal))
            .ToDictionary(e => e.Name, e => (IOpenApiExample)new OpenApiExample
            { Summary = Words(e.Name), Value = part(e)!.DeepClone() });
        return samples.Count == 0 ? null : samples;
    }

    // those that say the same are one
    private IEnumerable<ReferenceExample> Told(int status) => Examples.Where(e => e.Status == status && e.Answer is JsonObject)
        .OrderByDescending(e => e.Name.StartsWith("problem", StringComparison.Ordinal))
        .DistinctBy(e => CodeOf(e) ?? e.Name);

    private static string? CodeOf(ReferenceExample refusal) =>
        (string?)refusal.Answer!["code"] ?? (string?)(refusal.Answer["error"] as JsonObject)?["code"];

    private static string Words(string name)
    {
        var words = name.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string NameOf(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);
}
