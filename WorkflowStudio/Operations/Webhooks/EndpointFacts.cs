using System.Text;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>An endpoint without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Dialect">In whose words it is told.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Description">What people call it; may be empty.</param>
/// <param name="Events">What it hears of, in the words of its dialect.</param>
/// <param name="WorkflowId">The only workflow that it hears of; null for all.</param>
/// <param name="IsOn">Whether it is told anything.</param>
/// <param name="OffReason">Why the studio turned it off; null when a person did.</param>
/// <param name="FailingSince">Since when nothing has arrived; null when the last try did.</param>
/// <param name="FormerUntil">Until when the secret before counts, too; null when it does not.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed.</param>
internal sealed record EndpointFacts(
    Guid Id, WebhookDialect Dialect, string Address, string Description, IReadOnlyList<string> Events, Guid? WorkflowId, bool IsOn,
    string? OffReason, DateTimeOffset? FailingSince, DateTimeOffset? FormerUntil, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static EndpointFacts Of(EndpointRow row) => new(
        row.Id, row.Dialect, row.Address, row.Description, WebhookEvents.Of(row.Dialect, row.Events), row.WorkflowId, row.IsOn,
        row.OffReason, row.FailingSince, row.FormerUntil, row.CreatedAt, row.UpdatedAt);
}

/// <summary>A delivery as the log shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="EndpointId">To whom.</param>
/// <param name="ShownId">Its id in bodies and headers: <c>evt_…</c>.</param>
/// <param name="Event">What happened, in the words of the dialect.</param>
/// <param name="WorkflowId">The workflow; null for a test.</param>
/// <param name="RunId">The run; null when it is about none.</param>
/// <param name="State">How it stands.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="NextTryAt">When it is tried next; null when it is not.</param>
/// <param name="LastTryAt">When it was tried last.</param>
/// <param name="StatusCode">The status of the last answer; null when there was none.</param>
/// <param name="Problem">Why the last try failed; null when it did not.</param>
/// <param name="Answer">The beginning of the last answer, at most 4 KiB.</param>
/// <param name="Body">What is sent, as JSON.</param>
/// <param name="CreatedAt">When it happened.</param>
internal sealed record DeliveryFacts(
    Guid Id, Guid EndpointId, string ShownId, string Event, Guid? WorkflowId, Guid? RunId, DeliveryState State, int Tries,
    DateTimeOffset? NextTryAt, DateTimeOffset? LastTryAt, int? StatusCode, string? Problem, string? Answer, string Body,
    DateTimeOffset CreatedAt)
{
    public static DeliveryFacts Of(DeliveryRow row) => new(
        row.Id, row.EndpointId, WebhookBody.ShownId(row.Id), row.Event, row.WorkflowId, row.RunId, row.State, row.Tries, row.NextTryAt,
        row.LastTryAt, row.LastStatus, row.LastProblem, row.LastAnswer, Encoding.UTF8.GetString(WebhookBody.Of(row)), row.CreatedAt);
}
