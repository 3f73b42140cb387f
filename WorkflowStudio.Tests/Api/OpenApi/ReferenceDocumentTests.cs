using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Api.V1;
using WorkflowStudio.Operations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.OpenApi;

/// <summary>The OpenAPI document of each dialect: whole, readable, and as it was approved.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ReferenceDocumentTests(StudioApp app)
{
    public static TheoryData<string> Names => [.. ReferenceSetup.Names];

    private IReadOnlyList<IDialectReference> References => [.. app.Services.GetServices<IDialectReference>()];

    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Mapped =>
        from endpoint in app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = endpoint.RoutePattern.RawText!
        where path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/workflows", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        // they follow from GET and from CORS
        where method is not ("HEAD" or "OPTIONS")
        select (method, path, endpoint);

    /// <summary>STUDIO_WRITE_DOCS=1 writes them anew. Read what differs: it is what clients are told.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Document_IsAsItWasApproved(string name)
    {
        var file = Path.Combine(Repository.Root, "WorkflowStudio.Tests", "Api", "OpenApi", "Approved", name + ".json");
        var made = Encoding.UTF8.GetString(await app.Get<ReferenceFiles>().ReadAsync(name, isYaml: false)).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("STUDIO_WRITE_DOCS") == "1") await File.WriteAllTextAsync(file, made);
        Assert.Equal(await File.ReadAllTextAsync(file), made);
    }

    [Fact]
    public void EveryAddress_IsDescribed()
    {
        var described = References.ToDictionary(
            r => r.Dialect.Name, r => r.Addresses.Select(a => $"{a.Method} {a.In(r.Dialect)}").ToHashSet());
        Assert.All(Mapped, m =>
        {
            var address = $"{m.Method} {m.Path}";
            var dialect = m.Endpoint.Metadata.GetMetadata<KeyedAddress>()?.Dialect;
            var speaking = dialect is null or V1Dialect ? described.Values.SelectMany(d => d) : described[dialect.Name];
            Assert.True(speaking.Contains(address),
                $"{address} is not described: say what it takes and answers in Api/Dialects/{dialect?.Name ?? "…"}/Reference.cs.");
        });
        var mapped = Mapped.Select(m => $"{m.Method} {m.Path}").ToHashSet();
        Assert.All(described.Values.SelectMany(d => d), address => Assert.Contains(address, mapped));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Document_IsOpenApi31WithoutErrors(string name)
    {
        foreach (var isYaml in new[] { false, true })
        {
            var text = Encoding.UTF8.GetString(await app.Get<ReferenceFiles>().ReadAsync(name, isYaml));
            if (isYaml)
            {
                Assert.StartsWith("openapi: '3.1.", text, StringComparison.Ordinal);
                continue;
            }

            var read = OpenApiDocument.Parse(text, "json");
            Assert.Empty(read.Diagnostic!.Errors);
            Assert.Empty(read.Diagnostic.Warnings);
            Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Operations_SayWhatTheyDoAndNeed(string name)
    {
        var document = await DocumentAsync(name);
        var ids = document.Operations.Select(o => (string)o.Operation["operationId"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(document.Operations, o =>
        {
            Assert.Matches(@"^\p{Lu}.*[^.]$", (string)o.Operation["summary"]!);
            var needs = Mapped.Single(m => m.Path == o.Path && m.Method == o.Method).Endpoint.Metadata.GetMetadata<KeyedAddress>()?.Needs;
            var scopes = o.Operation["security"]!.AsArray().SelectMany(s => s!["key"]!.AsArray()).Select(s => (string)s!).ToList();
            Assert.Equal(needs is { } permission ? [Scopes.Of(permission)!] : [], scopes);
            Assert.Contains(o.Operation["responses"]!.AsObject(), r => r.Key[0] == '2');
            foreach (var parameter in o.Operation["parameters"]?.AsArray() ?? [])
                Assert.False(string.IsNullOrWhiteSpace((string?)parameter!["description"]), $"{o.Method} {o.Path}: {parameter}");
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Fields_HaveWords(string name)
    {
        var shapes = (await DocumentAsync(name)).Document["components"]!["schemas"]!.AsObject();
        var mute = new List<string>();
        foreach (var (shape, schema) in shapes.Where(s => !s.Key.StartsWith("Config.", StringComparison.Ordinal))) Look(schema!, shape);
        Assert.Empty(mute);

        void Look(JsonNode schema, string place)
        {
            if (schema is not JsonObject) return;
            foreach (var (field, own) in schema["properties"] as JsonObject ?? [])
            {
                if (own!["description"] is null && own["$ref"] is null && own["items"] is null) mute.Add($"{place}.{field}");
                Look(own, $"{place}.{field}");
            }

            if (schema["items"] is { } items) Look(items, place + "[]");
        }
    }

    [Fact]
    public async Task Documents_AreTheSameForEverybodyAndKeptByTag()
    {
        using var client = app.CreateClient();
        foreach (var name in ReferenceSetup.Names)
        {
            using var first = await client.GetAsync($"/openapi/{name}.json");
            Assert.Equal("application/json; charset=utf-8", first.Content.Headers.ContentType!.ToString());
            var text = await first.Content.ReadAsStringAsync();
            Assert.DoesNotContain("WorkflowStudio.Api", text, StringComparison.Ordinal);
            using var again = new HttpRequestMessage(HttpMethod.Get, $"/openapi/{name}.json");
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            again.Headers.Host = "127.0.0.1:5080";
            using var answer = await client.SendAsync(again);
            Assert.Equal(StatusCodes.Status304NotModified, (int)answer.StatusCode);
            using var yaml = await client.GetAsync($"/openapi/{name}.yaml");
            Assert.Equal("application/yaml; charset=utf-8", yaml.Content.Headers.ContentType!.ToString());
        }

        using var none = await client.GetAsync("/openapi/none.json");
        Assert.Equal(StatusCodes.Status404NotFound, (int)none.StatusCode);
    }

    private async Task<DocumentedShapes> DocumentAsync(string name) =>
        new(Encoding.UTF8.GetString(await app.Get<ReferenceFiles>().ReadAsync(name, isYaml: false)));
}
