using System.Diagnostics.Metrics;
using WorkflowStudio.Engine.Diagnostics.Telemetry;

namespace WorkflowStudio.Api;

/// <summary>What posts to webhooks come to.</summary>
internal sealed class WebhookMetrics(IMeterFactory meters)
{
    /// <summary>The attribute.</summary>
    public const string Outcome = "workflowstudio.webhook.outcome";

    private readonly Counter<long> posts = meters.Create(TelemetryNames.Studio).CreateCounter<long>(
        "workflowstudio.webhook.posts", "{post}", "Posts to webhooks, by what they came to.");

    /// <summary>A post was answered.</summary>
    public void Answered(ApiAnswer answer)
    {
        if (posts.Enabled) posts.Add(1, new KeyValuePair<string, object?>(Outcome, Word(answer)));
    }

    // one that starts no run leads nowhere
    private static string Word(ApiAnswer answer) => answer switch
    {
        { Replayed: true } => "replayed",
        { Status: < 300, Location: null } => "ignored",
        { Status: < 300 } => "started",
        { Status: StatusCodes.Status404NotFound } => "unknown",
        { Status: StatusCodes.Status409Conflict } => "conflict",
        { Status: StatusCodes.Status429TooManyRequests } => "limited",
        { Status: < 500 } => "refused",
        _ => "failed",
    };
}
