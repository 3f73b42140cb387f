using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>Calls another system over HTTP and reads its answer.</summary>
[Step("http_request", "HTTP request", NodeGroup.Http, "http", HasOutsideEffect = true,
    Does = "Calls another system over HTTP and hands its answer on. Every call of the step in a run carries the same Idempotency-Key, "
        + "so that a call repeated after a crash counts once where the other side looks at it. Where a connection is refused or cut "
        + "off, the call is made once more at once. Where it is closed in order, but without an answer, too, unless it is a POST or "
        + "PATCH: that may have done its work, so whether it is sent again is for the retry policy.",
    Example = """{"method":"POST","url":"https://api.example.com/v1/leads","body":{"source":"website"}}""")]
public sealed class HttpRequestNode(IHttpCalls calls, IConnections connections, HttpSignIn signIn)
    : NodeType<HttpRequestSettings, HttpRequestOutput>
{
    // RFC 9110, 9.2.1: calls that change nothing need no key
    private static readonly string[] Safe = ["GET", "HEAD"];
    private const int Unauthorized = 401;

    /// <inheritdoc/>
    public override string? Summary(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return null;
        var at = settings.Url.IndexOf("://", StringComparison.Ordinal);
        var line = $"{settings.Method} {(at < 0 ? settings.Url : settings.Url[(at + 3)..])}";
        return Card.Fit(line);
    }

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        HttpHeaderCheck.Problems(config).Concat(HttpFields.Problems(config)).Concat(HttpSecrets.Problems(config));

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        HttpRequestSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!StatusRange.TryRead(settings.ExpectedStatus, out var expected))
            return SettingsFailure.Wrong(
                "expected_status", $"Expected status must be a list such as 200-299, 404, but “{settings.ExpectedStatus}” was found.");
        if (!HttpBody.TryWrite(settings, out var body, out var problem)) return SettingsFailure.Wrong("body", problem);

        if (!HttpFields.TryWrite(settings.Query, out var query, out problem)) return SettingsFailure.Wrong("query", problem);

        var (credentials, refused) = await HttpCredentials.OfAsync(settings, query, input, connections, signIn, cancellationToken);
        if (credentials is null) return refused!;
        var (call, answer) = await CallAsync(credentials);
        if (answer.Value?.Status == Unauthorized && credentials.Lent is { } connection)
        {
            // what was given for a time was taken back before that: nothing was done yet
            signIn.Forget(input.Run.Tenant, connection);
            (credentials, refused) = await HttpCredentials.OfAsync(settings, query, input, connections, signIn, cancellationToken);
            if (credentials is null) return refused!;
            (call, answer) = await CallAsync(credentials);
        }

        if (!answer.Has(out var reply, out var failed)) return failed.AsFailure();
        input.Log(NodeLogLevel.Info, reply.Captured ? $"{call} is in the outbox; nobody was called." : $"{call} answered {reply.Status}");
        return reply.Captured ? Complete(new HttpRequestOutput { Captured = true })
            : !expected.Any(range => range.Holds(reply.Status))
                ? HttpRefusal.Of(call, reply, "Correct the request, or add the status to those expected.")
            : reply.Unreadable is { } unreadable ? unreadable.AsFailure()
            : Read(settings, call, reply);

        async Task<(HttpCall Call, Answer<HttpReply> Answer)> CallAsync(HttpCredentials with)
        {
            if (with.Value is { } secret) input.Conceal(secret);
            var made = new HttpCall(settings.Method, with.Url, Headers(settings, with, input), body?.Text, body?.MediaType,
                TimeSpan.FromSeconds(settings.TimeoutSeconds))
            {
                StaysOnHost = with.Header is not null || settings.SecretHeaders.Count > 0,
            };
            return (made, await calls.CallAsync(input.Run.Tenant, made, input.Source(), cancellationToken));
        }
    }

    // the connection's header wins over one of the same name
    private static Dictionary<string, string> Headers(HttpRequestSettings settings, HttpCredentials credentials, NodeInput input)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings.Headers.Concat(settings.SecretHeaders)) headers[name] = value;
        if (credentials.Header is { } header) headers[header] = credentials.Value!;
        if (!Safe.Contains(settings.Method)) headers.TryAdd("Idempotency-Key", input.EffectKey);
        return headers;
    }

    private static NodeOutcome Read(HttpRequestSettings settings, HttpCall call, HttpReply reply)
    {
        var output = new HttpRequestOutput
        { Status = reply.Status, Headers = reply.Headers, Body = JsonSerializer.SerializeToElement(reply.Body, NodeJson.Options) };
        var isJson = reply.MediaType == "application/json" || reply.MediaType.EndsWith("+json", StringComparison.Ordinal);
        if (reply.Body.Length == 0 || settings.Response == HttpResponseForm.Text || (settings.Response == HttpResponseForm.Auto && !isJson))
            return Complete(output);
        try
        {
            var body = JsonElement.Parse(reply.Body);
            return StrictJson.Check(body) is { } wrong ? Unclear(call, reply, wrong) : Complete(output with { Body = body });
        }
        catch (JsonException)
        {
            return new NodeOutcome.Failed("response_not_json",
                $"{call} answered {reply.Status} with something that is not JSON. Choose text as the form of the answer.");
        }
    }

    // as webhooks and from_json: which of two values was meant is not guessed, and what no text can hold breaks whoever reads it later
    private static NodeOutcome.Failed Unclear(HttpCall call, HttpReply reply, WorkflowProblem wrong)
    {
        var what = wrong.Code == WorkflowProblemCodes.DuplicateKey ? $"gives the key {wrong.Path} twice"
            : "holds half of a surrogate pair (\\ud800 to \\udfff)" + (wrong.Path.Length == 0 ? "" : $" at {wrong.Path}");
        return new NodeOutcome.Failed("response_not_json", $"{call} answered {reply.Status} with JSON that {what}. Ask whoever runs it to "
            + "mend that, or choose text as the form of the answer.");
    }
}

