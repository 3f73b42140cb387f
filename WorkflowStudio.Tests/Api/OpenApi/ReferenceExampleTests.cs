using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Api.OpenApi;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.OpenApi;

/// <summary>The documents tell what goes over the wire: every recorded message is what the document of its dialect says.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class ReferenceExampleTests(StudioApp app)
{
    public static TheoryData<string> Names => [.. ReferenceSetup.Names];

    /// <summary>STUDIO_WRITE_DOCS=1 writes them anew; build then, for the app holds them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Examples_AreTheRecordedMessages(string name)
    {
        var file = Path.Combine(Repository.Root, "WorkflowStudio", "Api", "OpenApi", "Examples", name + ".jsonl");
        var made = ReferenceExamples.Write(RecordedMessages.Of(name));
        if (Environment.GetEnvironmentVariable("STUDIO_WRITE_DOCS") == "1") await File.WriteAllTextAsync(file, made);
        Assert.Equal(made, await File.ReadAllTextAsync(file));
        Assert.Equal(made, ReferenceExamples.Write(ReferenceExamples.Of(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Messages_AreAsTheDocumentSays(string name)
    {
        var (document, reference) = (await DocumentAsync(name), Reference(name));
        var wrong = new List<string>();
        var known = 0;
        foreach (var message in RecordedMessages.Of(name))
        {
            var address = ReferenceExamples.Find(reference, message);
            var operation = address is null ? null : document.Operation(address.In(reference.Dialect), address.Method);
            // what no address takes (a wrong method, an unknown path) is refused in the shape of every refusal
            var schema = operation is null
                ? new JsonObject { ["$ref"] = "#/components/schemas/Error" }
                : Schema(document.Response(operation, message.Status), message.AnswerType, message.Name, message.Status);
            if (operation is not null) known++;
            else if (message.IsWell && message.Method != "OPTIONS")
                wrong.Add($"{message.Name}: {message.Method} {message.Path} is not told of");
            if (schema is JsonValue gap) wrong.Add((string)gap!);
            else if (message.Answer is not null && document.Wrong(schema!, message.Answer, isTold: true) is { Length: > 0 } why)
                wrong.Add($"{message.Name}, the answer: {why}");
            if (operation?["requestBody"]?["content"]?[message.Type ?? ""]?["schema"] is { } body
                && message is { IsWell: true, Body: not null, Type: "application/json" }
                && document.Wrong(body, message.Body, isTold: false) is { Length: > 0 } not)
                wrong.Add($"{message.Name}, the body: {not}");
            if (message is { IsWell: true, Type: { } type } && operation is not null && operation["requestBody"]?["content"]?[type] is null)
                wrong.Add($"{message.Name}: {type} is taken and not told of");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(known > 15, "Hardly a message was asked: are they found?");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Addresses_HaveAnExampleWhereTheyAnswer(string name)
    {
        var document = await DocumentAsync(name);
        // catalogs are long, and change with every step type; of the sandbox, of which the messages are, nothing is sent again; a PDF
        // is no text
        string[] unrecorded = ["/node-types", "/definitions", "/resend", "/pdf"];
        var bare = document.Operations
            .Where(o => !unrecorded.Any(u => o.Path.EndsWith(u, StringComparison.Ordinal)))
            .Where(o => o.Operation["responses"]!.AsObject().Where(r => r.Key[0] == '2')
                .All(r => r.Value!["content"] is JsonObject content && content.All(c => c.Value!["examples"] is null)))
            .Select(o => $"{o.Method} {o.Path}").ToList();
        Assert.Empty(bare);
    }

    /// <summary>What is not recorded, because it changes with every step type, is asked for.</summary>
    [Theory]
    [InlineData("graph", "/api/v1/node-types")]
    [InlineData("blocks", "/workflows/definitions")]
    public async Task Catalogs_AreAsTheDocumentSays(string name, string path)
    {
        var document = await DocumentAsync(name);
        var answer = await (await app.PracticeAsync()).GetAsync(path);
        var schema = document.Response(document.Operation(path, "GET")!, 200)!["content"]!["application/json"]!["schema"]!;
        Assert.Equal("", document.Wrong(schema, JsonNode.Parse(answer.Body), isTold: true));
    }

    /// <summary>The bodies of the pages, which other tests post, are what the documents say that is taken.</summary>
    [Theory]
    [InlineData("graph", "workflow-body", "/api/v1/workflows")]
    [InlineData("graph", "api/graph", "/api/v1/workflows")]
    [InlineData("services", "api/services", "/api/v1/services/workflows/workflows")]
    [InlineData("documents", "api/documents", "/api/workflows")]
    [InlineData("blocks", "api/blocks", "/workflows")]
    [InlineData("sequences", "api/sequences", "/api/v1/workflows")]
    public async Task BodiesOfPages_AreAsTheDocumentSays(string name, string page, string path)
    {
        var document = await DocumentAsync(name);
        var schema = document.Operation(path, "POST")!["requestBody"]!["content"]!["application/json"]!["schema"]!;
        var bodies = Body().Matches(SharedFiles.ReadOfCheckout($"docs/{page}.md"))
            .Where(b => name != "sequences" || b.Groups["kind"].Value == " POST " + path).Select(b => b.Groups["json"].Value).ToList();
        Assert.NotEmpty(bodies);
        Assert.All(bodies, b => Assert.Equal("", document.Wrong(schema, JsonNode.Parse(b), isTold: false)));
    }

    [Fact]
    public async Task Shapes_RefuseWhatIsNotSo()
    {
        var document = await DocumentAsync("graph");
        var schema = new JsonObject { ["$ref"] = "#/components/schemas/Enqueued" };
        var told = ReferenceExamples.Of("graph").First(e => e.Name == "trigger").Answer!.AsObject();
        Assert.Equal("", document.Wrong(schema, told, isTold: true));
        foreach (var change in new Action<JsonObject>[]
        {
            o => o.Remove("workflow_id"), o => o["more"] = 1, o => o["status"] = "started", o => o["execution_id"] = "1",
            o => o["timestamp"] = "today", o => o["trace_endpoints"]!.AsObject().Remove("logs"), o => o["queue_priority"] = null,
        })
        {
            var other = told.DeepClone().AsObject();
            change(other);
            Assert.NotEqual("", document.Wrong(schema, other, isTold: true));
        }
    }

    // the schema of a response; a text where there is none
    private static JsonNode? Schema(JsonNode? response, string? type, string name, int status)
    {
        if (response is null) return JsonValue.Create($"{name}: {status} is answered and not told of");
        if (type is null) return new JsonObject();
        return response["content"]?[type]?["schema"] ?? JsonValue.Create($"{name}: {status} is answered as {type}, which is not told of");
    }

    [GeneratedRegex(@"^```json(?!\sstart)(?<kind>[^\n]*)\n(?<json>\{.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Body();

    private IDialectReference Reference(string name) => app.Services.GetServices<IDialectReference>().Single(r => r.Dialect.Name == name);

    private async Task<DocumentedShapes> DocumentAsync(string name) =>
        new(Encoding.UTF8.GetString(await app.Get<ReferenceFiles>().ReadAsync(name, isYaml: false)));
}
