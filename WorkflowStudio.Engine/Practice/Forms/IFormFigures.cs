using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>What was sent by forms: by those of the studio, and by those elsewhere as far as it started runs.</summary>
public interface IFormFigures
{
    /// <summary>At most so many submissions, and as many runs, are counted.</summary>
    public const int MostCounted = 100_000;

    /// <summary>The event that a form raises.</summary>
    public const string Submitted = KnownEvents.FormSubmitted;

    /// <summary>
    /// Counts what was sent in a period by the forms of the studio, and beside it the runs that a post to a webhook, or
    /// <c>form.submitted</c> of another system, started, by workflow, the most first. Workflows that not everybody in the workspace sees
    /// are left out, and so are test runs, retries, and runs that are deleted by now.
    /// </summary>
    Task<FormFigures> CountAsync(Tenant tenant, DateRange range, CancellationToken cancellationToken);
}

/// <summary>What was sent by forms.</summary>
/// <param name="Period">When.</param>
/// <param name="Forms">By form of the studio.</param>
/// <param name="Workflows">By workflow that forms elsewhere have started.</param>
/// <param name="AndMore">Whether there is more than was counted; the newest was.</param>
public sealed record FormFigures(Period Period, IReadOnlyList<FormCount> Forms, IReadOnlyList<FormCount> Workflows, bool AndMore);

/// <summary>What was sent by one form, or to one workflow.</summary>
/// <param name="WorkflowId">The workflow; null for a form of the studio.</param>
/// <param name="Name">The name of the form or the workflow.</param>
/// <param name="IsForm">Whether by a form or its event; otherwise it was posted to the webhook of the workflow.</param>
/// <param name="Count">How often.</param>
/// <param name="First">The first time in the period, on the practice's clock.</param>
/// <param name="Last">The last time.</param>
public sealed record FormCount(Guid? WorkflowId, string Name, bool IsForm, int Count, DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>The form of the studio; null for a workflow.</summary>
    public Guid? FormId { get; init; }
}
