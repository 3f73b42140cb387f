using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Another system that steps call over HTTP: its address, and how the studio signs in there.</summary>
internal sealed class HttpKind(IHttpCalls calls, HttpSignIn signIn) : ConnectionKind
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // headers that a call has anyway
    private static readonly string[] NotForSecrets = ["content-type", "idempotency-key"];

    public override string Name => ConnectionKinds.Http;

    public override string Title => "HTTP API";

    public override string Does => "Steps “HTTP request” choose it by its name: what signs in goes to this address alone, and stands in no "
        + "workflow.";

    public override string Icon => "api";

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new("endpoint", "Address")
        {
            IsNeeded = true, IsAddress = true, Example = "https://api.example.com/v1", Check = ConnectionField.WebAddress,
            Hint = "What signs in goes to this scheme, host and port alone.",
        },
        new("auth", "Signs in by")
        {
            Choices =
            [
                (HttpSignIn.ByHeader, "A header"), (HttpSignIn.ByPassword, "User and password (basic)"),
                (HttpSignIn.ByToken, "OAuth 2 (client credentials)"),
            ],
        },
        new("header", "Header")
        {
            Example = HttpSignIn.PresetHeader, Longest = 100, When = ("auth", ["", HttpSignIn.ByHeader]),
            Hint = "Authorization, if empty.",
            Check = text => HttpHeaderRule.NameProblem(text) is null && !NotForSecrets.Contains(text.ToLowerInvariant())
                ? null
                : "This has to be the name of a header such as Authorization or X-Api-Key.",
        },
        new("user", "User")
        {
            IsNeeded = true, When = ("auth", [HttpSignIn.ByPassword]), Longest = 200,
            Check = text => text.Contains(':', StringComparison.Ordinal) ? "A user of this kind has no colon in its name." : null,
        },
        new("tokenUrl", "Address of tokens")
        {
            IsNeeded = true, IsAddress = true, When = ("auth", [HttpSignIn.ByToken]), Example = "https://login.example.com/oauth2/token",
            Check = ConnectionField.WebAddress,
        },
        new("clientId", "Client id") { IsNeeded = true, When = ("auth", [HttpSignIn.ByToken]) },
        new("scope", "Scope") { When = ("auth", [HttpSignIn.ByToken]), Hint = "What the token is for; several with blanks between." },
    ];

    public override SecretField Secret { get; } = new("Value of the header", true)
    {
        Example = "Bearer abc123",
        Labels = [("auth", HttpSignIn.ByPassword, "Password"), ("auth", HttpSignIn.ByToken, "Client secret")],
    };

    public override bool IsForTests => true;

    public override async Task<Answer<string>> TryAsync(Tenant tenant, Connection connection, CancellationToken cancellationToken)
    {
        signIn.Forget(tenant, connection);
        if (!(await signIn.HeaderAsync(tenant, connection, cancellationToken)).Has(out var header, out var problem)) return problem;
        var headers = new Dictionary<string, string> { [header.Name] = header.Value };
        var call = new HttpCall("GET", new Uri(connection.Text("endpoint")), headers, null, null, Longest) { StaysOnHost = true };
        if (!(await calls.CallAsync(tenant, call, new EffectSource("try"), cancellationToken)).Has(out var reply, out problem))
            return problem;
        return reply.Status switch
        {
            401 or 403 => new ConnectorProblem(
                "not_let_in", $"{call.Url.Host} did not let the studio in ({reply.Status}). Correct how it signs in, and its secret."),
            >= 500 => new ConnectorProblem("call_failed", $"{call.Url.Host} answered {reply.Status}. Try again later.", true),
            >= 400 => $"{call.Url.Host} answers ({reply.Status} at this address by itself, which many do). Whether it lets the studio in "
                + "shows with the first call.",
            _ => $"{call.Url.Host} answers ({reply.Status}).",
        };
    }

    protected override string? CheckSecret(Connection connection) =>
        connection.Text("auth") is "" or HttpSignIn.ByHeader && HttpHeaderRule.ValueProblem("Authorization", connection.Secret!) is not null
            ? "The secret goes into a header, which holds letters from A to Z, digits and plain signs alone. Enter it again."
            : null;
}

/// <summary>What others sign their posts to webhooks with, and what the studio signs its own with.</summary>
internal sealed class WebhookSecretKind : ConnectionKind
{
    private const int Longest = 1_000;

    public override string Name => ConnectionKinds.WebhookSecret;

    public override string Title => "Webhook secret";

    public override string Does => "Posts to a webhook are believed when they are signed with it; steps “Send webhook” sign with it.";

    public override string Icon => "key";

    public override IReadOnlyList<ConnectionField> Fields { get; } = [];

    public override SecretField Secret { get; } = new("Secret", true) { Example = "whsec_abc123" };

    public override bool CanTry => false;

    public override bool IsForTests => true;

    protected override string? CheckSecret(Connection connection) =>
        connection.Secret!.Length > Longest ? $"The secret can have at most {Longest} characters. Enter it again." : null;
}
