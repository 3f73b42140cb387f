using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>What was sent by forms, told from the runs that it started.</summary>
public interface IFormFigures
{
    /// <summary>At most so many runs are counted.</summary>
    public const int MostCounted = 100_000;

    /// <summary>The event that a form raises.</summary>
    public const string Submitted = "form.submitted";

    /// <summary>
    /// Counts the runs of a period that <c>form.submitted</c> or a post to a webhook started, by workflow, the most first. Workflows that
    /// not everybody in the workspace sees are left out, and so are test runs, retries, and runs that are deleted by now.
    /// </summary>
    Task<FormFigures> CountAsync(Tenant tenant, DateRange range, CancellationToken cancellationToken);
}

/// <summary>What was sent by forms.</summary>
/// <param name="Period">When.</param>
/// <param name="Workflows">By workflow.</param>
/// <param name="AndMore">Whether there are more runs than were counted; the newest were.</param>
public sealed record FormFigures(Period Period, IReadOnlyList<FormCount> Workflows, bool AndMore);

/// <summary>What was sent to one workflow.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsForm">Whether by the event of a form; otherwise it was posted to the webhook of the workflow.</param>
/// <param name="Count">How often.</param>
/// <param name="First">The first time in the period, on the practice's clock.</param>
/// <param name="Last">The last time.</param>
public sealed record FormCount(Guid WorkflowId, string Name, bool IsForm, int Count, DateTimeOffset First, DateTimeOffset Last);
