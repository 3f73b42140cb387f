using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Approvals;

/// <summary>Asks people to approve something.</summary>
public interface IApprovals
{
    /// <summary>Asks; a second call with the same effect key answers with the same question and the same address.</summary>
    Task<Approval> AskAsync(Tenant tenant, ApprovalQuestion question, EffectSource source, CancellationToken cancellationToken);

    /// <summary>Closes a question whose time is over. One that was decided meanwhile keeps its decision.</summary>
    Task<Approval> ExpireAsync(Tenant tenant, Guid id, CancellationToken cancellationToken);
}

/// <summary>What is asked.</summary>
/// <param name="Title">In one line, at most 200 characters.</param>
/// <param name="Message">What the person has to know; may be empty.</param>
/// <param name="AskedOf">Whom the link is sent to; empty when nobody is.</param>
/// <param name="ApproveLabel">The word on the button that approves.</param>
/// <param name="RejectLabel">The word on the button that rejects.</param>
/// <param name="ExpiresAt">Until when it can be decided; null means always.</param>
/// <param name="Iteration">The iteration of the step; null outside a for-each.</param>
public sealed record ApprovalQuestion(string Title, string Message, string AskedOf, string ApproveLabel, string RejectLabel,
    DateTimeOffset? ExpiresAt, string? Iteration = null);

/// <summary>The states of an approval. The numbers are stored.</summary>
public enum ApprovalStatus
{
    /// <summary>Nobody has decided.</summary>
    Open = 0,

    /// <summary>Somebody approved.</summary>
    Approved = 1,

    /// <summary>Somebody rejected.</summary>
    Rejected = 2,

    /// <summary>Its time was over before anybody decided.</summary>
    Expired = 3,
}

/// <summary>A question and what has become of it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Url">The secret address at which it can be decided.</param>
/// <param name="Status">The state.</param>
/// <param name="DecidedBy">Who decided; null while nobody has.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Comment">What they wrote; may be empty.</param>
public sealed record Approval(Guid Id, string Url, ApprovalStatus Status, string? DecidedBy, DateTimeOffset? DecidedAt, string Comment)
{
    /// <summary>The signal that a decision sends: it carries status, decided_by, decided_at and comment.</summary>
    public static string DecidedSignal(Guid id) => $"approval:{id}";
}
