using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Ai;

/// <summary>A language model: any endpoint that speaks OpenAI's chat completions.</summary>
internal sealed class AiKind(IHttpCalls calls) : ConnectionKind
{
    private const int MostNamed = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public override string Name => ConnectionKinds.Ai;

    public override string Title => "Language model";

    public override string Does => "Steps that read and write texts ask it; without one they read by rules. Anything that speaks OpenAI's "
        + "interface will do, also a model in your own house.";

    public override string Icon => "smart_toy";

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new("endpoint", "Address")
        {
            IsNeeded = true, IsAddress = true, Example = "https://api.openai.com/v1", Check = ConnectionField.WebAddress,
            Hint = "Up to and with /v1.",
        },
        new("model", "Model") { IsNeeded = true, Example = "gpt-5-mini", Longest = 200, Hint = "As the provider calls it." },
    ];

    public override SecretField Secret { get; } =
        new("API key", false) { Hint = "Models in your own house often need none." };

    public override IReadOnlyList<string> StepTypes { get; } =
        ["agent", "ai_agent_intake", "ask_ai", "extract"];

    public override async Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["Accept"] = "application/json" };
        if (connection.Secret is { Length: > 0 } key) headers["Authorization"] = $"Bearer {key}";
        var call = new HttpCall("GET", new Uri($"{connection.Text("endpoint").TrimEnd('/')}/models"), headers, null, null, Longest)
        { StaysOnHost = true };
        if (!(await calls.CallAsync(tenant, call, new EffectSource("try"), cancellationToken)).Has(out var reply, out var problem))
            return problem;
        return reply.Status switch
        {
            >= 200 and < 300 => Told(call.Url.Host, connection.Text("model"), reply.Json()),
            401 or 403 => new ConnectorProblem("model_refused", $"{call.Url.Host} did not accept the key. Enter it again."),
            404 => new ConnectorProblem("model_settings",
                $"{call.Url.Host} knows no {call.Url.AbsolutePath}. The address usually ends with /v1."),
            _ => new ConnectorProblem("model_unreachable", $"{call.Url.Host} answered {reply.Status}. Try again later.", true),
        };
    }

    protected override string? CheckSecret(Connection connection) =>
        HttpHeaderRule.ValueProblem("Authorization", connection.Secret!) is null
            ? null
            : "A key holds letters from A to Z, digits and plain signs alone. Enter it again.";

    private static Answer<string> Told(string host, string model, JsonElement answer)
    {
        var known = Models(answer);
        return known.Count == 0 || known.Contains(model)
            ? $"{host} lets the studio in{(known.Count > 0 ? $" and has the model {model}" : "")}."
            : new ConnectorProblem("model_settings", $"{host} lets the studio in, but has no model {model}. It has "
                + $"{string.Join(", ", known.Take(MostNamed).Select(m => ShownText.Fit(m, 60)))}"
                + $"{(known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : "")}.");
    }

    private static List<string> Models(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Select(m => m.TextOf("id")).OfType<string>()]
            : [];
}
