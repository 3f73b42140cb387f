using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Connections;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Connectors.Ai;

public sealed class OpenAiModelTests : IDisposable
{
    private static readonly ModelQuestion Question = new(
        "Read.", "I have a rash", "intake", """{"type":"object","properties":{}}""", "from-step", 0.5);

    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Fact]
    public async Task Ask_Configured_SendsTheShapeAndReadsTheAnswer()
    {
        using var server = new LocalServer(_ => LocalServer.Ok(Completion("""{"intent":"booking"}""")));
        await ConnectAsync($$"""{"endpoint":"{{server.Url}}/v1","model":"llama"}""");
        var answer = await AskAsync();

        Assert.Equal(("llama", 40, 2, "booking"), (answer!.Value.Value!.Model, answer.Value.Value.InputTokens,
            answer.Value.Value.OutputTokens, answer.Value.Value.Value.GetProperty("intent").GetString()));
        Assert.StartsWith("POST /v1/chat/completions ", server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer sk-secret", server.LastRequest, StringComparison.Ordinal);
        using var body = JsonDocument.Parse(server.LastRequest[(server.LastRequest.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(("llama", "json_schema", "intake", "I have a rash"), (body.RootElement.GetProperty("model").GetString(),
            body.RootElement.GetProperty("response_format").GetProperty("type").GetString(),
            body.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString(),
            body.RootElement.GetProperty("messages")[1].GetProperty("content").GetString()!.Split('\n')[1]));
        Assert.Equal(OpenAiModel.MostTokens, body.RootElement.GetProperty("max_completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Ask_AnswerThatWasCutOff_FailsAndSaysSo()
    {
        using var server = new LocalServer(_ => LocalServer.Ok(
            Completion("""{"intent":"booking"}""").Replace("\"stop\"", "\"length\"", StringComparison.Ordinal)));
        await ConnectAsync($$"""{"endpoint":"{{server.Url}}/v1","model":"llama"}""");

        Assert.Equal(new ConnectorProblem("model_answer", "The AI model's answer was cut off: it was longer than 8192 tokens, or than the "
            + "model can write. Ask it for less, or give it a shorter text."), (await AskAsync())!.Value.Problem);
    }

    [Fact]
    public async Task Ask_FencedAnswer_IsRead()
    {
        using var server = new LocalServer(_ => LocalServer.Ok(Completion("```json\n{\"intent\":\"other\"}\n```")));
        await ConnectAsync($$"""{"endpoint":"{{server.Url}}"}""");
        var answer = await AskAsync();

        Assert.Equal(("from-step", "other"), (answer!.Value.Value!.Model, answer.Value.Value.Value.GetProperty("intent").GetString()));
    }

    [Fact]
    public async Task Ask_PackedAnswerWithAMark_IsRead()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write([0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Completion("""{"intent":"booking"}"""))]);
        using var server = new LocalServer(
            _ => LocalServer.Ok(packed.ToArray(), "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"));
        await ConnectAsync($$"""{"endpoint":"{{server.Url}}/v1","model":"llama"}""");

        Assert.Equal("booking", (await AskAsync())!.Value.Value!.Value.GetProperty("intent").GetString());
    }

    [Fact]
    public async Task Ask_NoConnection_IsNull() => Assert.Null(await AskAsync());

    [Fact]
    public async Task Ask_Sandbox_CallsNobody()
    {
        using var server = new LocalServer(_ => LocalServer.Ok(Completion("{}")));
        await ConnectAsync($$"""{"endpoint":"{{server.Url}}","model":"llama"}""", StudioEnvironment.Test);

        Assert.Null(await AskAsync(practice.Tenant with { Environment = StudioEnvironment.Test }));
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData(401, "model_refused", "The AI endpoint did not accept the key of the connection. Enter it again under Connections.", false)]
    [InlineData(404, "model_refused",
        "The AI endpoint knows no model “llama” at this address. Correct model and address under Connections.", false)]
    [InlineData(400, "model_refused", "The AI endpoint did not accept the question (400).", false)]
    [InlineData(429, "model_unreachable", "The AI endpoint has too much to do (429).", true)]
    [InlineData(503, "model_unreachable", "The AI endpoint failed (503).", true)]
    public async Task Ask_EndpointRefuses_SaysWhyWithoutTryingAgain(int status, string code, string message, bool retryable)
    {
        using var server = new LocalServer(_ => LocalServer.Status(status));
        await ConnectAsync($$"""{"endpoint":"{{server.Url}}","model":"llama"}""");

        Assert.Equal(new ConnectorProblem(code, message, retryable), (await AskAsync())!.Value.Problem);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("not json", "The AI endpoint answered something that is not a chat completion.")]
    [InlineData("{}", "The AI endpoint answered something that is not a chat completion.")]
    [InlineData("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hello"}}]}""", "The AI model did not answer in the shape that was asked for.")]
    [InlineData("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{oops}"}}]}""", "The AI model did not answer in the shape that was asked for.")]
    [InlineData("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"summary\":\"\\ud800\"}"}}]}""", "The AI model did not answer in the shape that was asked for.")]
    [InlineData("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"intent\":\"booking\",\"intent\":\"other\"}"}}]}""", "The AI model did not answer in the shape that was asked for.")]
    [InlineData("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"summary\":\"\ud800\"}"}}]}""", "The AI endpoint answered something that is not a chat completion.")]
    public async Task Ask_NonsenseAnswer_CanBeTriedAgain(string body, string message)
    {
        using var server = new LocalServer(_ => LocalServer.Ok(body));
        await ConnectAsync($$"""{"endpoint":"{{server.Url}}","model":"llama"}""");

        Assert.Equal(new ConnectorProblem("model_answer", message, true), (await AskAsync())!.Value.Problem);
    }

    [Theory]
    [InlineData("""{"model":"llama"}""", "model_settings",
        "The AI connection has no address that starts with http:// or https://. Correct it under Connections.", false)]
    [InlineData("""{"endpoint":"file:///etc/passwd","model":"llama"}""", "model_settings",
        "The AI connection has no address that starts with http:// or https://. Correct it under Connections.", false)]
    [InlineData("""{"endpoint":"http://10.0.0.1/v1","model":"llama"}""", "model_refused", "10.0.0.1 is not on the public internet, "
        + "so the studio does not call it. Whoever runs the studio can allow it: STUDIO_ALLOWED_HOSTS is a setting of the server, "
        + "described in docs/operations.md.", false)]
    [InlineData("""{"endpoint":"http://localhost:1/v1","model":"llama"}""", "model_unreachable", "The AI endpoint cannot be reached. "
        + "Nothing answers at localhost on this port. See whether the address is right and the other side is running.", true)]
    public async Task Ask_BadAddress_SaysWhatToCorrect(string settings, string code, string message, bool retryable)
    {
        await ConnectAsync(settings);

        Assert.Equal(new ConnectorProblem(code, message, retryable), (await AskAsync())!.Value.Problem);
    }

    [Fact]
    public async Task Ask_NoModelNamed_SaysSo()
    {
        await ConnectAsync("""{"endpoint":"http://localhost:1/v1"}""");

        Assert.Equal(
            new ConnectorProblem("model_settings", "Neither the AI connection nor the step names a model. Add one under Connections."),
            (await AskAsync(question: Question with { Model = null }))!.Value.Problem);
    }

    private async Task<Answer<ModelReply>?> AskAsync(Tenant? tenant = null, ModelQuestion? question = null)
    {
        using var http = new GuardedHttp(new GuardedHttpOptions { AllowedHosts = ["localhost"] });
        using var model = new OpenAiModel(new ConnectionStore(practice, new ReversingProtector()), http, NullLogger<OpenAiModel>.Instance);
        return await model.AskAsync(tenant ?? practice.Tenant, question ?? Question, default);
    }

    private async Task ConnectAsync(string settings, StudioEnvironment environment = StudioEnvironment.Live)
    {
        using var db = practice.CreateDbContext();
        db.Connections.Add(new ConnectionRow
        {
            Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = environment, Kind = "ai", Name = "Model",
            Settings = settings,
            ProtectedSecret = new ReversingProtector().Protect("sk-secret"), CreatedAt = practice.Clock.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    private static string Completion(string content) =>
        $$$"""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":{{{JsonSerializer.Serialize(content)}}}}}],"usage":{"prompt_tokens":40,"completion_tokens":2,"total_tokens":42}}""";

    private sealed class ReversingProtector : ISecretProtector
    {
        public byte[] Protect(string secret) => [.. System.Text.Encoding.UTF8.GetBytes(secret).Reverse()];

        public string? Unprotect(byte[] protectedSecret) => System.Text.Encoding.UTF8.GetString([.. protectedSecret.Reverse()]);
    }
}
