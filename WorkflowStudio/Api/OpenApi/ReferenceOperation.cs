using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>Makes the operation of an address: what every request goes through is added to what its dialect says of it.</summary>
internal sealed class ReferenceOperation(
    OpenApiDocument document, IDialectReference reference, ReferenceParts parts, DescribedAddress address)
{
    private const string Json = "application/json";

    private readonly bool hasBody = address.Method is "POST" or "PUT" or "PATCH";
    private readonly bool isPost = address.Method == "POST";
    private readonly IReadOnlyList<ReferenceExample> examples = [.. parts.Examples.At(reference, address)];

    /// <summary>The operation.</summary>
    /// <param name="scope">What a key needs for it; null where none is asked for.</param>
    public OpenApiOperation Make(string? scope)
    {
        var isKeyed = scope is not null;
        return new OpenApiOperation
        {
            OperationId = IdOf(address.Summary),
            Summary = address.Summary,
            Description = string.Join("\n\n", new[] { address.More, isKeyed ? $"Scope: `{scope}`" : "No key." }.Where(t => t.Length > 0)),
            Tags = new HashSet<OpenApiTagReference> { new(address.Group, document) },
            Security = scope is null
                ? [] : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ReferenceDocument.Key, document)] = [scope] }],
            Parameters = [.. Parameters()],
            RequestBody = TakesBody ? Body() : null,
            Responses = Responses(isKeyed),
        };
    }

    /// <summary>The id of an operation, made of what it does.</summary>
    public static string IdOf(string summary)
    {
        var words = summary.Split([' ', ',', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w is not ("a" or "an" or "the" or "of" or "it" or "its")).Select(w =>
                char.ToUpperInvariant(w[0]) + w[1..].ToLowerInvariant());
        var name = string.Concat(words);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private IEnumerable<IOpenApiParameter> Parameters()
    {
        var before = "";
        foreach (var part in address.In(reference.Dialect).Split('/'))
        {
            if (part is ['{', .. var name, '}'])
                yield return Parameter(new(name, Shape.Text(reference.IdWords(before, name))) { IsNeeded = true }, ParameterLocation.Path);
            else before = part;
        }

        foreach (var own in address.Parameters)
            yield return Parameter(own, own.IsHeader ? ParameterLocation.Header : ParameterLocation.Query);
        if (isPost)
            yield return Header("Idempotency-Key", Shape.Text("Makes it happen once: for 24 hours the same key with the same body gets "
                + "the first answer again.", 1, 255));
        if (address.IsTagged && address.Method == "GET")
            yield return Header("If-None-Match", Shape.Text("The ETag of an answer that is there already: 304 while nothing has changed."));
        if (address.IsTagged && address.Method is "PUT" or "PATCH")
            yield return Header("If-Match",
                Shape.Text("The ETag of an answer: nothing is changed when somebody else has changed it since."));
    }

    private IOpenApiParameter Header(string name, JsonObject shape) => Parameter(new(name, shape), ParameterLocation.Header);

    private OpenApiParameter Parameter(DescribedParameter said, ParameterLocation where)
    {
        var shape = (JsonObject)said.Shape.DeepClone();
        shape.Remove("description", out var words);
        return new OpenApiParameter
        {
            Name = said.Name, In = where, Required = said.IsNeeded, Description = (string?)words,
            Schema = ReferenceDocument.Schema(shape, document),
        };
    }

    private bool TakesBody => address.Body is not null || address.OtherBodies.Count > 0;

    private OpenApiRequestBody Body()
    {
        var content = new Dictionary<string, OpenApiMediaType>();
        if (address.Body is { } shape) content[Json] = Media(shape, e => e.IsWell && e.Type == Json, e => e.Body);
        foreach (var (type, other) in address.OtherBodies)
            content[type] = Media(other, e => e.IsWell && e.Type == type, e => e.Body);
        return new OpenApiRequestBody { Required = !address.BodyMayBeMissing, Content = content };
    }

    private OpenApiMediaType Media(JsonObject shape, Func<ReferenceExample, bool> which, Func<ReferenceExample, JsonNode?> part) => new()
    {
        Schema = ReferenceDocument.Schema(shape, document),
        Examples = ReferenceParts.Samples(examples.Where(which), part),
    };

    private OpenApiResponses Responses(bool isKeyed)
    {
        var all = new SortedDictionary<int, IOpenApiResponse>();
        foreach (var answers in address.Answers.GroupBy(a => a.Status)) all[answers.Key] = Answer([.. answers], isKeyed);
        if (address.IsTagged && address.Method == "GET")
            all[304] = new OpenApiResponse { Description = "Nothing has changed.", Headers = parts.Header("ETag") };
        foreach (var status in Refusals(isKeyed)) all.TryAdd(status, parts.Refusal(status));
        if (address.Conflict is { } words)
            all[409] = parts.Refusal(
                409, words + (isPost ? " Or the first request with this Idempotency-Key is still being worked on." : ""),
                examples.Where(e => e.Status == 409));
        var responses = new OpenApiResponses();
        foreach (var (status, response) in all) responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = response;
        return responses;
    }

    private OpenApiResponse Answer(IReadOnlyList<DescribedAnswer> answers, bool isKeyed)
    {
        var answer = answers[0];
        var headers = new List<string>();
        if (answer.HasLocation) headers.Add("Location");
        if (address.IsTagged && answer.Status < 204) headers.Add("ETag");
        if (isPost) headers.Add("Idempotency-Replayed");
        if (isKeyed) headers.AddRange(["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]);
        return new OpenApiResponse
        {
            Description = answer.Words,
            Headers = parts.Header(headers),
            Content = answer.Shape is null ? null : answers.ToDictionary(
                a => a.Type, a => Media(a.Shape!, e => e.Status == a.Status && e.AnswerType == a.Type, e => e.Answer)),
        };
    }

    private IEnumerable<int> Refusals(bool isKeyed)
    {
        yield return StatusCodes.Status400BadRequest;
        if (isKeyed) yield return StatusCodes.Status401Unauthorized;
        yield return StatusCodes.Status403Forbidden;
        if (address.NamesOthers || address.Path.Contains('{', StringComparison.Ordinal)) yield return StatusCodes.Status404NotFound;
        if (isPost) yield return StatusCodes.Status409Conflict;
        if (address.IsTagged && address.Method is "PUT" or "PATCH") yield return StatusCodes.Status412PreconditionFailed;
        if (hasBody)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return reference.Validation;
            if (isPost) yield return reference.KeyConflict;
            if (TakesBody) yield return StatusCodes.Status415UnsupportedMediaType;
        }
        else if (address.Parameters.Any(p => !p.IsHeader)) yield return reference.Validation;

        yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status500InternalServerError;
        yield return StatusCodes.Status503ServiceUnavailable;
    }
}
