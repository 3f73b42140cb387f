using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenAI;
using OpenAI.Chat;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Ai;

/// <summary>
/// The model behind the workspace's <c>ai</c> connection: any endpoint that speaks OpenAI's chat completions. The connection's settings are
/// <c>{"endpoint": "https://…/v1", "model": "…"}</c>, its secret is the API key.
/// </summary>
internal sealed partial class OpenAiModel(IConnections connections, GuardedHttp http, ILogger<OpenAiModel> logger)
    : ILanguageModel, IDisposable
{
    /// <summary>The longest answer in tokens, those of a model's thinking counted.</summary>
    public const int MostTokens = 8_192;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly HttpClientPipelineTransport transport = new(http.Client);

    public async Task<Answer<ModelReply>?> AskAsync(Tenant tenant, ModelQuestion question, CancellationToken cancellationToken)
    {
        if (tenant.Environment == StudioEnvironment.Test) return null;
        if (await connections.FindAsync(tenant, ConnectionKinds.Ai, cancellationToken) is not { } connection) return null;

        var model = connection.Text("model") is { Length: > 0 } named ? named : question.Model;
        if (!Uri.TryCreate(connection.Text("endpoint"), UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("https" or "http"))
            return Problem(
                "model_settings", "The AI connection has no address that starts with http:// or https://. Correct it under Connections.");
        if (string.IsNullOrWhiteSpace(model))
            return Problem("model_settings", "Neither the AI connection nor the step names a model. Add one under Connections.");

        if (connection.Secret is { } key && HttpHeaderRule.ValueProblem("Authorization", key) is not null)
            return Problem(
                "model_settings", "The key of the AI connection holds a sign that no header can hold. Enter it again under Connections.");

        var options = new OpenAIClientOptions
        { Endpoint = endpoint, Transport = transport, NetworkTimeout = Timeout, RetryPolicy = new ClientRetryPolicy(0) };
        // endpoints in the house often want no key, the client wants one all the same
        var client = new ChatClient(
            model, new ApiKeyCredential(string.IsNullOrEmpty(connection.Secret) ? "none" : connection.Secret), options);
        return await AskAsync(client, endpoint, model, question, cancellationToken);
    }

    public void Dispose() => transport.Dispose();

    private async Task<Answer<ModelReply>> AskAsync(
        ChatClient client, Uri endpoint, string model, ModelQuestion question, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        var fenced = UntrustedText.Fence(question.Text);
        try
        {
            ChatCompletion completion = await client.CompleteChatAsync(
                [new SystemChatMessage($"{question.Instruction}\n\n{fenced.Rule}"), new UserChatMessage(fenced.Data)],
                new ChatCompletionOptions
                {
                    MaxOutputTokenCount = MostTokens,
                    Temperature = (float?)question.Temperature,
                    ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                        question.ShapeName, BinaryData.FromString(question.Shape), jsonSchemaIsStrict: true),
                },
                limit.Token);
            var (input, output) = (completion.Usage?.InputTokenCount ?? 0, completion.Usage?.OutputTokenCount ?? 0);
            LogAnswer(logger, model, input, output);
            if (completion.FinishReason == ChatFinishReason.Length)
                return Problem("model_answer", $"The AI model's answer was cut off: it was longer than {MostTokens} tokens, or than the "
                    + "model can write. Ask it for less, or give it a shorter text.");
            return Read(string.Concat(completion.Content.Select(part => part.Text)), model, input, output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Problem("model_timeout", $"The AI endpoint did not answer within {Timeout.TotalSeconds:0} seconds.", retryable: true);
        }
        catch (ClientResultException e) when (e.Status != 0)
        {
            return Refusal(e.Status, model);
        }
        catch (Exception e) when (e is ClientResultException or HttpRequestException or AggregateException)
        {
            return Unreachable(endpoint, e);
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            return Problem("model_answer", "The AI endpoint answered something that is not a chat completion.", retryable: true);
        }
    }

    private static Answer<ModelReply> Read(string text, string model, int input, int output)
    {
        // models without structured output like to wrap JSON in a fence
        var (from, to) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (from < 0 || to < from)
            return Problem("model_answer", "The AI model did not answer in the shape that was asked for.", retryable: true);
        try
        {
            using var json = JsonDocument.Parse(text[from..(to + 1)]);
            if (StrictJson.Check(json.RootElement) is null) return new ModelReply(json.RootElement.Clone(), model, input, output);
        }
        catch (JsonException)
        {
            // told below
        }

        return Problem("model_answer", "The AI model did not answer in the shape that was asked for.", retryable: true);
    }

    private static ConnectorProblem Refusal(int status, string model) => (HttpStatusCode)status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            Problem("model_refused", "The AI endpoint did not accept the key of the connection. Enter it again under Connections."),
        HttpStatusCode.NotFound => Problem(
            "model_refused", $"The AI endpoint knows no model “{model}” at this address. Correct model and address under Connections."),
        HttpStatusCode.TooManyRequests => Problem("model_unreachable", "The AI endpoint has too much to do (429).", retryable: true),
        >= HttpStatusCode.InternalServerError => Problem("model_unreachable", $"The AI endpoint failed ({status}).", retryable: true),
        _ => Problem("model_refused", $"The AI endpoint did not accept the question ({status})."),
    };

    private static ConnectorProblem Unreachable(Uri endpoint, Exception problem)
    {
        var why = CallProblem.CauseOf<HttpRequestException>(problem) is { } e ? CallProblem.Of(endpoint.Host, e) : null;
        return why is { Retryable: false }
            ? Problem("model_refused", why.Message)
            : Problem("model_unreachable",
                $"The AI endpoint cannot be reached. {why?.Message ?? "See whether its address under Connections is right."}",
                retryable: true);
    }

    private static ConnectorProblem Problem(string code, string message, bool retryable = false) => new(code, message, retryable);

    [LoggerMessage(LogLevel.Information, "The model {Model} answered: {InputTokens} tokens read, {OutputTokens} written")]
    private static partial void LogAnswer(ILogger logger, string model, int inputTokens, int outputTokens);
}