/// <summary>The settings of <see cref="HttpRequestNode"/>.</summary>
public sealed record HttpRequestSettings
{
    /// <summary>The method.</summary>
    [Setting("Method", Choices = ["GET=GET", "POST=POST", "PUT=PUT", "PATCH=PATCH", "DELETE=DELETE", "HEAD=HEAD"])]
    public string Method { get; init; } = "GET";

    /// <summary>The address.</summary>
    [Setting("Address", Description = "Where to call, beginning with https:// or http://; with a connection also a "
        + "path behind its address.", Min = 1, Max = 4_000, Logged = true)]
    public required string Url { get; init; }

    /// <summary>The connection whose secret goes along.</summary>
    [Setting("Connection", Description = "A stored HTTP connection by its name: its header goes along, to its own host and no other.",
        Max = 100, Names = ConnectionKinds.Http)]
    public string Connection { get; init; } = "";

    /// <summary>What is added to the address.</summary>
    [Setting("Query", Description = "Values added to the address behind the question mark, each under its name; a list gives "
        + "its name several times.", Max = 100)]
    public IReadOnlyDictionary<string, JsonElement> Query { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The headers.</summary>
    [Setting("Headers", Description = "Headers of the request, in plain signs without line breaks. They are never logged. "
        + "Host, Content-Length and others that say where a message goes and ends are written by the server. Where a redirect leads to "
        + "another server (scheme, host or port), only Accept, Accept-Encoding, Accept-Language, User-Agent, Content-Type and "
        + "Idempotency-Key go along.", Max = 50)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The headers that hold secrets.</summary>
    [Setting("Secret headers", Description = "Headers whose values are masked wherever the run records "
        + "them. With one, or with a connection, a redirect to another server fails the step. They stay in the workflow; a connection "
        + "keeps a secret encrypted.", Max = 10, Secret = true, Advanced = true)]
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>The body.</summary>
    [Setting("Body", Description = "What to send: any value as JSON, an object as a form (a list gives its field several times, null "
        + "leaves it out), or text.")]
    public JsonElement Body { get; init; }

    /// <summary>How the body goes out.</summary>
    [Setting("Body as", Choices = ["json=JSON", "form=Form", "text=Text"])]
    public HttpBodyForm BodyFormat { get; init; } = HttpBodyForm.Json;

    /// <summary>The form of the answer.</summary>
    [Setting("Read the answer as", Description = "By itself means: JSON where the other side says that it is JSON, else text.",
        Choices = ["auto=By itself", "json=JSON", "text=Text"], Advanced = true)]
    public HttpResponseForm Response { get; init; } = HttpResponseForm.Auto;

    /// <summary>The statuses that are no failure.</summary>
    [Setting("Expected status", Description = "Statuses and ranges that count as success, separated by commas.", Min = 3, Max = 200,
        Advanced = true)]
    public string ExpectedStatus { get; init; } = "200-299";

    /// <summary>The longest time of the call.</summary>
    [Setting("Longest time", Unit = "seconds", Min = 1, Max = 60, Advanced = true)]
    public int TimeoutSeconds { get; init; } = 30;
}

/// <summary>How a body goes out.</summary>
public enum HttpBodyForm
{
    /// <summary>As JSON.</summary>
    Json,

    /// <summary>As the fields of a form.</summary>
    Form,

    /// <summary>As plain text.</summary>
    Text,
}

/// <summary>How an answer is read.</summary>
public enum HttpResponseForm
{
    /// <summary>By what the other side says it is.</summary>
    Auto,

    /// <summary>As JSON.</summary>
    Json,

    /// <summary>As text.</summary>
    Text,
}

/// <summary>The output of <see cref="HttpRequestNode"/>.</summary>
public sealed record HttpRequestOutput
{
    [Setting("Status", Description = "The status of the answer; nothing in the sandbox, where nobody is called.")]
    public int? Status { get; init; }

    [Setting("Headers", Description = "The headers of the answer by their names in lower case, without cookies.")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [Setting("Body",
        Description = "The answer, unpacked and in the charset that it names: the value when it is JSON, else text; at most 1 MiB.")]
    public JsonElement Body { get; init; } = JsonSerializer.SerializeToElement<object?>(null);

    [Setting("Captured", Description = "Whether the call stayed in the outbox and nobody was called.")]
    public bool Captured { get; init; }
}
