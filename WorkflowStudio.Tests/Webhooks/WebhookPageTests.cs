using System.Globalization;
using System.Text;
using StandardWebhooks;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>Holds docs/webhooks.md to the code, byte for byte: its bodies, its worked signatures, its events.</summary>
public sealed class WebhookPageTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
    private const string Former = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "webhooks.md"));
    private static readonly DateTimeOffset At = new(2026, 6, 10, 15, 24, 0, TimeSpan.Zero);

    private static readonly string[] Bodies =
        [.. Page.Split("```json\n").Skip(1).Select(b => b[..b.IndexOf("\n```", StringComparison.Ordinal)])];

    private static readonly DeliveryFacts Updated = new()
    {
        Slug = "intake-new-patients", Description = "Asks and books", Version = 3, Snapshot = 4, IsActive = true,
        CreatedAt = new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero),
    };

    private static readonly DeliveryFacts Failed =
        DeliveryFacts.Failure(null, null, "timeout", "api.example.com did not answer within 30 s.");

    [Fact]
    public void Bodies_AreThoseOfThePage() => Assert.Equal(
        [
            Body(WebhookDialect.Services, "workflows.run.failed", Failed),
            Body(WebhookDialect.Documents, "workflow.step.completed", new DeliveryFacts { Step = "parse", Iteration = "2" }),
            Body(WebhookDialect.Blocks, "workflow.run.succeeded", DeliveryFacts.None),
            Body(WebhookDialect.Sequences, "workflow.completed", DeliveryFacts.None),
            Body(WebhookDialect.Sequences, "workflow.updated", Updated, aboutRun: false),
        ],
        Bodies);

    [Fact]
    public void Graph_IsSequences_WithExecutions() => Assert.Equal(
        Bodies[3].Replace("run_", "exe_", StringComparison.Ordinal), Body(WebhookDialect.Graph, "workflow.completed", DeliveryFacts.None));

    [Fact]
    public void Test_HasNothingOfAWorkflow()
    {
        var row = Row(WebhookDialect.Services, WebhookEvents.Test, DeliveryFacts.None, aboutRun: false);
        row.WorkflowId = null;
        Assert.EndsWith(
            ""","data":{"message":"This is a test."}}""", Encoding.UTF8.GetString(WebhookBody.Of(row)), StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_AreThoseOfThePage()
    {
        var headers = Headers(WebhookDialect.Services, Secret, Former);
        Assert.Contains($"```\n{string.Join('\n', headers.Select(h => $"{h.Key}: {h.Value}"))}\n```", Page, StringComparison.Ordinal);
        Assert.Contains(
            $"`X-Webhook-Signature: {Headers(WebhookDialect.Blocks, Secret)["X-Webhook-Signature"]}`", Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Secret, 0)]
    [InlineData(Former, 1)]
    public void StandardSignatures_AreThoseOfAnotherHand(string secret, int which)
    {
        var headers = Headers(WebhookDialect.Sequences, Secret, Former);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.Equal(
            new StandardWebhook(secret).Sign(headers["webhook-id"], at, Bodies[0]), headers["webhook-signature"].Split(' ')[which]);
    }

    [Fact]
    public void Secrets_AreOf32RandomBytes()
    {
        var (one, other) = (WebhookSecret.New(), WebhookSecret.New());
        Assert.NotEqual(one, other);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", one);
        Assert.Equal(32, WebhookSecret.Key(one).Length);
    }

    [Theory]
    [InlineData(WebhookDialect.Services)]
    [InlineData(WebhookDialect.Sequences)]
    [InlineData(WebhookDialect.Documents)]
    [InlineData(WebhookDialect.Blocks)]
    public void Events_AreListedOnThePage(WebhookDialect dialect) => Assert.Contains(
        $"| `{dialect.ToString().ToLowerInvariant()}` | {string.Join(", ", WebhookEvents.Of(dialect).Select(e => $"`{e}`"))} |", Page,
        StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, string> Headers(WebhookDialect dialect, params string[] secrets) => WebhookSigning.Headers(
        dialect, WebhookBody.ShownId(Row(dialect, "", DeliveryFacts.None).Id), At.AddSeconds(1), Encoding.UTF8.GetBytes(Bodies[0]),
        secrets);

    private static string Body(WebhookDialect dialect, string name, DeliveryFacts facts, bool aboutRun = true) =>
        Encoding.UTF8.GetString(WebhookBody.Of(Row(dialect, name, facts, aboutRun)));

    private static DeliveryRow Row(WebhookDialect dialect, string name, DeliveryFacts facts, bool aboutRun = true) => new()
    {
        Id = Id(At, "7ccc-8000-000000000004"),
        EndpointId = Guid.Parse("01980000-0000-7ddd-8000-000000000005"),
        WorkspaceId = Guid.Parse("01970000-0000-7000-8000-000000000001"),
        WorkflowId = Guid.Parse("01975000-0000-7aaa-8000-000000000002"),
        WorkflowName = "Intake – new patients",
        RunId = aboutRun ? Id(At.AddSeconds(-30), "7bbb-8000-000000000003") : null,
        Dialect = dialect,
        Event = name,
        Facts = facts.Text(),
        CreatedAt = At,
    };

    // an id of version 7 begins with its time
    private static Guid Id(DateTimeOffset at, string end)
    {
        var time = at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return Guid.Parse($"{time[..8]}-{time[8..]}-{end}");
    }
}
